"""Filings as they are kept: listed, read, downloaded, ended before delivery."""

import json
from collections.abc import Mapping
from typing import Any

from schemas.requests import load_void_order
from service.desk.cabinet import FilingCabinet
from service.desk.caller import Caller
from service.desk.contents import (
    BEGUN,
    RECEIPT,
    SUMMARY,
    ending_content,
    ending_name,
    release_folder,
)
from service.desk.queries import FilingQuery
from service.desk.register import KeptFiling
from service.errors import NotFound
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.records import FilingPage, FilingRecord, FilingState

VOIDED_AFTER_RELEASE = (
    "This filing was released before it was voided. What was signed is evidence: receipt and bundles stay and can "
    "still be had. Voiding takes back no paper that was handed out; tell those who have one."
)


class FilingDesk:
    """Shows filings to those of their office, and ends them."""

    def __init__(self, cabinet: FilingCabinet) -> None:
        self._cabinet = cabinet

    async def list(self, query: FilingQuery, caller: Caller) -> FilingPage:
        """The filings of the caller's office, newest first, a page at a time."""
        return await self._cabinet.page(query.wanted, caller, limit=query.limit, cursor=query.cursor)

    async def get(self, filing_id: str, caller: Caller) -> KeptFiling:
        """One filing with its documents and determination, and why it ended if it has.

        Raises:
            NotFound: there is none, or it belongs to another office.
        """
        return await self._whole(await self._cabinet.record(filing_id, caller))

    async def container(self, filing_id: str, audience: str, caller: Caller) -> bytes:
        """A signed container as it was released; the record container, which holds the facts, stays in the agency."""
        record = await self._cabinet.record(filing_id, caller)
        content = await self._released(record, f"{audience}.asice")
        await self._cabinet.note(AuditEvent.DOWNLOADED, caller, filing_id, {"container": audience})
        return content

    async def document(self, filing_id: str, name: str, caller: Caller) -> bytes:
        """One document by file name: the draft until release, the sealed one after."""
        record = await self._cabinet.record(filing_id, caller)
        if record.released_at is None:
            content = await self._cabinet.paper(filing_id, f"drafts/{name}")
        else:
            content = await self._cabinet.paper(filing_id, f"{release_folder(record.released_at)}/{name}")
        await self._cabinet.note(AuditEvent.DOWNLOADED, caller, filing_id, {"document": name})
        return content

    async def receipt(self, filing_id: str, caller: Caller) -> dict[str, Any]:
        """The receipt of a released filing."""
        record = await self._cabinet.record(filing_id, caller)
        receipt: dict[str, Any] = json.loads(await self._released(record, RECEIPT))
        return receipt

    async def void(self, filing_id: str, document: Mapping[str, Any], caller: Caller) -> KeptFiling:
        """End a filing before delivery, for a reason that is kept with it; once released, only its signer's peers may.

        Raises:
            Conflict: the filing has been delivered or has ended.
        """
        caller.require(Scope.PREPARE)
        order = load_void_order(document)
        record = await self._cabinet.record(filing_id, caller)
        if record.released_at is not None:
            caller.require(Scope.SIGN)
        at = self._cabinet.now()
        contents = ending_content(at, {"void_reason": order.reason})
        ended = await self._cabinet.move(
            record, FilingState.VOID, caller, at=at, event=AuditEvent.VOIDED, contents=contents
        )
        return await self._whole(ended)

    async def _whole(self, record: FilingRecord) -> KeptFiling:
        shown = await self._cabinet.document(record.id, BEGUN if record.documents_digest is None else SUMMARY)
        if record.ended_at is not None:
            shown |= await self._cabinet.document(record.id, ending_name(record.ended_at))
            if record.released_at is not None:
                shown["notice"] = VOIDED_AFTER_RELEASE
        return KeptFiling(record=record, shown=shown)

    async def _released(self, record: FilingRecord, name: str) -> bytes:
        if record.released_at is None:
            raise NotFound("This filing has not been released, so nothing of it is signed yet.")
        return await self._cabinet.content(record.id, f"{release_folder(record.released_at)}/{name}")
