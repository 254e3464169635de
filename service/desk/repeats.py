"""A request sent again under its idempotency key gets the first answer and does nothing twice."""

import asyncio
import secrets
from dataclasses import dataclass

from service.clock import Clock
from service.desk.caller import Caller
from service.errors import Conflict
from service.storage.idempotency import Claim, StoredAnswer
from service.storage.store import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """The answer once given: its status and its content, headers included, as the border wrote it."""

    status: int
    content: bytes


class RepeatDesk:
    """Claims idempotency keys, keeps first answers, gives them again."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def claim(self, caller: Caller, key: str, request_digest: str) -> Claim | FirstAnswer:
        """The right to answer, or the answer already given.

        Raises:
            Conflict: the key was used with another request, or its first request is still being answered.
        """
        claimed = await asyncio.to_thread(
            self._storage.idempotency.claim,
            credential=caller.credential_id,
            key=key,
            request_digest=request_digest,
            at=self._clock(),
        )
        if isinstance(claimed, Claim):
            return claimed
        content = await asyncio.to_thread(self._storage.blobs.get, claimed.blob) if claimed.blob else b""
        return FirstAnswer(status=claimed.status, content=content)

    async def keep(self, claim: Claim, answer: FirstAnswer) -> None:
        """Keep the first answer for those who ask again."""
        blob = f"answers/{secrets.token_hex(16)}"
        await asyncio.to_thread(self._storage.blobs.put, blob, answer.content)
        stored = StoredAnswer(status=answer.status, blob=blob)
        try:
            await asyncio.to_thread(self._storage.idempotency.finish, claim, stored, at=self._clock())
        except Conflict:
            await asyncio.to_thread(self._storage.blobs.delete, blob)
            raise

    async def abandon(self, claim: Claim) -> None:
        """Nothing was done; the caller may send the request again."""
        await asyncio.to_thread(self._storage.idempotency.abandon, claim)
