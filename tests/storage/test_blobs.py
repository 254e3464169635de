"""Encrypted files: written once, whole or not at all, opened under their own name only."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from service.errors import Conflict, NotFound, StorageFailed
from service.storage import durability
from service.storage.blobs import BlobStore
from service.storage.encryption import StorageKey

MARKER = b"900-55-0142 Plainly Fictional"


@pytest.fixture
def blobs(home: Path, key: StorageKey) -> BlobStore:
    return BlobStore(home, key)


def files(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file())


def test_what_was_put_comes_back(blobs: BlobStore, home: Path, key: StorageKey) -> None:
    blobs.put("flg_1/facts", MARKER)
    blobs.put("flg_1/empty", b"")
    again = BlobStore(home, key)
    assert (again.get("flg_1/facts"), again.get("flg_1/empty")) == (MARKER, b"")


def test_neither_name_nor_content_is_seen_on_disk(blobs: BlobStore, home: Path) -> None:
    blobs.put("flg_1/Fictional", MARKER)
    (file,) = files(home)
    assert "Fictional" not in str(file.relative_to(home))
    assert MARKER not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.rglob("*") if path.is_dir()} == {0o700}


def test_a_name_is_written_once(blobs: BlobStore) -> None:
    blobs.put("name", b"first")
    with pytest.raises(Conflict, match="never overwritten"):
        blobs.put("name", b"second")
    assert blobs.get("name") == b"first"


def test_of_many_writers_of_one_name_exactly_one_succeeds(blobs: BlobStore, home: Path) -> None:
    def write(writer: int) -> int:
        try:
            blobs.put("name", bytes([writer]) * 100_000)
        except Conflict:
            return 0
        return writer

    with ThreadPoolExecutor(8) as threads:
        winners = [writer for writer in threads.map(write, range(1, 17)) if writer]
    assert len(winners) == 1
    assert blobs.get("name") == bytes(winners) * 100_000
    assert len(files(home)) == 1


def test_swapped_files_are_noticed(blobs: BlobStore, home: Path) -> None:
    blobs.put("flg_1/facts", b"one")
    blobs.put("flg_2/facts", b"two")
    first, second = files(home)
    contents = first.read_bytes(), second.read_bytes()
    first.write_bytes(contents[1])
    second.write_bytes(contents[0])
    for name in ("flg_1/facts", "flg_2/facts"):
        with pytest.raises(StorageFailed, match="exchanged"):
            blobs.get(name)


def test_another_key_is_noticed(blobs: BlobStore, home: Path) -> None:
    blobs.put("name", MARKER)
    with pytest.raises(StorageFailed, match="another storage key") as caught:
        BlobStore(home, StorageKey(b"k" * 32)).get("name")
    assert "900-55" not in caught.value.message


def test_what_was_deleted_or_never_put_is_not_found(blobs: BlobStore, home: Path) -> None:
    blobs.put("name", b"content")
    blobs.delete("name")
    blobs.delete("name")
    for name in ("name", "never"):
        with pytest.raises(NotFound):
            blobs.get(name)
    assert files(home) == []


def test_all_or_none_of_several_are_kept(blobs: BlobStore, home: Path) -> None:
    blobs.put("b", b"there before")
    with pytest.raises(Conflict):
        blobs.put_all({"a": b"1", "b": b"2", "c": b"3"})
    assert blobs.get("b") == b"there before"
    assert len(files(home)) == 1


def test_a_disk_that_refuses_leaves_nothing_half_written(
    blobs: BlobStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durability.os, "fsync", full)
        with pytest.raises(StorageFailed, match="free space"):
            blobs.put("name", b"content")
    assert files(home) == []
    blobs.put("name", b"content")
    assert blobs.get("name") == b"content"


def test_what_a_killed_writer_left_is_discarded_after_a_while(blobs: BlobStore, home: Path, now: datetime) -> None:
    for name, written in (("old", now - timedelta(hours=2)), ("new", now)):
        partial = home / "incoming" / f"{name}.partial"
        partial.write_bytes(b"half")
        os.utime(partial, (written.timestamp(),) * 2)
    blobs.discard_partials(now - timedelta(hours=1))
    assert [file.name for file in files(home)] == ["new.partial"]
