"""The audit record only grows, and any tampering shows."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import StorageFailed
from service.storage.audit import FIRST_PREVIOUS, AuditEvent, AuditHead
from service.storage.store import Storage


@pytest.fixture
def written(records: Storage, now: datetime) -> AuditHead:
    for event in (AuditEvent.PREPARED, AuditEvent.PREVIEWED, AuditEvent.RELEASED, AuditEvent.DOWNLOADED):
        records.audit.append(event, at=now, actor="key_1", filing_id="flg_1", detail={"facts_digest": "a" * 64})
    records.audit.append(AuditEvent.KEY_ISSUED, at=now, actor="local", detail={"key": "key_2"})
    return records.audit.check_chain()


def tamper(home: Path, *statements: str) -> None:
    """What someone with the file, the schema and SQLite could do."""
    with closing(sqlite3.connect(home / "records.sqlite", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


UNGUARDED = (
    "DROP TRIGGER audit_is_never_altered",
    "DROP TRIGGER audit_is_never_shortened",
    "DROP TRIGGER audit_only_grows_at_its_end",
)


def faults(records: Storage, noted: AuditHead | None = None) -> list[str]:
    with pytest.raises(StorageFailed, match="tampered") as caught:
        records.audit.check_chain(noted)
    return [fault.code for fault in caught.value.faults]


def test_entries_come_back_in_order_each_bound_to_the_one_before(records: Storage, written: AuditHead) -> None:
    entries = records.audit.entries()
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [FIRST_PREVIOUS, *(entry.digest for entry in entries[:-1])]
    assert written == AuditHead(entries=5, digest=entries[-1].digest)
    assert entries[0].detail == {"facts_digest": "a" * 64}


def test_the_entries_of_one_filing_are_found_and_paged(records: Storage, written: AuditHead) -> None:
    assert [entry.event for entry in records.audit.entries(filing_id="flg_1", after=1, limit=2)] == [
        AuditEvent.PREVIEWED,
        AuditEvent.RELEASED,
    ]
    assert len(records.audit.entries(after=written.entries)) == 0


def test_an_empty_record_holds(records: Storage) -> None:
    assert records.audit.check_chain() == AuditHead(entries=0, digest=FIRST_PREVIOUS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'nobody' WHERE sequence = 2",
        "DELETE FROM audit WHERE sequence = 5",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT 2, event, at, 'nobody', filing_id, detail, previous, digest FROM audit LIMIT 1",
        "INSERT INTO audit SELECT 9, event, at, 'nobody', filing_id, detail, previous, digest FROM audit LIMIT 1",
        "UPDATE OR REPLACE audit SET sequence = 1 WHERE sequence = 2",
    ],
)
def test_the_database_itself_refuses_to_alter_the_record(
    records: Storage, home: Path, written: AuditHead, statement: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="the audit record"):
        tamper(home, statement)
    assert records.audit.check_chain() == written


@pytest.mark.parametrize("sequence", [1, 3, 5])
@pytest.mark.parametrize(
    "change",
    [
        "actor = 'nobody'",
        "at = '2026-01-01T00:00:00.000000Z'",
        "event = 'verified'",
        "detail = '{}'",
        "filing_id = 'flg_2'",
    ],
)
def test_an_altered_entry_shows(records: Storage, home: Path, written: AuditHead, sequence: int, change: str) -> None:
    tamper(home, *UNGUARDED, f"UPDATE audit SET {change} WHERE sequence = {sequence}")  # noqa: S608 - the test's own words
    assert faults(records, written) == ["audit_entry_altered"]


def test_a_removed_entry_shows(records: Storage, home: Path, written: AuditHead) -> None:
    tamper(home, *UNGUARDED, "DELETE FROM audit WHERE sequence = 3")
    assert faults(records, written) == ["audit_gap", "audit_link_broken"]


def test_a_removed_entry_shows_even_when_those_after_it_are_renumbered(
    records: Storage, home: Path, written: AuditHead
) -> None:
    tamper(
        home,
        *UNGUARDED,
        "DELETE FROM audit WHERE sequence = 3",
        "UPDATE audit SET sequence = 3 WHERE sequence = 4",
        "UPDATE audit SET sequence = 4 WHERE sequence = 5",
    )
    assert "audit_link_broken" in faults(records, written)


def test_swapped_entries_show(records: Storage, home: Path, written: AuditHead) -> None:
    tamper(
        home,
        *UNGUARDED,
        "UPDATE audit SET sequence = 99 WHERE sequence = 2",
        "UPDATE audit SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit SET sequence = 3 WHERE sequence = 99",
    )
    assert "audit_link_broken" in faults(records, written)


def test_a_record_cut_off_at_its_end_shows_against_a_noted_head(
    records: Storage, home: Path, written: AuditHead
) -> None:
    tamper(home, *UNGUARDED, "DELETE FROM audit WHERE sequence >= 4")
    assert records.audit.check_chain().entries == 3
    assert faults(records, written) == ["audit_cut_off"]


def test_a_record_written_anew_shows_against_a_noted_head(
    records: Storage, home: Path, now: datetime, written: AuditHead
) -> None:
    tamper(home, *UNGUARDED, "DELETE FROM audit")
    for _ in range(5):
        records.audit.append(AuditEvent.VERIFIED, at=now, actor="key_1", detail={})
    assert records.audit.check_chain().entries == 5
    assert faults(records, written) == ["audit_rewritten"]


def test_appending_after_a_noted_head_is_no_fault(records: Storage, now: datetime, written: AuditHead) -> None:
    records.audit.append(AuditEvent.VOIDED, at=now, actor="key_1", filing_id="flg_1", detail={})
    assert records.audit.check_chain(written).entries == 6


def test_a_record_longer_than_one_batch_is_checked_to_its_end(records: Storage, home: Path, now: datetime) -> None:
    with records.transaction():
        for _ in range(2003):
            records.audit.append(AuditEvent.DOWNLOADED, at=now, actor="key_1", detail={})
    assert records.audit.check_chain().entries == 2003
    tamper(home, *UNGUARDED, "UPDATE audit SET actor = 'nobody' WHERE sequence = 2001")
    assert faults(records) == ["audit_entry_altered"]


def test_entries_written_at_once_form_one_chain(records: Storage, now: datetime) -> None:
    def write(number: int) -> None:
        records.audit.append(AuditEvent.DOWNLOADED, at=now, actor=f"key_{number}", detail={})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(64)))
    assert records.audit.check_chain().entries == 64


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=30).filter(lambda text: " " in text or not text.isascii() or text == ""))
def test_a_detail_that_could_be_a_name_is_refused_without_repeating_it(
    records: Storage, now: datetime, value: str
) -> None:
    for actor, detail in (("key_1", {"name": value}), (value, {})):
        with pytest.raises(ValueError, match=r"the audit member '(name|actor)' is not an id") as caught:
            records.audit.append(AuditEvent.PREPARED, at=now, actor=actor, detail=detail)
        assert len(value) < 4 or value not in str(caught.value)
    assert records.audit.entries() == ()
