"""Filing records: what every database that keeps them must do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import Conflict, NotFound, StorageFailed
from service.facts.vocabulary import FilingKind
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import TRANSITIONS, FilingFilter, FilingRecord, FilingState
from service.storage.store import Storage

Make = Callable[..., FilingRecord]
ALL = FilingFilter()


def move(records: Storage, filing_id: str, expected: FilingState, to: FilingState, at: datetime) -> FilingRecord:
    prepared = {"documents_digest": "d" * 64} if to is FilingState.PREPARED else {}
    return records.filings.transition(
        filing_id, office=None, expected=expected, to=to, by="key_mover", at=at, **prepared
    )


def test_a_filing_comes_back_as_it_was_kept(records: Storage, make_record: Make, make_draft: Make) -> None:
    for record in (make_record(county="Saint Francis"), make_draft()):
        records.filings.create(record)
        assert records.filings.get(record.id, office=None) == record


def test_another_offices_filing_is_not_found(records: Storage, make_record: Make, now: datetime) -> None:
    record = make_record(field_office="Pulaski")
    records.filings.create(record)
    assert records.filings.get(record.id, office="Pulaski") == record
    with pytest.raises(NotFound) as foreign:
        records.filings.get(record.id, office="Craighead")
    with pytest.raises(NotFound) as absent:
        records.filings.get("flg_absent", office="Craighead")
    assert foreign.value.message == absent.value.message
    with pytest.raises(NotFound):
        records.filings.transition(
            record.id,
            office="Craighead",
            expected=FilingState.PREPARED,
            to=FilingState.VOID,
            by="key_other",
            at=now,
        )
    assert records.filings.list(ALL, office="Craighead", limit=10).records == ()


def test_an_id_is_used_once(records: Storage, make_record: Make) -> None:
    record = make_record()
    records.filings.create(record)
    with pytest.raises(Conflict):
        records.filings.create(replace(record, county="Craighead"))
    assert records.filings.get(record.id, office=None) == record


@pytest.mark.parametrize(
    "changes",
    [
        {"state": FilingState.RELEASED},
        {"released_by": "key_x"},
        {"ended_by": "key_x"},
    ],
)
def test_a_filing_begins_at_its_beginning(records: Storage, make_record: Make, changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a filing"):
        records.filings.create(make_record(**changes))


@pytest.mark.parametrize("missing", ["prepared_at", "prepared_by", "documents_digest"])
def test_a_prepared_filing_says_when_by_whom_and_which_documents(
    records: Storage, make_record: Make, missing: str
) -> None:
    with pytest.raises(StorageFailed):
        records.filings.create(make_record(**{missing: None}))
    assert records.filings.list(ALL, office=None, limit=10).records == ()


def test_preparing_and_releasing_note_who_and_when(records: Storage, make_draft: Make, now: datetime) -> None:
    draft = make_draft()
    records.filings.create(draft)
    prepared = move(records, draft.id, FilingState.DRAFT, FilingState.PREPARED, now)
    released = move(records, draft.id, FilingState.PREPARED, FilingState.RELEASED, now + timedelta(hours=1))
    assert (prepared.prepared_by, prepared.prepared_at, prepared.documents_digest) == ("key_mover", now, "d" * 64)
    assert (released.released_by, released.released_at) == ("key_mover", now + timedelta(hours=1))
    assert (released.prepared_at, released.documents_digest, released.ended_at) == (now, "d" * 64, None)
    assert records.filings.get(draft.id, office=None) == released


def test_ending_notes_who_and_when(records: Storage, make_record: Make, now: datetime) -> None:
    record = make_record()
    records.filings.create(record)
    ended = move(records, record.id, FilingState.PREPARED, FilingState.VOID, now + timedelta(hours=1))
    assert (ended.ended_by, ended.ended_at) == ("key_mover", now + timedelta(hours=1))
    assert records.filings.get(record.id, office=None) == ended


def test_a_documents_digest_belongs_to_preparing_alone(records: Storage, make_draft: Make, now: datetime) -> None:
    draft = make_draft()
    records.filings.create(draft)
    for to, digest in ((FilingState.PREPARED, None), (FilingState.VOID, "d" * 64)):
        with pytest.raises(ValueError, match="digest"):
            records.filings.transition(
                draft.id,
                office=None,
                expected=FilingState.DRAFT,
                to=to,
                by="key_x",
                at=now,
                documents_digest=digest,
            )


def test_a_filing_may_end_at_any_point_before_delivery_and_never_after() -> None:
    ends = {FilingState.VOID, FilingState.SUPERSEDED}
    before_delivery = {FilingState.DRAFT, FilingState.PREPARED, FilingState.RELEASED}
    assert {state for state, onward in TRANSITIONS.items() if ends <= onward} == before_delivery
    assert {state for state, onward in TRANSITIONS.items() if ends & onward} == before_delivery
    assert set(TRANSITIONS) == set(FilingState)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(FilingState), st.sampled_from(FilingState)), max_size=8))
def test_only_allowed_moves_from_the_present_state_change_a_filing(
    records: Storage, make_draft: Make, now: datetime, moves: list[tuple[FilingState, FilingState]]
) -> None:
    present = make_draft()
    records.filings.create(present)
    for expected, to in moves:
        if expected is present.state and to in TRANSITIONS[expected]:
            moved = move(records, present.id, expected, to, now)
            assert moved.state is to
            assert (moved.ended_at is not None) == (to in {FilingState.VOID, FilingState.SUPERSEDED})
            present = moved
        else:
            with pytest.raises(Conflict):
                move(records, present.id, expected, to, now)
        assert records.filings.get(present.id, office=None) == present


def test_a_conflict_says_where_the_filing_stands(records: Storage, make_record: Make, now: datetime) -> None:
    record = make_record()
    records.filings.create(record)
    with pytest.raises(Conflict, match="is prepared by now, not released"):
        move(records, record.id, FilingState.RELEASED, FilingState.DELIVERED, now)


def test_of_two_moves_at_once_exactly_one_wins(records: Storage, make_record: Make, now: datetime) -> None:
    def attempt(filing_id: str, to: FilingState) -> FilingState | None:
        try:
            return move(records, filing_id, FilingState.PREPARED, to, now).state
        except Conflict:
            return None

    with ThreadPoolExecutor(8) as threads:
        for _ in range(10):
            record = make_record()
            records.filings.create(record)
            targets = [FilingState.RELEASED, FilingState.VOID, FilingState.SUPERSEDED] * 3
            states = [state for state in threads.map(attempt, [record.id] * len(targets), targets) if state]
            assert [records.filings.get(record.id, office=None).state] == states


def test_pages_show_every_filing_once_newest_first(records: Storage, make_record: Make, now: datetime) -> None:
    made = [
        make_record(id=new_identifier(IdentifierPrefix.FILING, now + timedelta(seconds=seconds)))
        for seconds in range(23)
    ]
    for record in made:
        records.filings.create(record)
    seen: list[FilingRecord] = []
    cursor: str | None = None
    for size in (5, 5, 5, 5, 5):
        page = records.filings.list(ALL, office="Pulaski", limit=size, cursor=cursor)
        seen += page.records
        cursor = page.next_cursor
    assert cursor is None
    assert seen == made[::-1]
    assert all(newer.id > older.id for newer, older in pairwise(seen))


def test_a_last_page_that_is_just_full_has_no_next(records: Storage, make_record: Make) -> None:
    for _ in range(4):
        records.filings.create(make_record())
    assert records.filings.list(ALL, office=None, limit=4).next_cursor is None


def test_each_filter_narrows_the_list(records: Storage, make_record: Make, make_draft: Make) -> None:
    kept = {
        "draft": make_draft(),
        "notice": make_record(kind=FilingKind.MEDICAL_SUPPORT_NOTICE),
        "craighead": make_record(county="Craighead"),
        "early": make_record(filing_date=date(2026, 1, 2)),
        "late": make_record(filing_date=date(2026, 12, 31)),
    }
    for record in kept.values():
        records.filings.create(record)

    def found(**wanted: object) -> set[str]:
        page = records.filings.list(FilingFilter(**wanted), office="Pulaski", limit=50)
        return {name for name, record in kept.items() if record in page.records}

    assert found() == set(kept)
    assert found(state=FilingState.DRAFT) == {"draft"}
    assert found(kind=FilingKind.MEDICAL_SUPPORT_NOTICE) == {"notice"}
    assert found(county="Craighead") == {"craighead"}
    assert found(since=date(2026, 12, 31)) == {"late"}
    assert found(until=date(2026, 1, 2)) == {"early"}
    assert found(since=date(2026, 1, 2), until=date(2026, 11, 23)) == set(kept) - {"late"}
    assert found(state=FilingState.DRAFT, county="Craighead") == set()


@pytest.mark.parametrize("cursor", ["", "x", "flg_1' OR 1=1 --", "prv_" + "0" * 26])
def test_a_cursor_nobody_gave_out_is_refused(records: Storage, cursor: str) -> None:
    with pytest.raises(NotFound, match="without a cursor"):
        records.filings.list(ALL, office=None, limit=5, cursor=cursor)


def test_a_page_without_room_is_refused(records: Storage) -> None:
    with pytest.raises(ValueError, match="at least one"):
        records.filings.list(ALL, office=None, limit=0)


def test_a_time_without_a_zone_is_refused(records: Storage, make_record: Make, now: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        records.filings.create(make_record(prepared_at=now.replace(tzinfo=None)))
