"""Everything the service keeps, opened and closed together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from service.errors import FilingError, StorageFailed
from service.storage.audit import AuditLog
from service.storage.blobs import BlobStore
from service.storage.credentials import CredentialRecords
from service.storage.encryption import StorageKey
from service.storage.idempotency import IdempotencyRecords
from service.storage.previews import Preview, PreviewRecords
from service.storage.records import FilingRecords
from service.storage.sqlite.audit import SqliteAudit
from service.storage.sqlite.credentials import SqliteCredentials
from service.storage.sqlite.database import Database
from service.storage.sqlite.filings import SqliteFilings
from service.storage.sqlite.idempotency import SqliteIdempotency
from service.storage.sqlite.previews import SqlitePreviews

_PARTIALS_LEFT_FOR = timedelta(hours=1)


class Storage:
    """Records in SQLite and encrypted blobs under one directory.

    Synchronous and safe for several threads and processes: call it off the event loop.
    """

    filings: FilingRecords
    previews: PreviewRecords
    idempotency: IdempotencyRecords
    credentials: CredentialRecords
    audit: AuditLog
    blobs: BlobStore

    def __init__(self, database: Database, blobs: BlobStore) -> None:
        self._database = database
        self.filings = SqliteFilings(database)
        self.previews = SqlitePreviews(database)
        self.idempotency = SqliteIdempotency(database)
        self.credentials = SqliteCredentials(database)
        self.audit = SqliteAudit(database)
        self.blobs = blobs

    @classmethod
    def open(cls, directory: Path, key: StorageKey) -> "Storage":
        """Open what ``directory`` holds, or begin there.

        Raises:
            StorageFailed: the disk or database refuses, or ``key`` is not the key this storage was begun with.
        """
        database = Database(directory / "records.sqlite")
        try:
            _require_same_key(database, key)
            return cls(database, BlobStore(directory / "blobs", key))
        except OSError as error:
            database.close()
            raise StorageFailed("The storage directory cannot be used. Check its owner and permissions.") from error
        except FilingError:
            database.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What records and audit write within the block happens together or not at all. Blobs take no part."""
        with self._database.write():
            yield

    @contextmanager
    def keeping(self, contents: Mapping[str, bytes]) -> Iterator[None]:
        """A transaction whose records name ``contents`` (blob name → bytes): both are kept, or neither.

        The contents are on disk before the transaction begins, so that no other writer waits for them.

        Raises:
            Conflict: a blob's name is taken; nothing was kept.
            StorageFailed: the disk refused; nothing was kept.
        """
        self.blobs.put_all(contents)
        try:
            with self.transaction():
                yield
        except BaseException:
            for name in contents:
                self.blobs.delete(name)
            raise

    def keep_preview(self, preview: Preview, contents: Mapping[str, bytes]) -> None:
        """Keep a preview with its contents, which ``preview.blobs`` names.

        The record comes first, so that contents left behind by a crash are still found and purged.

        Raises:
            Conflict: the id or a blob's name is taken; nothing was kept.
            StorageFailed: the disk refused; nothing was kept.
        """
        if set(contents) != set(preview.blobs):
            raise ValueError("a preview names exactly the contents it is kept with")
        self.previews.create(preview)
        try:
            self.blobs.put_all(contents)
        except BaseException:
            self.previews.forget(preview.id)
            raise

    def purge(self, at: datetime) -> None:
        """Remove expired previews and answers with their contents, and what killed writers left half-written."""
        for preview in self.previews.expired(at):
            for name in preview.blobs:
                self.blobs.delete(name)
            self.previews.forget(preview.id)
        for scope, blob in self.idempotency.outdated(at):
            if blob is not None:
                self.blobs.delete(blob)
            self.idempotency.forget(scope)
        self.blobs.discard_partials(at - _PARTIALS_LEFT_FOR)

    def close(self) -> None:
        """Close the database; no thread or file stays open."""
        self._database.close()


def _require_same_key(database: Database, key: StorageKey) -> None:
    """Note the key's fingerprint at the beginning, compare it ever after.

    Without this a lost key file would be replaced by a new one, and the loss noticed only when old filings are needed.
    """
    with database.write() as connection:
        connection.execute("INSERT OR IGNORE INTO storage (one, key_fingerprint) VALUES (1, ?)", (key.fingerprint,))
        noted = connection.execute("SELECT key_fingerprint FROM storage").fetchone()["key_fingerprint"]
    if noted != key.fingerprint:
        raise StorageFailed(
            "This storage was written under another storage key. Restore that key file from its backup."
        )
