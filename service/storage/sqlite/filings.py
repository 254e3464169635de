"""Filing records in SQLite."""

import sqlite3
from datetime import date, datetime

from service.errors import Conflict, NotFound
from service.facts.vocabulary import FilingKind
from service.storage.identifiers import IdentifierPrefix, is_identifier
from service.storage.records import TRANSITIONS, FilingFilter, FilingPage, FilingRecord, FilingState
from service.storage.sqlite.columns import instant_text, optional_instant
from service.storage.sqlite.database import Database, is_taken

_INSERT = """
INSERT INTO filings (id, kind, state, field_office, county, filing_date, facts_digest, documents_digest,
                     prepared_at, prepared_by)
VALUES (:id, :kind, :state, :field_office, :county, :filing_date, :facts_digest, :documents_digest,
        :prepared_at, :prepared_by)
"""

_LIST = """
SELECT * FROM filings
WHERE (:office IS NULL OR field_office = :office)
  AND (:state IS NULL OR state = :state)
  AND (:kind IS NULL OR kind = :kind)
  AND (:county IS NULL OR county = :county)
  AND (:since IS NULL OR filing_date >= :since)
  AND (:until IS NULL OR filing_date <= :until)
  AND (:cursor IS NULL OR id < :cursor)
ORDER BY id DESC LIMIT :limit
"""

_MOVE = """
UPDATE filings SET state = :to,
    prepared_at = CASE WHEN :to = 'prepared' THEN :at ELSE prepared_at END,
    prepared_by = CASE WHEN :to = 'prepared' THEN :by ELSE prepared_by END,
    documents_digest = CASE WHEN :to = 'prepared' THEN :documents_digest ELSE documents_digest END,
    released_at = CASE WHEN :to = 'released' THEN :at ELSE released_at END,
    released_by = CASE WHEN :to = 'released' THEN :by ELSE released_by END,
    ended_at = CASE WHEN :to IN ('void', 'superseded') THEN :at ELSE ended_at END,
    ended_by = CASE WHEN :to IN ('void', 'superseded') THEN :by ELSE ended_by END
WHERE id = :id AND state = :expected AND (:office IS NULL OR field_office = :office)
RETURNING *
"""


class SqliteFilings:
    """:class:`service.storage.records.FilingRecords` in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, record: FilingRecord) -> None:
        """See the protocol."""
        _require_new(record)
        with self._database.write() as connection:
            try:
                connection.execute(_INSERT, _columns(record))
            except sqlite3.IntegrityError as error:
                if not is_taken(error):
                    raise
                raise Conflict(f"{record.id} is taken. Make a new id.") from error

    def get(self, filing_id: str, *, office: str | None) -> FilingRecord:
        """See the protocol."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM filings WHERE id = :id AND (:office IS NULL OR field_office = :office)",
                {"id": filing_id, "office": office},
            ).fetchone()
        if row is None:
            raise NotFound("There is no such filing. List the filings to find it.")
        return _record(row)

    def list(self, wanted: FilingFilter, *, office: str | None, limit: int, cursor: str | None = None) -> FilingPage:
        """See the protocol."""
        if limit < 1:
            raise ValueError("a page holds at least one filing")
        if cursor is not None and not is_identifier(IdentifierPrefix.FILING, cursor):
            raise NotFound("There is no such page. Start the list again without a cursor.")
        bounds = {
            "office": office,
            "state": wanted.state,
            "kind": wanted.kind,
            "county": wanted.county,
            "since": wanted.since and wanted.since.isoformat(),
            "until": wanted.until and wanted.until.isoformat(),
            "cursor": cursor,
            "limit": limit + 1,  # one more tells whether there is a next page
        }
        with self._database.read() as connection:
            rows = connection.execute(_LIST, bounds).fetchall()
        records = tuple(_record(row) for row in rows[:limit])
        return FilingPage(records=records, next_cursor=records[-1].id if len(rows) > limit else None)

    def offices(self) -> tuple[str, ...]:
        """See the protocol."""
        with self._database.read() as connection:
            rows = connection.execute("SELECT DISTINCT field_office FROM filings ORDER BY field_office").fetchall()
        return tuple(row["field_office"] for row in rows)

    def transition(
        self,
        filing_id: str,
        *,
        office: str | None,
        expected: FilingState,
        to: FilingState,
        by: str,
        at: datetime,
        documents_digest: str | None = None,
    ) -> FilingRecord:
        """See the protocol."""
        if (documents_digest is not None) != (to is FilingState.PREPARED):
            raise ValueError("the documents' digest is given when, and only when, a draft becomes prepared")
        if to not in TRANSITIONS[expected]:
            raise Conflict(f"A filing that is {expected} cannot become {to}.")
        move = {
            "id": filing_id,
            "office": office,
            "expected": expected,
            "to": to,
            "by": by,
            "at": instant_text(at),
            "documents_digest": documents_digest,
        }
        with self._database.write() as connection:
            row = connection.execute(_MOVE, move).fetchone()
            if row is not None:
                return _record(row)
            present = self.get(filing_id, office=office)
        raise Conflict(f"The filing is {present.state} by now, not {expected}. Fetch it again before going on.")


def _require_new(record: FilingRecord) -> None:
    if record.state not in {FilingState.DRAFT, FilingState.PREPARED}:
        raise ValueError("a filing begins as a draft or prepared")
    if any((record.released_at, record.released_by, record.ended_at, record.ended_by)):
        raise ValueError("a filing is released and ended by transitions, not when it is made")


def _columns(record: FilingRecord) -> dict[str, str | None]:
    return {
        "id": record.id,
        "kind": record.kind,
        "state": record.state,
        "field_office": record.field_office,
        "county": record.county,
        "filing_date": record.filing_date.isoformat(),
        "facts_digest": record.facts_digest,
        "documents_digest": record.documents_digest,
        "prepared_at": None if record.prepared_at is None else instant_text(record.prepared_at),
        "prepared_by": record.prepared_by,
    }


def _record(row: sqlite3.Row) -> FilingRecord:
    return FilingRecord(
        id=row["id"],
        kind=FilingKind(row["kind"]),
        state=FilingState(row["state"]),
        field_office=row["field_office"],
        county=row["county"],
        filing_date=date.fromisoformat(row["filing_date"]),
        facts_digest=row["facts_digest"],
        documents_digest=row["documents_digest"],
        prepared_at=optional_instant(row["prepared_at"]),
        prepared_by=row["prepared_by"],
        released_at=optional_instant(row["released_at"]),
        released_by=row["released_by"],
        ended_at=optional_instant(row["ended_at"]),
        ended_by=row["ended_by"],
    )
