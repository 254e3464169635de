"""Preview records in SQLite."""

import json
import sqlite3
from datetime import datetime

from service.errors import Conflict, NotFound
from service.storage.previews import Preview
from service.storage.sqlite.columns import instant, instant_text
from service.storage.sqlite.database import Database, is_taken


class SqlitePreviews:
    """:class:`service.storage.previews.PreviewRecords` in one table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, preview: Preview) -> None:
        """See the protocol."""
        columns = (
            preview.id,
            preview.office,
            instant_text(preview.created_at),
            instant_text(preview.expires_at),
            json.dumps(preview.blobs),
        )
        with self._database.write() as connection:
            try:
                connection.execute(
                    "INSERT INTO previews (id, office, created_at, expires_at, blobs) VALUES (?, ?, ?, ?, ?)", columns
                )
            except sqlite3.IntegrityError as error:
                if not is_taken(error):
                    raise
                raise Conflict(f"{preview.id} is taken. Make a new id.") from error

    def get(self, preview_id: str, *, office: str | None, at: datetime) -> Preview:
        """See the protocol."""
        with self._database.read() as connection:
            row = connection.execute(
                "SELECT * FROM previews WHERE id = :id AND expires_at > :at AND (:office IS NULL OR office = :office)",
                {"id": preview_id, "office": office, "at": instant_text(at)},
            ).fetchone()
        if row is None:
            raise NotFound("There is no such preview, or it has expired. Make a new one from the facts.")
        return _preview(row)

    def expired(self, at: datetime) -> tuple[Preview, ...]:
        """See the protocol."""
        with self._database.read() as connection:
            rows = connection.execute(
                "SELECT * FROM previews WHERE expires_at <= ? ORDER BY expires_at", (instant_text(at),)
            ).fetchall()
        return tuple(_preview(row) for row in rows)

    def forget(self, preview_id: str) -> None:
        """See the protocol."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM previews WHERE id = ?", (preview_id,))


def _preview(row: sqlite3.Row) -> Preview:
    return Preview(
        id=row["id"],
        office=row["office"],
        created_at=instant(row["created_at"]),
        expires_at=instant(row["expires_at"]),
        blobs=tuple(json.loads(row["blobs"])),
    )
