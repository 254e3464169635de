"""Releases: the attorney whom the facts name signs what was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.requests import ReleaseOrder, load_release_order
from service.delivery.receipt import Receipt
from service.desk.caller import Caller
from service.desk.contents import (
    FACTS,
    SUMMARY,
    exhibit_blob,
    kept_at_preparation,
    kept_from_caller,
    released_files,
)
from service.desk.register import prepared_record, recipient
from service.desk.submissions import SentCase
from service.desk.workplace import Workplace
from service.errors import Conflict
from service.pipeline import Submission
from service.signing.bundle import SignedBundle
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.idempotency import Claim
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import FilingRecord, FilingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release hands out: the container for the court (or the employer), and the receipt."""

    filing_id: str
    audience: str
    container: bytes
    receipt: Mapping[str, Any]


class ReleaseDesk:
    """Releases what was prepared and read, or prepares and releases in one."""

    def __init__(self, workplace: Workplace) -> None:
        self._reception = workplace.reception
        self._room = workplace.room
        self._cabinet = workplace.cabinet
        self._versions = workplace.versions

    async def release(self, filing_id: str, document: Mapping[str, Any], caller: Caller) -> Released:
        """Release exactly the filing whose digests the order names.

        Raises:
            SignatoryMismatch: the facts name another attorney than the caller may sign for.
            Conflict: the filing is not in review, or its digests or the service's versions have changed.
        """
        caller.require(Scope.SIGN)
        order = load_release_order(document)
        record = await self._cabinet.record(filing_id, caller)
        _require_current(record, order)
        kept = await self._cabinet.document(filing_id, SUMMARY)
        if kept["versions"] != dict(self._versions):
            raise Conflict("Templates, rules or engines changed since this filing was prepared; prepare it again.")
        sent = await self._sent(filing_id, kept, order)
        submission = await self._reception.receive(sent, caller)
        caller.require_signatory(submission.facts)
        _require_same_documents(submission, kept["overrides"])
        return await self._release(record, submission, caller)

    async def file(self, sent: SentCase, caller: Caller, claim: Claim | None = None) -> Released:
        """Prepare and release in one call, for a caller who may do both; the filing is kept whole or not at all.

        Raises:
            Conflict: another call took over the idempotency key that ``claim`` held; nothing is kept.
        """
        caller.require(Scope.PREPARE)
        caller.require(Scope.SIGN)
        submission = await self._reception.receive(sent, caller)
        caller.require_signatory(submission.facts)
        at = self._cabinet.now()
        filing_id = new_identifier(IdentifierPrefix.FILING, at)
        made = await self._room.file(submission, filing_id, at)
        record = prepared_record(filing_id, submission, made.prepared, caller.credential_id, at)
        contents = kept_from_caller(submission) | released_files(made.bundle, made.receipt)
        contents |= kept_at_preparation(made.prepared, submission, self._versions, drafts=False)
        detail = {"certificate": made.receipt.certificate_fingerprint}
        await self._cabinet.keep_released(record, contents, caller, at=at, detail=detail, claim=claim)
        return _handed_out(record, made.bundle, made.receipt)

    async def _sent(self, filing_id: str, kept: Mapping[str, Any], order: ReleaseOrder) -> SentCase:
        facts = await self._cabinet.document(filing_id, FACTS)
        named = [item["id"] for item in kept["exhibits"]]
        exhibits = {name: await self._cabinet.content(filing_id, exhibit_blob(name)) for name in named}
        return SentCase(facts=facts, exhibits=exhibits, overrides={**kept["overrides"], **order.overrides})

    async def _release(self, record: FilingRecord, submission: Submission, caller: Caller) -> Released:
        at = self._cabinet.now()
        bundle, receipt = await self._room.release(submission, record.id, at)
        # The contents lie under the instant of this very attempt: of two attempts one is kept, and with all its bytes.
        await self._cabinet.move(
            record,
            FilingState.RELEASED,
            caller,
            at=at,
            event=AuditEvent.RELEASED,
            contents=released_files(bundle, receipt),
            detail={"certificate": receipt.certificate_fingerprint},
        )
        return _handed_out(record, bundle, receipt)


def _require_current(record: FilingRecord, order: ReleaseOrder) -> None:
    if record.state is not FilingState.PREPARED:
        raise Conflict(f"This filing is {record.state.value}; only a prepared one can be released.")
    if (order.facts_digest, order.documents_digest) != (record.facts_digest, record.documents_digest):
        raise Conflict("The digests are no longer this filing's; read it again and release what you have read.")


def _require_same_documents(submission: Submission, reviewed: Mapping[str, str]) -> None:
    """Lifting a gate that leaves a ground out changes the documents, so it is done before they are read."""
    if any(gate.leaves_out and gate.id in submission.overrides.keys() - reviewed for gate in submission.filing.gates):
        raise Conflict("An override would change the documents that were read; prepare the filing again with it.")


def _handed_out(record: FilingRecord, bundle: SignedBundle, receipt: Receipt) -> Released:
    audience = recipient(record.kind)
    container = bundle.containers[audience]
    return Released(filing_id=record.id, audience=audience, container=container, receipt=receipt.as_json())
