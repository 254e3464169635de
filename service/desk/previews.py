"""Previews: drafts kept for a while, seen by their maker's office only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from service.desk.cabinet import FilingCabinet
from service.desk.caller import Caller
from service.desk.contents import SUMMARY, draft_files, summary
from service.desk.presentation import with_links
from service.desk.reception import Reception
from service.errors import FactsRefused, Fault, NotFound
from service.facts.canonical import canonical_json
from service.rendering.pages import page_count
from service.storage.credentials import Scope
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.work.drafting_room import DraftingRoom

PAGE_SCALE = 2.0


class PreviewDesk:
    """Makes previews whatever the gates say, and lets them go when their time is up."""

    def __init__(
        self, cabinet: FilingCabinet, reception: Reception, room: DraftingRoom, *, kept_for: timedelta
    ) -> None:
        self._cabinet = cabinet
        self._reception = reception
        self._room = room
        self._kept_for = kept_for

    async def create(self, facts: Mapping[str, Any], exhibits: Mapping[str, bytes], caller: Caller) -> dict[str, Any]:
        """Draw up the drafts and keep them for a while.

        Raises:
            FactsRefused, ExhibitRefused: nothing is kept.
        """
        caller.require(Scope.PREVIEW)
        submission = await self._reception.receive(facts, exhibits, {}, caller)
        prepared = await self._room.preview(submission)
        at = self._cabinet.now()
        preview_id = new_identifier(IdentifierPrefix.PREVIEW, at)
        expires_at = at + self._kept_for
        shown = {"expires_at": expires_at.isoformat(), **summary(prepared, submission)}
        contents = {SUMMARY: canonical_json(shown), **draft_files(prepared)}
        await self._cabinet.keep_preview(preview_id, contents, caller, expires_at)
        return await self.get(preview_id, caller)

    async def get(self, preview_id: str, caller: Caller) -> dict[str, Any]:
        """A preview with links to each document as Word, PDF and page images.

        Raises:
            NotFound: there is none, it has expired, or another office made it.
        """
        await self._require_visible(preview_id, caller)
        base = f"/v1/previews/{preview_id}"
        shown = await self._cabinet.document(preview_id, SUMMARY)
        documents = with_links(shown["documents"], base)
        for document in documents:
            pdf = document["links"]["pdf"]
            document["links"]["pages"] = [f"{pdf}/pages/{page}" for page in range(1, document["pages"] + 1)]
        links = {"self": base, "packet": f"{base}/documents/packet.pdf"}
        return {"id": preview_id, **shown, "documents": documents, "links": links}

    async def file(self, preview_id: str, name: str, caller: Caller) -> bytes:
        """One draft document, or ``packet.pdf``."""
        await self._require_visible(preview_id, caller)
        if name == SUMMARY:
            raise NotFound("There is no document of this name in the preview.")
        return await self._cabinet.content(preview_id, name)

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
