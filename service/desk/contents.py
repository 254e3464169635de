"""What is kept of a filing or preview besides its record: encrypted blobs, by name."""

import json
from collections.abc import Mapping
from typing import Any

from service.assembling.exhibit_report import pages_without_text
from service.facts.canonical import canonical_json, digest
from service.pipeline import PreparedFiling, Submission

FACTS = "facts.json"
BEGUN = "begun.json"
SUMMARY = "summary.json"
REFUSAL = "refusal.json"
VOID = "void.json"
RECEIPT = "receipt.json"
PACKET = "packet.pdf"


def draft_files(prepared: PreparedFiling) -> dict[str, bytes]:
    """Each draft document in both forms, and the merged packet, by file name."""
    files = {PACKET: prepared.packet.pdf}
    for item in prepared.packet.documents:
        files[f"{item.file_name}.pdf"] = item.document.pdf
        files[f"{item.file_name}.docx"] = item.document.word
    return files


def exhibit_blob(exhibit_id: str) -> str:
    """The blob that holds an exhibit, as it was sent."""
    return f"exhibits/{exhibit_id}"


def document_list(prepared: PreparedFiling) -> list[dict[str, Any]]:
    """The documents of a prepared filing as the API lists them; file names stand where links will."""
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
        "packet": {"pages": prepared.packet.pages, "profile": prepared.packet.profile},
        "determination": json.loads(submission.determination_json),
        "coverage": prepared.coverage.as_json(),
        "overrides": dict(submission.overrides),
    }
