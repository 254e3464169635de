"""Encrypted files, written once, whose names on disk say nothing."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from service.errors import Conflict, NotFound, StorageFailed
from service.storage.durability import PARTIAL_SUFFIX, flush_directory, make_private_directory, write_once
from service.storage.encryption import StorageKey

_INCOMING = "incoming"


class BlobStore:
    """Named contents under ``directory``, each encrypted under ``key`` for its own name.

    Safe for use from several threads and processes at once. File names are the SHA-256 of the blob's name.
    """

    def __init__(self, directory: Path, key: StorageKey) -> None:
        self._directory = directory
        self._incoming = directory / _INCOMING
        self._key = key
        make_private_directory(self._incoming)

    def put(self, name: str, content: bytes) -> None:
        """Store ``content`` under a name not used before; it is on disk when this returns.

        Raises:
            Conflict: something is stored under this name already; it is left as it was.
            StorageFailed: the disk refused the bytes.
        """
        path = self._path(name)
        try:
            make_private_directory(path.parent)
            written = write_once(path, self._key.encrypt(content, name), by_way_of=self._incoming)
            flush_directory(path.parent)
            flush_directory(self._directory)
        except OSError as error:
            raise StorageFailed(f"{name} could not be written. Check the disk's free space and permissions.") from error
        if not written:
            raise Conflict(f"{name} is stored already and is never overwritten.")

    def put_all(self, contents: Mapping[str, bytes]) -> None:
        """Store all of ``contents`` or, when one is refused, none of them.

        Raises:
            Conflict: a name is taken.
            StorageFailed: the disk refused the bytes.
        """
        written: list[str] = []
        try:
            for name, content in contents.items():
                self.put(name, content)
                written.append(name)
        except BaseException:
            for name in written:
                self.delete(name)
            raise

    def get(self, name: str) -> bytes:
        """The content stored under ``name``.

        Raises:
            NotFound: nothing is.
            StorageFailed: it cannot be read or decrypted.
        """
        try:
            stored = self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("There is nothing of this name here.") from error
        except OSError as error:
            raise StorageFailed(f"{name} could not be read. Check the disk and its permissions.") from error
        return self._key.decrypt(stored, name)

    def delete(self, name: str) -> None:
        """Remove what is stored under ``name``; a name already gone is no fault, so an interrupted purge can resume.

        Raises:
            StorageFailed: the disk refused.
        """
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
            if path.parent.exists():
                flush_directory(path.parent)
        except OSError as error:
            raise StorageFailed(f"{name} could not be removed. Check the disk and its permissions.") from error

    def discard_partials(self, before: datetime) -> None:
        """Remove what writers that were killed before ``before`` left half-written."""
        for partial in self._incoming.glob(f"*{PARTIAL_SUFFIX}"):
            try:
                if partial.stat().st_mtime < before.timestamp():
                    partial.unlink(missing_ok=True)
            except FileNotFoundError:
                continue  # its writer finished meanwhile

    def _path(self, name: str) -> Path:
        hashed = sha256(name.encode()).hexdigest()
        return self._directory / hashed[:2] / hashed[2:]
