"""Filings asked for later: whatever happens to them is said in them."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from service.assembling.exhibits.policy import ExhibitLimits
from service.desk.cabinet import FilingCabinet
from service.desk.caller import LOCAL_OPERATOR
from service.desk.filings import FilingDesk
from service.desk.preparation import PreparationDesk
from service.desk.reception import Reception
from service.desk.register import KeptFiling
from service.desk.submissions import SentCase
from service.desk.workplace import Workplace
from service.errors import Conflict, StorageFailed
from service.law.confirmations import NONE_CONFIRMED
from service.pipeline import PreparedFiling, Submission
from service.signing.keys import load_or_make_dev_key
from service.signing.sealer import SealingPolicy
from service.storage.audit import AuditEvent
from service.storage.encryption import load_or_make_storage_key
from service.storage.idempotency import IN_FLIGHT_FOR, Claim, StoredAnswer
from service.storage.records import FilingFilter, FilingState
from service.storage.store import Storage
from service.work.drafting_room import DraftingRoom
from service.work.runner import InThisProcess
from service.work.tasks import WorkshopPlan, close_workshop, open_workshop
from templates import templates_root
from tests.builders import example, example_exhibits

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
CASE = SentCase(facts=example("modification"), exhibits=example_exhibits("modification"))
PRIVATE_WORDS = "René D. Lefèvre owes 447.39"


class Room:
    """A drafting room that does, once the test lets it, what the test has it do."""

    free_slots = 1

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.failure: Exception | None = None
        self.prepared: PreparedFiling | None = None

    async def prepare(self, _submission: Submission) -> PreparedFiling:
        await self.go_on.wait()
        if self.failure is not None:
            raise self.failure
        assert self.prepared is not None
        return self.prepared


class Office:
    """Desks over a storage of their own."""

    def __init__(self, storage: Storage, reception: Reception) -> None:
        ticks = count()
        self.storage, self.reception, self.room = storage, reception, Room()
        cabinet = FilingCabinet(storage, lambda: AT + timedelta(milliseconds=next(ticks)))
        workplace = Workplace(reception=reception, room=self.room, cabinet=cabinet, versions={})
        self.preparation, self.filings = PreparationDesk(workplace, grace_s=0), FilingDesk(cabinet)

    async def settled(self, filing: KeptFiling) -> KeptFiling:
        self.room.go_on.set()
        await asyncio.gather(*self.preparation._at_work)
        return await self.filings.get(filing.record.id, LOCAL_OPERATOR)

    def events(self, filing: KeptFiling) -> list[AuditEvent]:
        return [entry.event for entry in self.storage.audit.entries(filing_id=filing.record.id)]


@pytest.fixture(scope="module")
def drafting_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DraftingRoom]:
    """The real one, which makes in this process what the stand-in then hands out."""
    keys = tmp_path_factory.mktemp("keys")
    plan = WorkshopPlan(
        templates_dir=templates_root() / "filings",
        limits=ExhibitLimits(),
        load_key=lambda: load_or_make_dev_key(keys, AT),
        load_policy=SealingPolicy,
        fallback=None,
        versions={"service": "0"},
    )
    open_workshop(plan)
    yield DraftingRoom(InThisProcess(), deadline_s=60)
    close_workshop()


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    storage = Storage.open(tmp_path / "filings", load_or_make_storage_key(tmp_path / "keys"))
    reception = Reception(NONE_CONFIRMED)
    office = Office(storage, reception)
    yield office
    await office.preparation.close()
    reception.close()
    storage.close()


async def test_an_error_nobody_foresaw_ends_the_filing_under_a_reference_that_the_log_has(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.room.failure = RuntimeError(PRIVATE_WORDS)
    ended = await office.settled(await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True))
    assert ended.record.state is FilingState.VOID
    refusal = ended.shown["refusal"]
    reference = refusal["message"].rstrip(".").rsplit(" ", 1)[1]
    assert refusal["code"] == "engine_failed"
    assert f"reference {reference}: RuntimeError in {__name__}.Room.prepare:" in caplog.text
    assert PRIVATE_WORDS not in caplog.text + json.dumps(refusal, ensure_ascii=False)


async def test_a_filing_that_cannot_be_kept_is_not_left_a_draft(
    office: Office, drafting_room: DraftingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all = office.storage.blobs.put_all

    def full_disk(contents: dict[str, bytes]) -> None:
        if any("/drafts/" in name for name in contents):
            raise StorageFailed("The disk is full.")
        put_all(contents)

    monkeypatch.setattr(office.storage.blobs, "put_all", full_disk)
    begun = await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True)
    office.room.prepared = await drafting_room.prepare(
        await office.preparation._reception.receive(CASE, LOCAL_OPERATOR)
    )
    ended = await office.settled(begun)
    assert (ended.record.state, ended.shown["refusal"]["code"]) == (FilingState.VOID, "storage_failed")
    assert office.events(begun) == [AuditEvent.BEGUN, AuditEvent.VOIDED]


async def test_a_filing_whose_refusal_cannot_be_kept_is_noted_and_ended_at_the_next_start(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_contents: object) -> None:
        raise StorageFailed(PRIVATE_WORDS)

    office.room.failure = RuntimeError(PRIVATE_WORDS)
    begun = await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True)
    with monkeypatch.context() as patched:
        patched.setattr(office.storage.blobs, "put_all", full_disk)
        assert (await office.settled(begun)).record.state is FilingState.DRAFT
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 2
    assert PRIVATE_WORDS not in caplog.text
    await office.preparation.settle()
    ended = await office.filings.get(begun.record.id, LOCAL_OPERATOR)
    assert ended.record.state is FilingState.VOID
    assert "stopped before" in ended.shown["refusal"]["message"]


async def test_drafts_that_a_stop_left_behind_are_ended_with_a_reason_and_others_are_let_be(office: Office) -> None:
    left = [await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True) for _ in range(3)]
    await office.filings.void(left[0].record.id, {"reason": "Opened twice."}, LOCAL_OPERATOR)
    await office.preparation.close()
    await office.preparation.settle()
    await office.preparation.settle()
    shown = [await office.filings.get(filing.record.id, LOCAL_OPERATOR) for filing in left]
    assert [filing.record.state for filing in shown] == [FilingState.VOID] * 3
    assert ["refusal" in filing.shown for filing in shown] == [False, True, True]
    assert shown[0].shown["void_reason"] == "Opened twice."
    assert office.events(left[1]) == [AuditEvent.BEGUN, AuditEvent.VOIDED]


async def test_the_key_of_a_filing_that_a_stop_left_unprepared_can_be_used_again(office: Office) -> None:
    claim = claimed(office)
    assert isinstance(claim, Claim)
    await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True, claim=claim)
    office.storage.idempotency.finish(claim, StoredAnswer(status=202, blob=None), at=AT)
    assert claimed(office) == StoredAnswer(status=202, blob=None)
    await office.preparation.close()
    await office.preparation.settle()
    assert isinstance(claimed(office), Claim)


async def test_what_was_accepted_is_finished_before_a_stop_within_the_grace(
    office: Office, drafting_room: DraftingRoom
) -> None:
    office.preparation._grace_s = 30
    begun = await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True)
    office.room.prepared = await drafting_room.prepare(
        await office.preparation._reception.receive(CASE, LOCAL_OPERATOR)
    )
    asyncio.get_running_loop().call_later(0.05, office.room.go_on.set)
    await office.preparation.close()
    assert (await office.filings.get(begun.record.id, LOCAL_OPERATOR)).record.state is FilingState.PREPARED


async def test_a_request_whose_key_another_took_over_keeps_no_filing(office: Office) -> None:
    slow = claimed(office)
    assert isinstance(slow, Claim)
    assert isinstance(claimed(office, AT + IN_FLIGHT_FOR), Claim)
    with pytest.raises(Conflict):
        await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True, claim=slow)
    assert office.storage.filings.list(FilingFilter(), office=None, limit=1).records == ()


def claimed(office: Office, at: datetime = AT) -> Claim | StoredAnswer:
    return office.storage.idempotency.claim(credential="key_1", key="k", request_digest="d" * 64, at=at)


async def test_a_draft_voided_while_it_is_prepared_stays_void_for_its_callers_reason(
    office: Office, drafting_room: DraftingRoom
) -> None:
    begun = await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True)
    office.room.prepared = await drafting_room.prepare(
        await office.preparation._reception.receive(CASE, LOCAL_OPERATOR)
    )
    await office.filings.void(begun.record.id, {"reason": "Opened twice."}, LOCAL_OPERATOR)
    ended = await office.settled(begun)
    assert (ended.record.state, ended.shown["void_reason"]) == (FilingState.VOID, "Opened twice.")
    assert office.events(begun) == [AuditEvent.BEGUN, AuditEvent.VOIDED]


async def test_a_desk_hands_back_no_address(office: Office, drafting_room: DraftingRoom) -> None:
    begun = await office.preparation.prepare(CASE, LOCAL_OPERATOR, later=True)
    office.room.prepared = await drafting_room.prepare(
        await office.preparation._reception.receive(CASE, LOCAL_OPERATOR)
    )
    shown = await office.settled(begun)
    assert shown.record.state is FilingState.PREPARED
    assert shown.shown["documents"][0]["pdf"].endswith(".pdf")
    assert "/v1/" not in json.dumps(shown.shown)
