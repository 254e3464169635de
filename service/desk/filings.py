"""Filings: prepared for anyone who may prepare, released by the attorney who signs, ended before delivery."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from schemas.requests import ReleaseOrder, load_release_order, load_void_order
from service.delivery.receipt import Receipt
from service.desk.cabinet import FilingCabinet
from service.desk.caller import Caller
from service.desk.contents import (
    BEGUN,
    FACTS,
    RECEIPT,
    REFUSAL,
    SUMMARY,
    VOID,
    exhibit_blob,
    kept_at_preparation,
    kept_from_caller,
)
from service.desk.presentation import filing_json, record_json
from service.desk.queries import FilingQuery
from service.desk.reception import Reception
from service.errors import Conflict, NotFound
from service.facts.canonical import canonical_json
from service.pipeline import PreparedFiling, Submission
from service.signing.bundle import SignedBundle
from service.storage.audit import AuditEvent
from service.storage.credentials import Scope
from service.storage.identifiers import IdentifierPrefix, new_identifier
from service.storage.records import FilingRecord, FilingState
from service.work.drafting_room import DraftingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release hands out: the container for the court (or the employer), and the receipt."""

    filing_id: str
    audience: str
    container: bytes
    receipt: Mapping[str, Any]


class FilingDesk:
    """Prepares, releases, shows and ends filings. ``versions`` say what would make a document now."""

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
        self.versions = versions

    @property
    def free_slots(self) -> int:
        """How many more filings would be accepted now."""
        return self._room.free_slots

    async def prepare(
        self, facts: Mapping[str, Any], exhibits: Mapping[str, bytes], overrides: Mapping[str, str], caller: Caller
    ) -> dict[str, Any]:
        """Prepare a filing and keep it, in review, for an attorney to release.

        Raises:
            FactsRefused, ExhibitRefused, GatesNotCleared, OverrideRefused: nothing is kept.
        """
        caller.require(Scope.PREPARE)
        submission = await self._reception.receive(facts, exhibits, overrides, caller)
        record = await self._prepare(submission, caller)
        return await self.get(record.id, caller)

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
        if kept["versions"] != dict(self.versions):
            raise Conflict("Templates, rules or engines changed since this filing was prepared; prepare it again.")
        facts = await self._cabinet.document(filing_id, FACTS)
        named = [item["id"] for item in kept["exhibits"]]
        exhibits = {name: await self._cabinet.content(filing_id, exhibit_blob(name)) for name in named}
        overrides = {**kept["overrides"], **order.overrides}
        submission = await self._reception.receive(facts, exhibits, overrides, caller)
        caller.require_signatory(submission.facts)
        _require_same_documents(submission, kept["overrides"])
        return await self._release(record, submission, caller)

    async def file(
        self, facts: Mapping[str, Any], exhibits: Mapping[str, bytes], overrides: Mapping[str, str], caller: Caller
    ) -> Released:
        """Prepare and release in one call, for a caller who may do both; the filing is kept whole or not at all."""
        caller.require(Scope.PREPARE)
        caller.require(Scope.SIGN)
        submission = await self._reception.receive(facts, exhibits, overrides, caller)
        caller.require_signatory(submission.facts)
        at = self._cabinet.now()
        filing_id = new_identifier(IdentifierPrefix.FILING, at)
        made = await self._room.file(submission, filing_id, at)
        record = _new_record(filing_id, submission, made.prepared, caller, at)
        contents = kept_from_caller(submission) | _released_files(made.bundle, made.receipt)
        contents |= kept_at_preparation(made.prepared, submission, self.versions, drafts=False)
        detail = {"certificate": made.receipt.certificate_fingerprint}
        await self._cabinet.keep_released(record, contents, caller, at=at, detail=detail)
        return _handed_out(filing_id, made.bundle, made.receipt)

    async def list(self, query: FilingQuery, caller: Caller) -> dict[str, Any]:
        """The filings of the caller's office, newest first, a page at a time."""
        page = await self._cabinet.page(query.wanted, caller, limit=query.limit, cursor=query.cursor)
        return {"filings": [record_json(record) for record in page.records], "next": page.next_cursor}

    async def get(self, filing_id: str, caller: Caller) -> dict[str, Any]:
        """One filing with its documents, determination and links.

        Raises:
            NotFound: there is none, or it belongs to another office.
        """
        record = await self._cabinet.record(filing_id, caller)
        if record.documents_digest is not None:
            return filing_json(record, await self._cabinet.document(filing_id, SUMMARY))
        begun = await self._cabinet.document(filing_id, BEGUN)
        refusal = await self._cabinet.optional_document(filing_id, REFUSAL)
        return filing_json(record, {**begun, "refusal": refusal} if refusal else begun)

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
            content = await self._cabinet.content(filing_id, f"drafts/{name}")
        else:
            content = await self._released(record, name)
        await self._cabinet.note(AuditEvent.DOWNLOADED, caller, filing_id, {"document": name})
        return content

    async def receipt(self, filing_id: str, caller: Caller) -> dict[str, Any]:
        """The receipt of a released filing."""
        record = await self._cabinet.record(filing_id, caller)
        receipt: dict[str, Any] = json.loads(await self._released(record, RECEIPT))
        return receipt

    async def void(self, filing_id: str, document: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        """End a filing before delivery, for a reason that is kept with it; once released, only its signer's peers may.

        Raises:
            Conflict: the filing has been delivered or has ended.
        """
        caller.require(Scope.PREPARE)
        order = load_void_order(document)
        record = await self._cabinet.record(filing_id, caller)
        if record.released_at is not None:
            caller.require(Scope.SIGN)
        await self._cabinet.move(record, FilingState.VOID, caller, at=self._cabinet.now(), event=AuditEvent.VOIDED)
        await self._cabinet.put(filing_id, {VOID: canonical_json({"reason": order.reason})})
        return await self.get(filing_id, caller)

    async def _prepare(self, submission: Submission, caller: Caller) -> FilingRecord:
        prepared = await self._room.prepare(submission)
        at = self._cabinet.now()
        record = _new_record(new_identifier(IdentifierPrefix.FILING, at), submission, prepared, caller, at)
        kept = kept_from_caller(submission) | kept_at_preparation(prepared, submission, self.versions)
        await self._cabinet.keep_filing(record, kept, caller, AuditEvent.PREPARED)
        return record

    async def _release(self, record: FilingRecord, submission: Submission, caller: Caller) -> Released:
        at = self._cabinet.now()
        bundle, receipt = await self._room.release(submission, record.id, at)
        # The contents are put under the instant of this very attempt, and the record moves last: a filing is
        # released only when every byte of its bundle is kept, and of two attempts exactly one is.
        await self._cabinet.put(record.id, _released_files(bundle, receipt))
        detail = {"certificate": receipt.certificate_fingerprint}
        await self._cabinet.move(record, FilingState.RELEASED, caller, at=at, event=AuditEvent.RELEASED, detail=detail)
        return _handed_out(record.id, bundle, receipt)

    async def _released(self, record: FilingRecord, name: str) -> bytes:
        if record.released_at is None:
            raise NotFound("This filing has not been released, so nothing of it is signed yet.")
        return await self._cabinet.content(record.id, f"{_release_folder(record.released_at)}/{name}")


def _require_current(record: FilingRecord, order: ReleaseOrder) -> None:
    if record.state is not FilingState.PREPARED:
        raise Conflict(f"This filing is {record.state.value}; only a prepared one can be released.")
    if (order.facts_digest, order.documents_digest) != (record.facts_digest, record.documents_digest):
        raise Conflict("The digests are no longer this filing's; read it again and release what you have read.")


def _require_same_documents(submission: Submission, reviewed: Mapping[str, str]) -> None:
    """Lifting a gate that leaves a ground out changes the documents, so it is done before they are read."""
    if any(gate.leaves_out and gate.id in submission.overrides.keys() - reviewed for gate in submission.filing.gates):
        raise Conflict("An override would change the documents that were read; prepare the filing again with it.")


def _new_record(
    filing_id: str, submission: Submission, prepared: PreparedFiling, caller: Caller, at: datetime
) -> FilingRecord:
    return FilingRecord(
        id=filing_id,
        kind=submission.facts.kind,
        state=FilingState.PREPARED,
        field_office=submission.facts.matter.field_office,
        county=submission.facts.matter.court.county,
        filing_date=submission.facts.filing_date,
        facts_digest=prepared.facts_digest,
        documents_digest=prepared.documents_digest,
        prepared_at=at,
        prepared_by=caller.credential_id,
    )


def _release_folder(at: datetime) -> str:
    return f"released/{at:%Y%m%dT%H%M%S%f}"


def _released_files(bundle: SignedBundle, receipt: Receipt) -> dict[str, bytes]:
    """The receipt, the containers, and each document as the record container holds it: sealed PDFs and Word files."""
    files = {RECEIPT: canonical_json(receipt.as_json())}
    files |= {f"{audience}.asice": container for audience, container in bundle.containers.items()}
    with zipfile.ZipFile(io.BytesIO(bundle.containers["record"])) as record:
        for name in record.namelist():
            if name.endswith((".pdf", ".docx")):
                files.setdefault(PurePosixPath(name).name, record.read(name))
    folder = _release_folder(receipt.released_at)
    return {f"{folder}/{name}": content for name, content in files.items()}


def _handed_out(filing_id: str, bundle: SignedBundle, receipt: Receipt) -> Released:
    audience = "court" if "court" in bundle.containers else "employer"
    container = bundle.containers[audience]
    return Released(filing_id=filing_id, audience=audience, container=container, receipt=receipt.as_json())
