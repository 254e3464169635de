"""A filing drawn up: by one process where several are busy, by all that are idle where it is alone.

Both ways take the stages of :mod:`service.pipeline` and make the same documents.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from service.delivery.receipt import Receipt
from service.law.clearance import require_clearance
from service.pipeline import Parts, PreparedFiling, ReleasedFiling, Submission
from service.rendering.document import RenderedDocument
from service.signing.bundle import SignedBundle
from service.work.runner import Request, Runner
from service.work.tasks import (
    assemble_draft_task,
    assemble_final_task,
    cover_task,
    draw_draft_task,
    draw_final_task,
    examine_task,
    file_task,
    page_image_task,
    prepare_task,
    preview_task,
    release_task,
    seal_task,
    trace_task,
)

_Made = TypeVar("_Made")


class DraftingRoom:
    """Draws up filings; each task of a process has ``deadline_s`` seconds.

    Each method raises what the stages raise, and

    Raises:
        QueueFull: the filing would have to wait behind too many others.
        DeadlinePassed: a task took too long.
        EngineFailed: a process died twice over it.
    """

    def __init__(self, runner: Runner, *, deadline_s: float) -> None:
        self._runner = runner
        self._deadline_s = deadline_s

    @property
    def free_slots(self) -> int:
        """How many more filings would be accepted now."""
        return self._runner.free_slots

    async def preview(self, submission: Submission) -> PreparedFiling:
        """:func:`service.pipeline.preview`."""
        if self._can_share(submission):
            return await self._shared_drafts(submission)
        return await self._runner.run(preview_task, submission, deadline_s=self._deadline_s)

    async def prepare(self, submission: Submission) -> PreparedFiling:
        """:func:`service.pipeline.prepare`."""
        if self._can_share(submission):
            require_clearance(submission.filing, submission.overrides)
            return await self._shared_drafts(submission)
        return await self._runner.run(prepare_task, submission, deadline_s=self._deadline_s)

    async def file(self, submission: Submission, filing_id: str, at: datetime) -> ReleasedFiling:
        """:func:`service.pipeline.release`."""
        if self._can_share(submission):
            return await self._shared_release(submission, filing_id, at)
        return await self._runner.run(file_task, submission, filing_id, at, deadline_s=self._deadline_s)

    async def release(self, submission: Submission, filing_id: str, at: datetime) -> tuple[SignedBundle, Receipt]:
        """As :meth:`file`, for a filing whose contents are kept already."""
        if self._can_share(submission):
            released = await self._shared_release(submission, filing_id, at)
            return released.bundle, released.receipt
        return await self._runner.run(release_task, submission, filing_id, at, deadline_s=self._deadline_s)

    async def page_image(self, pdf: bytes, page: int, scale: float) -> bytes:
        """:func:`service.rendering.pages.page_image`."""
        return await self._runner.run(page_image_task, pdf, page, scale, deadline_s=self._deadline_s)

    def _can_share(self, submission: Submission) -> bool:
        """Where others work already, sharing would only cost the carrying to and fro."""
        return self._runner.idle_places > 1 and len(submission.filing.documents) > 1

    async def _shared_drafts(self, submission: Submission) -> PreparedFiling:
        with self._runner.admitted() as request:
            drawing = self._begun(request, submission, draw_draft_task)
            return await self._assembled(request, submission, drawing, assemble_draft_task)

    async def _shared_release(self, submission: Submission, filing_id: str, at: datetime) -> ReleasedFiling:
        """The trace is last in the queue: it fills what drawing and assembling leave idle."""
        require_clearance(submission.filing, submission.overrides)
        with self._runner.admitted() as request:
            drawing = self._begun(request, submission, draw_final_task)
            prepared, trail, *_ = await _settled(
                self._assembled(request, submission, drawing, assemble_final_task),
                asyncio.create_task(self._run(request, trace_task, _for_drawing(submission))),
                *drawing,  # so that they end with this, even before what awaits them has begun
            )
            bundle, receipt = await self._run(
                request, seal_task, _without_exhibits(submission), prepared, trail, filing_id, at
            )
        return ReleasedFiling(prepared=prepared, bundle=bundle, receipt=receipt)

    def _begun(
        self, request: Request, submission: Submission, draw: Callable[..., RenderedDocument]
    ) -> list[asyncio.Task[Any]]:
        """What waits for nothing else, in its order; exhibits first: where one is refused, fewer papers are drawn."""
        case = _for_drawing(submission)
        waiting = [
            self._run(request, examine_task, submission),
            self._run(request, cover_task, case),
            *(self._run(request, draw, case, plan) for plan in submission.filing.documents),
        ]
        return [asyncio.create_task(each) for each in waiting]

    async def _assembled(
        self,
        request: Request,
        submission: Submission,
        drawing: Sequence[asyncio.Task[Any]],
        assemble: Callable[..., PreparedFiling],
    ) -> PreparedFiling:
        exhibits, coverage, *documents = await _settled(*drawing)
        parts = Parts(exhibits=exhibits, documents=tuple(documents), coverage=coverage)
        return await self._run(request, assemble, _without_exhibits(submission), parts)

    async def _run(self, request: Request, task: Callable[..., _Made], *arguments: Any) -> _Made:
        return await request.run(task, *arguments, deadline_s=self._deadline_s)


async def _settled(*running: Awaitable[Any]) -> list[Any]:
    """The results of all, once all have ended; the first refusal among them is raised then.

    None that has begun is cut short over the refusal of another: that would end a process which others are about to
    use. Papers are begun in their order, so of theirs this is the refusal that one process would have met with.
    """
    outcomes: list[Any] = await asyncio.gather(*running, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


def _without_exhibits(submission: Submission) -> Submission:
    """Without their contents, which are long to carry and read by one task alone."""
    return replace(submission, exhibits={})


def _for_drawing(submission: Submission) -> Submission:
    """What a paper is drawn from and no more, since it is carried once for each: not what only the record encloses."""
    only = replace(submission.determination, filings=(submission.determination.of(submission.facts.kind),))
    return replace(submission, exhibits={}, facts_json=b"", determination=only, determination_json=b"")
