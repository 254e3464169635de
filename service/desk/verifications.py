"""Verification on behalf of a caller."""

from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from schemas.results import verification_json
from service.desk.cabinet import FilingCabinet
from service.desk.caller import Caller
from service.desk.runner import Runner
from service.facts.canonical import digest
from service.signing.keys import SigningKey
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.work.tasks import verification_task


class VerificationDesk:
    """Verifies bundles against the service's own root, never against a certificate that a bundle brings along."""

    def __init__(self, cabinet: FilingCabinet, key: SigningKey, runner: Runner, deadline_s: float) -> None:
        self._cabinet = cabinet
        self._roots: Sequence[bytes] = [root.public_bytes(Encoding.DER) for root in key.roots]
        self._runner = runner
        self._deadline_s = deadline_s

    async def verify(self, bundle: bytes, caller: Caller) -> dict[str, Any]:
        """What was checked, what holds, which part fails, who signed, what trust rests on.

        Raises:
            BundleRefused: the bytes cannot be examined at all.
        """
        caller.require(Scope.VERIFY)
        verification = await self._runner.run(verification_task, bundle, list(self._roots), deadline_s=self._deadline_s)
        detail = {"bundle": digest(bundle), "verdict": verification.verdict.value}
        await self._cabinet.note(AuditEvent.VERIFIED, caller, None, detail)
        return verification_json(verification)
