"""Verification on behalf of a caller."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from service.desk.cabinet import FilingCabinet
from service.desk.caller import Caller
from service.facts.canonical import digest
from service.signing.findings import Verification
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.work.runner import Runner
from service.work.tasks import verification_task


class VerificationDesk:
    """Verifies bundles, and PDFs out of them, against roots that this service was given, never against one inside."""

    def __init__(
        self,
        cabinet: FilingCabinet,
        roots: Sequence[x509.Certificate],
        time_roots: Sequence[x509.Certificate],
        runner: Runner,
        deadline_s: float,
    ) -> None:
        self._cabinet = cabinet
        self._roots = [root.public_bytes(Encoding.DER) for root in roots]
        self._time_roots = [root.public_bytes(Encoding.DER) for root in time_roots]
        self._runner = runner
        self._deadline_s = deadline_s

    async def verify(self, received: bytes, caller: Caller) -> Verification:
        """What was checked, what holds, which part fails, who signed, what trust rests on.

        Raises:
            BundleRefused: the bytes cannot be examined at all.
        """
        caller.require(Scope.VERIFY)
        verification = await self._runner.run(
            verification_task, received, list(self._roots), list(self._time_roots), deadline_s=self._deadline_s
        )
        detail = {"bundle": digest(received), "verdict": verification.verdict.value}
        await self._cabinet.note(AuditEvent.VERIFIED, caller, None, detail)
        return verification
