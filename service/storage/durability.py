"""Files that are there completely or not at all, and that nobody else may read."""

import contextlib
import os
import secrets
from pathlib import Path

PARTIAL_SUFFIX = ".partial"


def make_private_directory(directory: Path) -> None:
    """Make ``directory``, and those above it that are missing, open to its owner alone."""
    if not directory.exists():
        make_private_directory(directory.parent)
        directory.mkdir(mode=0o700, exist_ok=True)


def write_once(path: Path, content: bytes, *, by_way_of: Path) -> bool:
    """Write ``content`` durably under a new name; False, with nothing changed, when the name is taken.

    The bytes are flushed to a temporary file in ``by_way_of`` (same file system) before a hard link gives them their
    name, because a rename would silently replace what another writer put there meanwhile.
    """
    partial = by_way_of / (secrets.token_hex(16) + PARTIAL_SUFFIX)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(partial)
            return True
        return False
    finally:
        partial.unlink(missing_ok=True)


def flush_directory(directory: Path) -> None:
    """Make names created or removed in ``directory`` survive a power failure."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
