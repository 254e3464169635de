"""Filings prepared after the answer (``Prefer: respond-async``, RFC 7240): kept as drafts until their pages exist."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from service.desk.cabinet import FilingCabinet
from service.desk.caller import LOCAL_OPERATOR, Caller
from service.desk.contents import BEGUN, REFUSAL, begun_summary, kept_at_preparation, kept_from_caller
from service.desk.presentation import filing_json
from service.desk.reception import Reception
from service.errors import Conflict, EngineFailed, FilingError, QueueFull
from service.facts.canonical import canonical_json, digest
from service.law.clearance import require_clearance
from service.pipeline import Submission
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import FilingFilter, FilingRecord, FilingState
from service.work.drafting_room import DraftingRoom

_AT_ONCE = 200
_INTERRUPTED = "The service stopped before this filing was prepared. Send the request again."


class DeferralDesk:
    """Begins filings, and prepares them while their callers go on."""

    def __init__(
        self,
        cabinet: FilingCabinet,
        reception: Reception,
        room: DraftingRoom,
        *,
        versions: Mapping[str, str],
    ) -> None:
        self._cabinet = cabinet
        self._reception = reception
        self._room = room
        self._versions = versions
        self._at_work: set[asyncio.Task[None]] = set()

    async def begin(
        self, facts: Mapping[str, Any], exhibits: Mapping[str, bytes], overrides: Mapping[str, str], caller: Caller
    ) -> dict[str, Any]:
        """Keep the filing as a draft and prepare it in the background.

        Raises:
            FactsRefused, GatesNotCleared, OverrideRefused: said at once; nothing is kept.
            QueueFull: it could not be prepared soon; nothing is kept.
        """
        caller.require(Scope.PREPARE)
        submission = await self._reception.receive(facts, exhibits, overrides, caller)
        require_clearance(submission.filing, submission.overrides)
        if not self._room.free_slots:
            raise QueueFull("All rendering places are taken. Send the request again after a moment.")
        record = self._draft(submission)
        shown = begun_summary(submission)
        contents = {BEGUN: canonical_json(shown), **kept_from_caller(submission)}
        await self._cabinet.keep_filing(record, contents, caller, AuditEvent.BEGUN)
        task = asyncio.create_task(self._prepare(record, submission, caller))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return filing_json(record, shown)

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
        """Stop preparing; what is unfinished is settled when the service starts again."""
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _draft(self, submission: Submission) -> FilingRecord:
        return FilingRecord(
            id=new_identifier(IdentifierPrefix.FILING, self._cabinet.now()),
            kind=submission.facts.kind,
            state=FilingState.DRAFT,
            field_office=submission.facts.matter.field_office,
            county=submission.facts.matter.court.county,
            filing_date=submission.facts.filing_date,
            facts_digest=digest(submission.facts_json),
        )

    async def _prepare(self, record: FilingRecord, submission: Submission, caller: Caller) -> None:
        try:
            prepared = await self._room.prepare(submission)
        except FilingError as error:
            await self._refuse(record, error, caller)
            return
        except Exception:  # noqa: BLE001 -- nobody awaits this task; the caller reads the refusal instead
            await self._refuse(record, EngineFailed("The service failed over this filing. Tell the operator."), caller)
            return
        await self._cabinet.put(record.id, kept_at_preparation(prepared, submission, self._versions))
        with suppress(Conflict):  # voided by its caller meanwhile, and so it stays
            await self._cabinet.move(
                record,
                FilingState.PREPARED,
                caller,
                at=self._cabinet.now(),
                event=AuditEvent.PREPARED,
                detail={"documents": prepared.documents_digest},
                documents_digest=prepared.documents_digest,
            )

    async def _refuse(self, record: FilingRecord, error: FilingError, caller: Caller) -> None:
        faults = [fault.as_json() for fault in error.faults] or [{"code": error.code, "message": error.message}]
        refusal = {"code": error.code, "message": error.message, "errors": faults}
        await self._cabinet.put(record.id, {REFUSAL: canonical_json(refusal)})
        with suppress(Conflict):  # ended by its caller meanwhile
            await self._cabinet.move(record, FilingState.VOID, caller, at=self._cabinet.now(), event=AuditEvent.VOIDED)
