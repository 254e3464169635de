"""Previews: drafts kept for a while, seen by their maker's office only."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from service.desk.caller import Caller
from service.desk.contents import SUMMARY, draft_files, summary
from service.desk.submissions import SentCase
from service.desk.workplace import Workplace
from service.errors import FactsRefused, Fault, GatesNotCleared, NotFound
from service.facts.canonical import canonical_json
from service.law.clearance import require_clearance
from service.rendering.pages import page_count
from service.storage.credentials import Scope
from service.storage.identifiers import IdentifierPrefix, new_identifier

PAGE_SCALE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPreview:
    """A preview as it is kept: what is said of it beside its files."""

    id: str
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePreview:
    """A preview just made, with the drafts in both forms and the merged packet by file name."""

    preview: KeptPreview
    files: Mapping[str, bytes]


class PreviewDesk:
    """Makes previews whatever the gates say, and lets them go when their time is up."""

    def __init__(self, workplace: Workplace, *, kept_for: timedelta) -> None:
        self._reception = workplace.reception
        self._room = workplace.room
        self._cabinet = workplace.cabinet
        self._kept_for = kept_for

    async def create(self, sent: SentCase, caller: Caller) -> MadePreview:
        """Draw up the drafts, as they are with what the overrides lift, and keep them for a while.

        Raises:
            FactsRefused, ExhibitRefused, OverrideRefused: nothing is kept.
        """
        caller.require(Scope.PREVIEW)
        submission = await self._reception.receive(sent, caller)
        with suppress(GatesNotCleared):  # a preview shows what stands in the way; what cannot be lifted is refused
            require_clearance(submission.filing, submission.overrides)
        prepared = await self._room.preview(submission)
        at = self._cabinet.now()
        preview_id = new_identifier(IdentifierPrefix.PREVIEW, at)
        expires_at = at + self._kept_for
        shown = {"expires_at": expires_at.isoformat(), **summary(prepared, submission)}
        files = draft_files(prepared)
        await self._cabinet.keep_preview(preview_id, {SUMMARY: canonical_json(shown), **files}, caller, expires_at)
        return MadePreview(preview=KeptPreview(id=preview_id, shown=shown), files=files)

    async def get(self, preview_id: str, caller: Caller) -> KeptPreview:
        """A preview that has not expired.

        Raises:
            NotFound: there is none, it has expired, or another office made it.
        """
        await self._require_visible(preview_id, caller)
        return KeptPreview(id=preview_id, shown=await self._cabinet.document(preview_id, SUMMARY))

    async def file(self, preview_id: str, name: str, caller: Caller) -> bytes:
        """One draft document, or ``packet.pdf`` where papers are merged."""
        await self._require_visible(preview_id, caller)
        if name == SUMMARY:
            raise NotFound("There is no document of this name in the preview.")
        return await self._cabinet.paper(preview_id, name)

    async def page_image(self, preview_id: str, name: str, page: int, caller: Caller) -> bytes:
        """One page of a draft PDF as PNG, 144 dots an inch."""
        if not name.endswith(".pdf"):
            fault = Fault(code="no_pages", message="Pictures are made of the PDF; ask for its name.")
            raise FactsRefused("Only a PDF has pages.", [fault])
        pdf = await self.file(preview_id, name, caller)
        if not 1 <= page <= page_count(pdf):
            raise NotFound("The document has no page of this number; the preview lists its pages.")
        return await self._room.page_image(pdf, page, PAGE_SCALE)

    async def _require_visible(self, preview_id: str, caller: Caller) -> None:
        caller.require(Scope.PREVIEW)
        await self._cabinet.require_preview(preview_id, caller)
