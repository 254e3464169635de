"""What is kept of a filing or preview besides its record: encrypted blobs, by name."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from service.assembling.exhibits.report import pages_without_text
from service.delivery.receipt import Receipt
from service.errors import FilingError
from service.facts.canonical import canonical_json, digest
from service.pipeline import PreparedFiling, Submission
from service.signing.bundle import SignedBundle
from service.signing.sealing import RECORD

FACTS = "facts.json"
BEGUN = "begun.json"
SUMMARY = "summary.json"
RECEIPT = "receipt.json"
PACKET = "packet.pdf"


def draft_files(prepared: PreparedFiling) -> dict[str, bytes]:
    """Each draft document in both forms, and the merged packet where papers are merged, by file name."""
    files = {PACKET: prepared.packet.pdf} if _is_merged(prepared) else {}
    for item in prepared.packet.documents:
        files[f"{item.file_name}.pdf"] = item.document.pdf
        files[f"{item.file_name}.docx"] = item.document.word
    return files


def exhibit_blob(exhibit_id: str) -> str:
    """The blob that holds an exhibit, as it was sent."""
    return f"exhibits/{exhibit_id}"


def document_list(prepared: PreparedFiling) -> list[dict[str, Any]]:
    """The documents of a prepared filing as the API lists them, with the file names of their two forms."""
    return [
        {
            "name": item.file_name,
            "title": item.document.plan.title,
            "role": item.document.plan.role.value,
            "audience": item.document.plan.audience.value,
            "pages": item.document.pages,
            "profile": item.document.profile,
            "pdf": f"{item.file_name}.pdf",
            "word": f"{item.file_name}.docx",
            "sha256": digest(item.document.pdf),
        }
        for item in prepared.packet.documents
    ]


def exhibit_list(prepared: PreparedFiling) -> list[dict[str, Any]]:
    """The exhibits of a prepared filing as the API lists them."""
    return [
        {
            "id": exhibit.id,
            "label": exhibit.label,
            "title": exhibit.title,
            "pages": exhibit.pages,
            "sha256": digest(exhibit.content),
            "apart": exhibit.shortfall,
            "pages_without_text": pages_without_text(exhibit),
        }
        for exhibit in prepared.packet.exhibits
    ]


def kept_from_caller(submission: Submission) -> dict[str, bytes]:
    """What the caller sent, to be read again at release."""
    exhibits = {exhibit_blob(name): content for name, content in submission.exhibits.items()}
    return {FACTS: submission.facts_json, **exhibits}


def kept_at_preparation(
    prepared: PreparedFiling, submission: Submission, versions: Mapping[str, str], *, drafts: bool = True
) -> dict[str, bytes]:
    """What preparing made: the summary, with the versions it was made with, and the drafts if they are to be kept."""
    shown = {**summary(prepared, submission), "versions": dict(versions)}
    files = draft_files(prepared) if drafts else {}
    return {SUMMARY: canonical_json(shown)} | {f"drafts/{name}": content for name, content in files.items()}


def begun_summary(submission: Submission) -> dict[str, Any]:
    """What the API says of a filing whose pages do not exist yet."""
    return {
        "documents": [],
        "exhibits": [],
        "packet": None,
        "determination": json.loads(submission.determination_json),
        "coverage": None,
        "overrides": dict(submission.overrides),
    }


def summary(prepared: PreparedFiling, submission: Submission) -> dict[str, Any]:
    """What the API says of a prepared filing or preview beyond its record."""
    return {
        "facts_digest": prepared.facts_digest,
        "documents_digest": prepared.documents_digest,
        "documents": document_list(prepared),
        "exhibits": exhibit_list(prepared),
        "packet": _packet_shown(prepared),
        "determination": json.loads(submission.determination_json),
        "coverage": prepared.coverage.as_json(),
        "overrides": dict(submission.overrides),
    }


def _is_merged(prepared: PreparedFiling) -> bool:
    """Nothing of a notice to an employer is public, so nothing of it is merged."""
    return prepared.packet.pages > 0


def _packet_shown(prepared: PreparedFiling) -> dict[str, Any] | None:
    if not _is_merged(prepared):
        return None
    return {"pages": prepared.packet.pages, "profile": prepared.packet.profile}


def release_folder(at: datetime) -> str:
    """Where the contents of a release at this instant lie."""
    return f"released/{_stamp(at)}"


def released_files(bundle: SignedBundle, receipt: Receipt) -> dict[str, bytes]:
    """The receipt, the containers, and each document as the record container holds it: sealed PDFs and Word files."""
    files = {RECEIPT: canonical_json(receipt.as_json())}
    files |= {f"{audience}.asice": container for audience, container in bundle.containers.items()}
    with zipfile.ZipFile(io.BytesIO(bundle.containers[RECORD])) as record:
        for name in record.namelist():
            if name.endswith((".pdf", ".docx")):
                files.setdefault(PurePosixPath(name).name, record.read(name))
    folder = release_folder(receipt.released_at)
    return {f"{folder}/{name}": content for name, content in files.items()}


def ending_name(at: datetime) -> str:
    """Where it is kept why a filing ended at this instant; an attempt that was overtaken leaves nothing in its way."""
    return f"ended/{_stamp(at)}.json"


def ending_content(at: datetime, shown: Mapping[str, Any]) -> dict[str, bytes]:
    """Why a filing ends, as members that are shown with it."""
    return {ending_name(at): canonical_json(dict(shown))}


def refusal_shown(error: FilingError) -> dict[str, Any]:
    """Why a filing that was begun could not be prepared."""
    faults = [fault.as_json() for fault in error.faults] or [{"code": error.code, "message": error.message}]
    return {"refusal": {"code": error.code, "message": error.message, "errors": faults}}


def _stamp(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S%f}"
