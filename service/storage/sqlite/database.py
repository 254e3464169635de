"""One SQLite file: its connections, transactions and schema."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from service.errors import StorageFailed
from service.storage.durability import make_private_directory

_BUSY_SECONDS = 10.0
_FAILED = "The database could not be read or written. Check the disk's free space, its health and its permissions."


class Database:
    """A writer and a reader connection, each used by one thread at a time, so that reading never waits for the disk.

    WAL lets other processes (the command line beside the service) read and write the same file.
    """

    def __init__(self, path: Path) -> None:
        """Open ``path``, made readable by its owner alone where it is new, and bring its schema up to date.

        Raises:
            StorageFailed: the file cannot be opened, is no database, or was made by a newer version of this service.
        """
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._writing_thread: int | None = None
        try:
            make_private_directory(path.parent)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._writer = _connect(path)
        except (OSError, sqlite3.Error) as error:
            raise StorageFailed(_FAILED) from error
        try:
            self._migrate()
            self._reader = _connect(path)
        except sqlite3.Error as error:
            self._writer.close()
            raise StorageFailed(_FAILED) from error
        except StorageFailed:
            self._writer.close()
            raise

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its beginning; on disk when the block ends, undone if it fails.

        Within one thread, inner blocks belong to the outermost one.

        Raises:
            StorageFailed: the database refused.
        """
        with self._writing:
            if self._writing_thread is not None:
                yield self._writer
                return
            self._writing_thread = threading.get_ident()
            try:
                with _transaction(self._writer):
                    yield self._writer
            finally:
                self._writing_thread = None

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for one query; inside ``write`` of the same thread it sees what that has written so far.

        Raises:
            StorageFailed: the database refused.
        """
        if self._writing_thread == threading.get_ident():
            yield self._writer
            return
        with self._reading:
            try:
                yield self._reader
            except sqlite3.Error as error:
                raise StorageFailed(_FAILED) from error

    def close(self) -> None:
        """Close both connections; waits for the transaction at work."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()

    def _migrate(self) -> None:
        """Apply the numbered scripts this file has not seen, one transaction each; ``user_version`` counts them."""
        scripts = _migrations()
        while True:
            with self.write() as connection:
                seen: int = connection.execute("PRAGMA user_version").fetchone()[0]
                if seen > len(scripts):
                    raise StorageFailed(
                        "A newer version of this service made the database. Run that version or restore a backup."
                    )
                if seen == len(scripts):
                    return
                for statement in _statements(scripts[seen]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {seen + 1}")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def is_taken(error: sqlite3.IntegrityError) -> bool:
    """Whether a row was refused because its primary key is there already, and not because it is malformed."""
    return error.sqlite_errorname == "SQLITE_CONSTRAINT_PRIMARYKEY"


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise StorageFailed(_FAILED) from error


def _migrations() -> tuple[str, ...]:
    folder = files("service.storage").joinpath("migrations")
    scripts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(script.read_text(encoding="utf-8") for script in scripts)


def _statements(script: str) -> Iterator[str]:
    """The statements of ``script`` one by one, because ``executescript`` would end the transaction they belong to."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
