"""Where filings are kept: record, encrypted contents and audit entry, asked for in the caller's own office."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from service.clock import Clock
from service.desk.caller import Caller
from service.errors import NotFound
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.idempotency import Claim
from service.storage.previews import Preview
from service.storage.records import FilingFilter, FilingPage, FilingRecord, FilingState
from service.storage.store import Storage


class FilingCabinet:
    """The records, contents and audit entries of filings and previews; all waiting is done off the event loop."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def now(self) -> datetime:
        """The instant that is written on whatever happens next."""
        return self._clock()

    async def keep_filing(
        self,
        record: FilingRecord,
        contents: Mapping[str, bytes],
        caller: Caller,
        event: AuditEvent,
        claim: Claim | None = None,
    ) -> None:
        """Keep a new filing with its contents and audit entry; none is ever seen without the others.

        Raises:
            Conflict: the idempotency key that ``claim`` held was taken over; nothing is kept.
        """
        await asyncio.to_thread(self._keep, record, contents, lambda: self._begin(record, caller, event, claim))

    async def keep_released(
        self,
        record: FilingRecord,
        contents: Mapping[str, bytes],
        caller: Caller,
        *,
        at: datetime,
        detail: Mapping[str, str],
        claim: Claim | None = None,
    ) -> None:
        """Keep a new filing that was released as it was made, ``at`` that instant.

        Raises:
            Conflict: the idempotency key that ``claim`` held was taken over; nothing is kept.
        """

        def together() -> None:
            self._begin(record, caller, AuditEvent.PREPARED, claim)
            self._transition(record, FilingState.RELEASED, caller, at)
            self._append(AuditEvent.RELEASED, caller, record.id, detail)

        await asyncio.to_thread(self._keep, record, contents, together)

    async def keep_preview(
        self, preview_id: str, contents: Mapping[str, bytes], caller: Caller, expires_at: datetime
    ) -> None:
        """Keep a preview with its contents until ``expires_at``, for the caller's office."""
        named = {f"{preview_id}/{name}": content for name, content in contents.items()}
        preview = Preview(
            id=preview_id,
            office=caller.field_office,
            created_at=self._clock(),
            expires_at=expires_at,
            blobs=tuple(named),
        )
        await asyncio.to_thread(self._storage.keep_preview, preview, named)
        await self.note(AuditEvent.PREVIEWED, caller, None, {"preview": preview_id})

    async def require_preview(self, preview_id: str, caller: Caller) -> None:
        """Refuse a preview that the caller may not see.

        Raises:
            NotFound: there is none, it has expired, or another office made it.
        """
        await asyncio.to_thread(self._storage.previews.get, preview_id, office=caller.field_office, at=self._clock())

    async def purge(self) -> None:
        """Remove what nobody may see any more."""
        await asyncio.to_thread(self._storage.purge, self._clock())

    async def record(self, filing_id: str, caller: Caller) -> FilingRecord:
        """A filing of the caller's office.

        Raises:
            ScopeMissing: the caller may neither prepare nor sign.
            NotFound: there is none, or it belongs to another office.
        """
        if Scope.SIGN not in caller.scopes:
            caller.require(Scope.PREPARE)
        return await asyncio.to_thread(self._storage.filings.get, filing_id, office=caller.field_office)

    async def page(self, wanted: FilingFilter, caller: Caller, *, limit: int, cursor: str | None) -> FilingPage:
        """Filings of the caller's office, newest first."""
        if Scope.SIGN not in caller.scopes:
            caller.require(Scope.PREPARE)
        return await asyncio.to_thread(
            self._storage.filings.list, wanted, office=caller.field_office, limit=limit, cursor=cursor
        )

    async def move(
        self,
        record: FilingRecord,
        to: FilingState,
        caller: Caller,
        *,
        at: datetime,
        event: AuditEvent,
        contents: Mapping[str, bytes],
        detail: Mapping[str, str] | None = None,
        documents_digest: str | None = None,
    ) -> FilingRecord:
        """Move a filing on, if nobody moved it since ``record`` was read, with the contents that the move adds.

        The record as it stands then is the answer. Record, contents and audit entry are kept together or not at all.

        Raises:
            Conflict: somebody did, or nothing leads there.
        """
        moved: list[FilingRecord] = []

        def together() -> None:
            moved.append(self._transition(record, to, caller, at, documents_digest))
            self._append(event, caller, record.id, detail)

        await asyncio.to_thread(self._keep, record, contents, together)
        return moved[0]

    async def end_unprepared(
        self, record: FilingRecord, caller: Caller, *, at: datetime, contents: Mapping[str, bytes]
    ) -> None:
        """Void a draft of which nothing came; the idempotency key that asked for it can be used again.

        Raises:
            Conflict: somebody moved the draft on meanwhile.
        """
        freed: list[str] = []

        def together() -> None:
            self._transition(record, FilingState.VOID, caller, at)
            self._append(AuditEvent.VOIDED, caller, record.id, None)
            freed.extend(self._storage.idempotency.free(record.id))

        def end() -> None:
            self._keep(record, contents, together)
            for blob in freed:
                self._storage.blobs.delete(blob)

        await asyncio.to_thread(end)

    async def content(self, owner: str, name: str) -> bytes:
        """One content of a filing or preview.

        Raises:
            NotFound: there is none of this name.
        """
        return await asyncio.to_thread(self._storage.blobs.get, f"{owner}/{name}")

    async def paper(self, owner: str, name: str) -> bytes:
        """One paper of a filing or preview, or its packet.

        Raises:
            NotFound: in words for whoever looked for a packet where nothing is merged.
        """
        try:
            return await self.content(owner, name)
        except NotFound:
            raise NotFound(
                "There is no paper of this name here; the list of documents links those there are. "
                "Nothing of a notice to an employer is merged into a packet."
            ) from None

    async def document(self, owner: str, name: str) -> dict[str, Any]:
        """One content that is a JSON object."""
        document: dict[str, Any] = json.loads(await self.content(owner, name))
        return document

    async def note(
        self, event: AuditEvent, caller: Caller, filing_id: str | None = None, detail: Mapping[str, str] | None = None
    ) -> None:
        """Write one line of the audit record."""
        await asyncio.to_thread(self._append, event, caller, filing_id, detail)

    def _append(
        self, event: AuditEvent, caller: Caller, filing_id: str | None, detail: Mapping[str, str] | None
    ) -> None:
        self._storage.audit.append(
            event, at=self._clock(), actor=caller.credential_id, filing_id=filing_id, detail=detail or {}
        )

    def _keep(self, record: FilingRecord, contents: Mapping[str, bytes], together: Callable[[], None]) -> None:
        with self._storage.keeping({f"{record.id}/{name}": content for name, content in contents.items()}):
            together()

    def _begin(self, record: FilingRecord, caller: Caller, event: AuditEvent, claim: Claim | None) -> None:
        self._storage.filings.create(record)
        if claim is not None:
            self._storage.idempotency.bind(claim, record.id)
        self._append(event, caller, record.id, {"facts": record.facts_digest})

    def _transition(
        self,
        record: FilingRecord,
        to: FilingState,
        caller: Caller,
        at: datetime,
        documents_digest: str | None = None,
    ) -> FilingRecord:
        return self._storage.filings.transition(
            record.id,
            office=caller.field_office,
            expected=record.state,
            to=to,
            by=caller.credential_id,
            at=at,
            documents_digest=documents_digest,
        )
