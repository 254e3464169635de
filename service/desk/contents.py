"""What is kept of a filing or preview besides its record: encrypted blobs, by name."""

import json
from typing import Any

from service.facts.canonical import digest
from service.pipeline import PreparedFiling, Submission

FACTS, SUMMARY, RECEIPT, VOID, PACKET = "facts.json", "summary.json", "receipt.json", "void.json", "packet.pdf"


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
        }
        for exhibit in prepared.packet.exhibits
    ]


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
