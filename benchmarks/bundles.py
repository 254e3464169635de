"""Whole signed bundles, as the service makes them: by its drafting room, in two rendering processes."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks.cases import submissions
from benchmarks.timing import Measured, measure
from service.assembling.exhibits.policy import ExhibitLimits
from service.pipeline import Submission
from service.signing.keys import load_or_make_dev_key
from service.signing.sealer import SealingPolicy
from service.work.drafting_room import DraftingRoom
from service.work.libraries import set_aside_what_stays
from service.work.pool import RenderingPool
from service.work.tasks import WorkshopPlan, open_workshop
from service.work.versions import component_versions

KINDS = ("modification", "uninsured_claim", "medical_support")
PLACES = 2
_WARM_UP = 4
_TIMED = 21
_AT_ONCE = 16


def measure_bundles(templates_dir: Path, keys: Path, at: datetime) -> Iterator[Measured | str]:
    """A row for each kind, filed alone; and how many a second come out of sixteen asked for at once."""
    with asyncio.Runner() as loop, _opened(loop, templates_dir, keys, at) as pool:
        room = DraftingRoom(pool, deadline_s=60)

        def alone(submission: Submission) -> None:
            loop.run(_filed(room, submission, at))

        for kind in KINDS:
            cases = itertools.islice(submissions(kind), _WARM_UP + _TIMED)
            yield measure(f"signed bundle, {kind}", alone, cases, warm_up=_WARM_UP)
        crowd = list(itertools.islice(submissions("modification"), _AT_ONCE))
        started = time.perf_counter()
        loop.run(_together(room, crowd, at))
        a_second = _AT_ONCE / (time.perf_counter() - started)
        yield f"{f'signed bundles a second, modification, {_AT_ONCE} at once':60} {a_second:8.1f}"


@contextmanager
def _opened(loop: asyncio.Runner, templates_dir: Path, keys: Path, at: datetime) -> Iterator[RenderingPool]:
    load_or_make_dev_key(keys, at)
    plan = WorkshopPlan(
        templates_dir=templates_dir,
        limits=ExhibitLimits(),
        load_key=partial(load_or_make_dev_key, keys, at),
        load_policy=SealingPolicy,
        fallback=None,
        versions=component_versions(templates_dir),
    )
    opening = RenderingPool.open(places=PLACES, queue_limit=_AT_ONCE, setup=open_workshop, setup_arguments=(plan,))
    pool = loop.run(opening)
    set_aside_what_stays()
    try:
        yield pool
    finally:
        loop.run(pool.close())


async def _filed(room: DraftingRoom, submission: Submission, at: datetime) -> None:
    """Without a result: the runner would spell it out in full, all its bytes, when it gives the interrupt back."""
    await room.file(submission, "flg_bench", at)


async def _together(room: DraftingRoom, crowd: list[Submission], at: datetime) -> None:
    await asyncio.gather(*(room.file(submission, "flg_bench", at) for submission in crowd))
