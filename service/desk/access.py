"""Who may come in: API keys checked, refusals written down."""

import asyncio

from service.clock import Clock
from service.desk.caller import Caller, caller_for
from service.errors import NotAuthenticated
from service.storage.audit import AuditEvent
from service.storage.store import Storage


class AccessDesk:
    """Turns a presented secret into a caller."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def keys_exist(self) -> bool:
        """Whether any key was ever issued; revoking the last one closes the service and does not open it again."""
        return bool(await asyncio.to_thread(self._storage.credentials.list))

    async def authenticate(self, secret: str) -> Caller:
        """The caller behind a secret.

        Raises:
            NotAuthenticated: the secret is not known or was revoked; the attempt stands in the audit record.
        """
        try:
            return caller_for(await asyncio.to_thread(self._storage.credentials.authenticate, secret))
        except NotAuthenticated:
            await self.note_refusal("unknown", "not_authenticated")
            raise

    async def note_refusal(self, actor: str, reason: str) -> None:
        """Write down that somebody was turned away: who, as far as known, and the refusal's code."""
        await asyncio.to_thread(
            self._storage.audit.append,
            AuditEvent.REFUSED_ACCESS,
            at=self._clock(),
            actor=actor,
            detail={"reason": reason},
        )
