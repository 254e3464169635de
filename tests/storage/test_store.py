"""The storage as a whole: together or not at all, nothing in clear, nothing left open."""

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from service.errors import Conflict, NotFound, StorageFailed
from service.storage.audit import AuditEvent
from service.storage.encryption import StorageKey, load_or_make_storage_key
from service.storage.idempotency import ANSWERS_KEPT_FOR, Claim, StoredAnswer
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.previews import Preview
from service.storage.records import FilingFilter, FilingRecord, FilingState
from service.storage.store import Storage

Make = Callable[..., FilingRecord]
MARKER = b"900-55-0142"
PROJECT = Path(__file__).parent.parent.parent


def make_preview(now: datetime, office: str | None = "Pulaski", hours: int = 24) -> Preview:
    preview_id = new_identifier(IdentifierPrefix.PREVIEW, now)
    return Preview(
        id=preview_id,
        office=office,
        created_at=now,
        expires_at=now + timedelta(hours=hours),
        blobs=(f"{preview_id}/1", f"{preview_id}/2"),
    )


def keep(storage: Storage, record: FilingRecord, contents: dict[str, bytes]) -> None:
    with storage.keeping(contents):
        storage.filings.create(record)


def contents_of(preview: Preview) -> dict[str, bytes]:
    return dict.fromkeys(preview.blobs, MARKER)


def blob_files(home: Path) -> list[Path]:
    return [path for path in (home / "blobs").rglob("*") if path.is_file()]


def test_what_was_kept_is_there_after_opening_again(home: Path, key: StorageKey, make_record: Make) -> None:
    record = make_record()
    first = Storage.open(home, key)
    keep(first, record, {f"{record.id}/facts": MARKER})
    first.close()
    second = Storage.open(home, key)
    assert second.filings.get(record.id, office=None) == record
    assert second.blobs.get(f"{record.id}/facts") == MARKER
    second.close()


def test_no_fact_is_in_clear_in_any_file(records: Storage, home: Path, make_record: Make, now: datetime) -> None:
    record = make_record()
    keep(records, record, {f"{record.id}/facts": b'{"ssn": "' + MARKER + b'"}' * 500})
    preview = make_preview(now)
    records.keep_preview(preview, contents_of(preview))
    claim = records.idempotency.claim(credential="key_1", key=MARKER.decode(), request_digest="d" * 64, at=now)
    assert isinstance(claim, Claim)
    records.blobs.put("answer/1", MARKER)
    records.idempotency.finish(claim, StoredAnswer(status=201, blob="answer/1"), at=now)
    found = [path for path in home.rglob("*") if path.is_file()]
    assert {path.name for path in found} >= {"records.sqlite", "records.sqlite-wal"}
    assert len(blob_files(home)) == 4
    for path in found:
        assert MARKER not in path.read_bytes()
        assert MARKER.decode() not in path.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_filing_whose_id_is_taken_leaves_no_content_behind(records: Storage, home: Path, make_record: Make) -> None:
    record = make_record()
    keep(records, record, {"one": b"1"})
    with pytest.raises(Conflict):
        keep(records, record, {"two": b"2", "three": b"3"})
    assert len(blob_files(home)) == 1


def test_a_filing_whose_content_cannot_be_kept_is_not_there(records: Storage, home: Path, make_record: Make) -> None:
    records.blobs.put("facts", b"another's")
    with pytest.raises(Conflict):
        keep(records, make_record(), {"draft": b"1", "facts": b"2"})
    assert records.filings.list(FilingFilter(), office=None, limit=5).records == ()
    assert len(blob_files(home)) == 1


def test_contents_whose_transaction_fails_are_taken_back_with_it(
    records: Storage, home: Path, make_record: Make, now: datetime
) -> None:
    def fail(record: FilingRecord) -> None:
        with records.keeping({f"{record.id}/facts": MARKER}):
            records.filings.create(record)
            records.audit.append(AuditEvent.BEGUN, at=now, actor="key_1", detail={"why": "a sentence with words"})

    with pytest.raises(ValueError, match="audit member"):
        fail(make_record())
    assert blob_files(home) == []
    assert records.filings.list(FilingFilter(), office=None, limit=1).records == ()


