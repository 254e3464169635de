"""A filing drawn up by several processes is the filing that one process makes."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest
import pytest_asyncio

from service.assembling.exhibits.policy import ExhibitLimits
from service.errors import DeadlinePassed, ExhibitRefused, FilingError, GatesNotCleared, QueueFull
from service.pipeline import Submission
from service.signing.keys import load_or_make_dev_key
from service.signing.sealer import SealingPolicy
from service.work.drafting_room import DraftingRoom
from service.work.pool import RenderingPool
from service.work.tasks import WorkshopPlan, file_task, open_workshop, prepare_task
from templates import templates_root
from tests.builders import changed, example, example_exhibits, submission_of

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
KINDS = ["modification", "uninsured_claim", "medical_support"]
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RenderingPool]:
    keys = tmp_path_factory.mktemp("keys")
    load_or_make_dev_key(keys, AT)
    plan = WorkshopPlan(
        templates_dir=templates_root() / "filings",
        limits=ExhibitLimits(),
        load_key=partial(load_or_make_dev_key, keys, AT),
        load_policy=SealingPolicy,
        fallback=None,
        versions={"service": "0"},
    )
    opened = await RenderingPool.open(places=2, queue_limit=0, setup=open_workshop, setup_arguments=(plan,))
    yield opened
    await opened.close()


@pytest.fixture
def room(pool: RenderingPool) -> DraftingRoom:
    return DraftingRoom(pool, deadline_s=60)


def submission(kind: str) -> Submission:
    return submission_of(example(kind), example_exhibits(kind))


def unsealed(container: bytes) -> dict[str, bytes]:
    """All but signatures, which are never the same twice, and the manifests that name sealed files by digest."""
    with zipfile.ZipFile(io.BytesIO(container)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist() if name.endswith((".docx", ".json", ".ics"))}


@pytest.mark.parametrize("kind", KINDS)
async def test_several_processes_prepare_what_one_prepares(room: DraftingRoom, pool: RenderingPool, kind: str) -> None:
    assert await room.prepare(submission(kind)) == await pool.run(prepare_task, submission(kind), deadline_s=60)
    assert pool.idle_places == 2


@pytest.mark.parametrize("kind", KINDS)
async def test_several_processes_release_what_one_releases(room: DraftingRoom, pool: RenderingPool, kind: str) -> None:
    shared = await room.file(submission(kind), "flg_1", AT)
    alone = await pool.run(file_task, submission(kind), "flg_1", AT, deadline_s=60)
    assert shared.prepared == alone.prepared
    one, other = (unsealed(made.bundle.containers["record"]) for made in (shared, alone))
    assert one.keys() == other.keys()
    assert "reports/provenance.json" in one
    differing = {name for name in one if one[name] != other[name]}
    assert {name for name in differing if not name.endswith("manifest.json")} == set()


async def test_a_release_of_kept_contents_brings_back_only_what_is_new(room: DraftingRoom) -> None:
    bundle, receipt = await room.release(submission("medical_support"), "flg_1", AT)
    assert set(bundle.containers) == {"court", "record"}
    assert receipt.filing_id == "flg_1"


async def test_a_held_filing_is_refused_before_anything_is_drawn(room: DraftingRoom, pool: RenderingPool) -> None:
    facts = changed(example("modification"), "/orders/0/file_marked_copy", None)
    held = submission_of(facts, example_exhibits("modification"))
    refused: list[type[FilingError]] = []
    for attempt in (room.prepare(held), room.file(held, "flg_1", AT), room.release(held, "flg_1", AT)):
        with pytest.raises(GatesNotCleared) as refusal:
            await attempt
        refused.append(refusal.type)
    assert refused == [GatesNotCleared] * 3
    assert (pool.idle_places, pool.free_slots) == (2, 2)


async def test_an_exhibit_that_was_not_sent_refuses_the_whole(room: DraftingRoom, pool: RenderingPool) -> None:
    with pytest.raises(ExhibitRefused):
        await room.prepare(submission_of(example("uninsured_claim"), {}))
    assert (pool.idle_places, pool.free_slots) == (2, 2)


async def test_a_stage_out_of_time_refuses_the_whole(pool: RenderingPool) -> None:
    with pytest.raises(DeadlinePassed):
        await DraftingRoom(pool, deadline_s=0.01).file(submission("modification"), "flg_1", AT)
    assert (await DraftingRoom(pool, deadline_s=60).prepare(submission("medical_support"))).packet.pages
    assert (pool.idle_places, pool.free_slots) == (2, 2)


@pytest.mark.parametrize("turns", [1, 2, 3, 20])
async def test_a_filing_given_up_leaves_nothing_at_work(room: DraftingRoom, pool: RenderingPool, turns: int) -> None:
    filing = asyncio.create_task(room.file(submission("medical_support"), "flg_1", AT))
    for _ in range(turns):
        await asyncio.sleep(0)
    filing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await filing
    assert (pool.idle_places, pool.free_slots) == (2, 2)
    assert len(asyncio.all_tasks()) == 1


async def test_a_shared_filing_holds_one_slot_of_the_queue(room: DraftingRoom, pool: RenderingPool) -> None:
    with pool.admitted():
        assert pool.free_slots == 1
        assert (await room.prepare(submission("medical_support"))).packet.pages
        with pool.admitted(), pytest.raises(QueueFull):
            await room.prepare(submission("medical_support"))
    assert pool.free_slots == 2
