"""The audit record in SQLite; triggers of the schema refuse to alter or remove an entry."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime

from service.errors import Fault, StorageFailed
from service.storage.audit import FIRST_PREVIOUS, AuditEntry, AuditEvent, AuditHead, entry_digest, require_plain
from service.storage.sqlite.columns import instant, instant_text
from service.storage.sqlite.database import Database

_BATCH = 1000

_INSERT = """
INSERT INTO audit (sequence, event, at, actor, filing_id, detail, previous, digest)
VALUES (:sequence, :event, :at, :actor, :filing_id, :detail, :previous, :digest)
RETURNING *
"""


class SqliteAudit:
    """:class:`service.storage.audit.AuditLog` in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self, event: AuditEvent, *, at: datetime, actor: str, filing_id: str | None = None, detail: Mapping[str, str]
    ) -> AuditEntry:
        """See the protocol."""
        require_plain({"actor": actor, **detail})
        with self._database.write() as connection:
            last = connection.execute("SELECT sequence, digest FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
            columns: dict[str, str | int | None] = {
                "sequence": 1 if last is None else last["sequence"] + 1,
                "event": str(event),
                "at": instant_text(at),
                "actor": actor,
                "filing_id": filing_id,
                "detail": json.dumps(dict(detail), sort_keys=True),
                "previous": FIRST_PREVIOUS if last is None else last["digest"],
            }
            row = connection.execute(_INSERT, {**columns, "digest": entry_digest(columns)}).fetchone()
        return _entry(row)

    def entries(self, *, filing_id: str | None = None, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """See the protocol."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM audit WHERE sequence > :after AND (:filing_id IS NULL OR filing_id = :filing_id)"
                " ORDER BY sequence LIMIT :limit",
                {"after": after, "filing_id": filing_id, "limit": limit},
            ).fetchall()
        return tuple(_entry(row) for row in rows)

    def check_chain(self, noted: AuditHead | None = None) -> AuditHead:
        """See the protocol."""
        head = AuditHead(entries=0, digest=FIRST_PREVIOUS)
        faults: list[Fault] = []
        for row in self._rows():
            faults.extend(_broken_links(row, head))
            head = AuditHead(entries=row["sequence"], digest=row["digest"])
            if noted is not None and noted.entries == head.entries and noted.digest != head.digest:
                faults.append(_fault("audit_rewritten", f"Entry {head.entries} is not the one noted before."))
        if noted is not None and noted.entries > head.entries:
            faults.append(_fault("audit_cut_off", f"Entry {noted.entries} was there and the last is {head.entries}."))
        if faults:
            raise StorageFailed("The audit record was tampered with. Keep the file as evidence.", faults)
        return head

    def _rows(self) -> Iterator[sqlite3.Row]:
        """All entries in order, in batches, so that a long record neither fills memory nor holds up other readers."""
        after = -1
        while True:
            with self._database.read() as connection:
                rows = connection.execute(
                    "SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, _BATCH)
                ).fetchall()
            yield from rows
            if len(rows) < _BATCH:
                return
            after = rows[-1]["sequence"]


def _broken_links(row: sqlite3.Row, before: AuditHead) -> Iterator[Fault]:
    sequence = row["sequence"]
    if sequence != before.entries + 1:
        yield _fault("audit_gap", f"Entry {sequence} follows entry {before.entries}; those between are missing.")
    if row["previous"] != before.digest:
        yield _fault("audit_link_broken", f"Entry {sequence} does not continue the entry before it.")
    if entry_digest(dict(row)) != row["digest"]:
        yield _fault("audit_entry_altered", f"Entry {sequence} is not what was written.")


def _fault(code: str, message: str) -> Fault:
    return Fault(code=code, message=message)


def _entry(row: sqlite3.Row) -> AuditEntry:
    return AuditEntry(
        sequence=row["sequence"],
        event=AuditEvent(row["event"]),
        at=instant(row["at"]),
        actor=row["actor"],
        filing_id=row["filing_id"],
        detail=json.loads(row["detail"]),
        previous=row["previous"],
        digest=row["digest"],
    )
