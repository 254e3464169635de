"""Filings prepared: at once, or after the answer (``Prefer: respond-async``, RFC 7240) and kept as drafts till then."""

import asyncio
from collections.abc import Mapping

from service.desk.caller import LOCAL_OPERATOR, Caller
from service.desk.contents import (
    BEGUN,
    begun_summary,
    ending_content,
    kept_at_preparation,
    kept_from_caller,
    refusal_shown,
    summary,
)
from service.desk.register import KeptFiling, draft_record, prepared_record
from service.desk.submissions import SentCase
from service.desk.unforeseen import note_unforeseen
from service.desk.workplace import Workplace
from service.errors import Conflict, EngineFailed, FilingError, QueueFull
from service.facts.canonical import canonical_json
from service.law.clearance import require_clearance
from service.pipeline import Submission
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.idempotency import Claim
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import FilingFilter, FilingRecord, FilingState

_AT_ONCE = 200
_INTERRUPTED = (
    "The service stopped before this filing was prepared. Send the request again; it may have the same idempotency key."
)
GRACE_S = 20.0
"""Seconds that a service that is told to stop gives to filings it has accepted; supervisors often kill after 30."""


class PreparationDesk:
    """Prepares filings while their callers wait or go on, for an attorney to release."""

    def __init__(self, workplace: Workplace, *, grace_s: float = GRACE_S) -> None:
        self._reception = workplace.reception
        self._room = workplace.room
        self._cabinet = workplace.cabinet
        self._versions = workplace.versions
        self._grace_s = grace_s
        self._at_work: set[asyncio.Task[None]] = set()

    @property
    def free_slots(self) -> int:
        """How many more filings would be accepted now."""
        return self._room.free_slots

    @property
    def versions(self) -> Mapping[str, str]:
        """What would make a document now: rules, templates, fonts and engines."""
        return self._versions

    async def prepare(
        self, sent: SentCase, caller: Caller, *, later: bool = False, claim: Claim | None = None
    ) -> KeptFiling:
        """Prepare a filing and keep it in review, or, ``later``, keep it as a draft and prepare it in the background.

        Raises:
            FactsRefused, GatesNotCleared, OverrideRefused: said at once; nothing is kept.
            ExhibitRefused: nothing is kept; ``later`` it is the filing that says so.
            QueueFull: it could not be prepared soon; nothing is kept.
            Conflict: another call took over the idempotency key that ``claim`` held; nothing is kept.
        """
        caller.require(Scope.PREPARE)
        submission = await self._reception.receive(sent, caller)
        return await (self._begin if later else self._prepare)(submission, caller, claim)

    async def settle(self) -> None:
        """End the drafts that an earlier run of the service left unprepared; their callers are told why."""
        while True:
            wanted = FilingFilter(state=FilingState.DRAFT)
            drafts = await self._cabinet.page(wanted, LOCAL_OPERATOR, limit=_AT_ONCE, cursor=None)
            for record in drafts.records:
                await self._refuse(record, EngineFailed(_INTERRUPTED), LOCAL_OPERATOR)
            if drafts.next_cursor is None:
                return

    async def close(self) -> None:
        """Finish what was accepted, if that takes no longer than the grace; the rest is settled at the next start."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=self._grace_s)
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _prepare(self, submission: Submission, caller: Caller, claim: Claim | None) -> KeptFiling:
        prepared = await self._room.prepare(submission)
        at = self._cabinet.now()
        filing_id = new_identifier(IdentifierPrefix.FILING, at)
        record = prepared_record(filing_id, submission, prepared, caller.credential_id, at)
        contents = kept_from_caller(submission) | kept_at_preparation(prepared, submission, self._versions)
        await self._cabinet.keep_filing(record, contents, caller, AuditEvent.PREPARED, claim)
        return KeptFiling(record=record, shown=summary(prepared, submission))

    async def _begin(self, submission: Submission, caller: Caller, claim: Claim | None) -> KeptFiling:
        require_clearance(submission.filing, submission.overrides)
        if not self._room.free_slots:
            raise QueueFull("All rendering places are taken. Send the request again after a moment.")
        record = draft_record(new_identifier(IdentifierPrefix.FILING, self._cabinet.now()), submission)
        shown = begun_summary(submission)
        contents = {BEGUN: canonical_json(shown), **kept_from_caller(submission)}
        await self._cabinet.keep_filing(record, contents, caller, AuditEvent.BEGUN, claim)
        task = asyncio.create_task(self._finish(record, submission, caller))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return KeptFiling(record=record, shown=shown)

    async def _finish(self, record: FilingRecord, submission: Submission, caller: Caller) -> None:
        """Prepare a draft. Nobody awaits this, so what goes wrong is said in the filing, or else in the log."""
        try:
            refusal = await self._refusal(record, submission, caller)
            if refusal is not None:
                await self._refuse(record, refusal, caller)
        except Exception as error:  # noqa: BLE001 -- the filing stays a draft, which the next start ends
            note_unforeseen(error)

    async def _refusal(self, record: FilingRecord, submission: Submission, caller: Caller) -> FilingError | None:
        try:
            await self._finish_draft(record, submission, caller)
        except Conflict:
            return None  # voided by its caller meanwhile, and so it stays
        except FilingError as error:
            return error
        except Exception as error:  # noqa: BLE001 -- the caller reads of it in the filing
            reference = note_unforeseen(error)
            return EngineFailed(f"The service failed over this filing. Give the operator the reference {reference}.")
        return None

    async def _finish_draft(self, record: FilingRecord, submission: Submission, caller: Caller) -> None:
        prepared = await self._room.prepare(submission)
        await self._cabinet.move(
            record,
            FilingState.PREPARED,
            caller,
            at=self._cabinet.now(),
            event=AuditEvent.PREPARED,
            contents=kept_at_preparation(prepared, submission, self._versions),
            detail={"documents": prepared.documents_digest},
            documents_digest=prepared.documents_digest,
        )

    async def _refuse(self, record: FilingRecord, error: FilingError, caller: Caller) -> None:
        at = self._cabinet.now()
        contents = ending_content(at, refusal_shown(error))
        try:
            await self._cabinet.end_unprepared(record, caller, at=at, contents=contents)
        except Conflict:
            return  # ended by its caller meanwhile, with a reason of its own