def test_no_writer_waits_for_contents_that_others_put(
    records: Storage, make_record: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all = records.blobs.put_all

    def slow_disk(contents: dict[str, bytes]) -> None:
        with ThreadPoolExecutor(1) as other:
            wrote = other.submit(records.audit.append, AuditEvent.VERIFIED, at=now, actor="key_2", detail={})
            assert wrote.result(timeout=5).sequence == 1
        put_all(contents)

    monkeypatch.setattr(records.blobs, "put_all", slow_disk)
    record = make_record()
    keep(records, record, {f"{record.id}/facts": MARKER})
    assert records.blobs.get(f"{record.id}/facts") == MARKER


def test_a_preview_is_seen_by_its_office_until_it_expires(records: Storage, now: datetime) -> None:
    preview = make_preview(now)
    records.keep_preview(preview, contents_of(preview))
    last = preview.expires_at - timedelta(microseconds=1)
    assert records.previews.get(preview.id, office="Pulaski", at=last) == preview
    assert records.previews.get(preview.id, office=None, at=last) == preview
    for office, at in (("Craighead", now), ("Pulaski", preview.expires_at), (None, preview.expires_at)):
        with pytest.raises(NotFound):
            records.previews.get(preview.id, office=office, at=at)


def test_a_preview_of_central_office_is_not_a_field_offices(records: Storage, now: datetime) -> None:
    preview = make_preview(now, office=None)
    records.keep_preview(preview, contents_of(preview))
    with pytest.raises(NotFound):
        records.previews.get(preview.id, office="Pulaski", at=now)


def test_a_preview_is_kept_with_all_it_names_or_not_at_all(records: Storage, now: datetime) -> None:
    preview = make_preview(now)
    with pytest.raises(ValueError, match="names exactly"):
        records.keep_preview(preview, {})
    records.blobs.put(preview.blobs[1], b"another's")
    with pytest.raises(Conflict):
        records.keep_preview(preview, contents_of(preview))
    with pytest.raises(NotFound):
        records.previews.get(preview.id, office=None, at=now)
    with pytest.raises(NotFound):
        records.blobs.get(preview.blobs[0])


def test_purging_removes_what_expired_with_its_contents_and_nothing_else(
    records: Storage, home: Path, now: datetime
) -> None:
    short, long = make_preview(now, hours=1), make_preview(now, hours=48)
    for preview in (short, long):
        records.keep_preview(preview, contents_of(preview))
    claim = records.idempotency.claim(credential="key_1", key="k", request_digest="d" * 64, at=now)
    assert isinstance(claim, Claim)
    records.blobs.put("answer", MARKER)
    records.idempotency.finish(claim, StoredAnswer(status=201, blob="answer"), at=now)
    records.purge(now)
    assert len(blob_files(home)) == 5
    for _ in range(2):
        records.purge(now + ANSWERS_KEPT_FOR)
        assert len(blob_files(home)) == 2
    assert records.previews.get(long.id, office=None, at=now) == long
    assert isinstance(records.idempotency.claim(credential="key_1", key="k", request_digest="e" * 64, at=now), Claim)


def test_a_purge_interrupted_between_content_and_record_can_be_repeated(records: Storage, now: datetime) -> None:
    preview = make_preview(now)
    records.keep_preview(preview, contents_of(preview))
    records.blobs.delete(preview.blobs[0])
    assert records.previews.expired(preview.expires_at) == (preview,)
    records.purge(preview.expires_at)
    assert records.previews.expired(preview.expires_at) == ()
    with pytest.raises(NotFound):
        records.blobs.get(preview.blobs[1])


def test_a_move_and_its_audit_entry_happen_together_or_not_at_all(
    records: Storage, make_record: Make, now: datetime
) -> None:
    record = make_record()
    records.filings.create(record)

    def release(detail: dict[str, str]) -> None:
        with records.transaction():
            records.filings.transition(
                record.id,
                office=None,
                expected=FilingState.PREPARED,
                to=FilingState.RELEASED,
                by="key_1",
                at=now,
            )
            assert records.filings.get(record.id, office=None).state is FilingState.RELEASED
            records.audit.append(AuditEvent.RELEASED, at=now, actor="key_1", filing_id=record.id, detail=detail)

    with pytest.raises(ValueError, match="audit member"):
        release({"why": "a sentence with words"})
    assert records.filings.get(record.id, office=None) == record
    assert records.audit.entries() == ()
    release({"facts": record.facts_digest})
    assert records.filings.get(record.id, office=None).state is FilingState.RELEASED
    assert len(records.audit.entries(filing_id=record.id)) == 1


def test_others_do_not_see_a_transaction_before_it_is_done(records: Storage, make_record: Make) -> None:
    record = make_record()
    with ThreadPoolExecutor(1) as other, records.transaction():
        records.filings.create(record)
        with pytest.raises(NotFound):
            other.submit(records.filings.get, record.id, office=None).result(timeout=10)
    assert records.filings.get(record.id, office=None) == record


def test_a_storage_begun_with_another_key_is_refused(records: Storage, home: Path) -> None:
    with pytest.raises(StorageFailed, match="another storage key"):
        Storage.open(home, StorageKey(b"k" * 32))
    assert records.filings.list(FilingFilter(), office=None, limit=1).records == ()


def test_a_database_of_a_newer_version_is_refused_untouched(home: Path, key: StorageKey) -> None:
    Storage.open(home, key).close()
    with closing(sqlite3.connect(home / "records.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9000")
    with pytest.raises(StorageFailed, match="newer version"):
        Storage.open(home, key)


def test_a_database_of_the_first_version_is_brought_up_to_date(
    home: Path, key: StorageKey, make_record: Make, now: datetime
) -> None:
    home.mkdir()
    first = files("service.storage").joinpath("migrations/0001_records.sql").read_text()
    with closing(sqlite3.connect(home / "records.sqlite")) as connection:
        connection.executescript(first)
        connection.execute(
            "INSERT INTO filings VALUES ('flg_old', 'modification', 'void', 'Pulaski', 'Pulaski', '2026-11-23', 'a',"
            " 'b', '2026-11-23T15:00:00.000000Z', 'key_1', NULL, NULL, 2)"
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    storage = Storage.open(home, key)
    try:
        old = storage.filings.get("flg_old", office=None)
        assert (old.state, old.prepared_at, old.ended_at) == (FilingState.VOID, now, None)
        record = make_record()
        keep(storage, record, {})
        assert storage.filings.get(record.id, office=None) == record
    finally:
        storage.close()


def test_a_file_that_is_no_database_is_refused_untouched(home: Path, key: StorageKey) -> None:
    home.mkdir()
    (home / "records.sqlite").write_bytes(b"a letter to the clerk" * 100)
    with pytest.raises(StorageFailed):
        Storage.open(home, key)
    assert (home / "records.sqlite").read_bytes() == b"a letter to the clerk" * 100


def test_a_place_that_cannot_be_written_is_said(home: Path, key: StorageKey) -> None:
    home.write_text("a file stands where the directory should be")
    with pytest.raises(StorageFailed):
        Storage.open(home, key)


def test_every_commit_reaches_the_disk(home: Path, key: StorageKey) -> None:
    storage = Storage.open(home, key)
    with storage._database.write() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    storage.close()


def test_closing_leaves_no_descriptor_thread_or_journal(home: Path, key: StorageKey, make_record: Make) -> None:
    Storage.open(home, key).close()
    descriptors, threads = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(5):
        storage = Storage.open(home, key)
        record = make_record()
        keep(storage, record, {record.id: MARKER})
        assert storage.blobs.get(record.id) == MARKER
        storage.close()
        storage.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    assert threading.active_count() == threads
    assert sorted(path.name for path in home.iterdir()) == ["blobs", "records.sqlite"]


def test_refused_openings_leave_no_descriptor(home: Path, key: StorageKey) -> None:
    Storage.open(home, key).close()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        with pytest.raises(StorageFailed):
            Storage.open(home, StorageKey(b"k" * 32))
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


def test_a_closed_storage_says_so_and_does_not_hang(home: Path, key: StorageKey, make_record: Make) -> None:
    storage = Storage.open(home, key)
    storage.close()
    with pytest.raises(StorageFailed):
        storage.filings.get("flg_1", office=None)
    with pytest.raises(StorageFailed):
        storage.filings.create(make_record())


PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from service.storage.audit import AuditEvent
from service.storage.encryption import load_or_make_storage_key
from service.storage.store import Storage

home = Path(sys.argv[1])
storage = Storage.open(home / "var", load_or_make_storage_key(home / "keys"))
for number in range(20):
    storage.audit.append(AuditEvent.VERIFIED, at=datetime.now(UTC), actor=sys.argv[2], detail={"number": str(number)})
storage.close()
"""


def test_processes_that_begin_a_storage_at_once_share_it(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, tmp_path, f"key_{number}"], cwd=PROJECT) for number in range(4)
    ]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0, 0]
    storage = Storage.open(tmp_path / "var", load_or_make_storage_key(tmp_path / "keys"))
    assert storage.audit.check_chain().entries == 80
    storage.close()
