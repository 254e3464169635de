"""Filings and previews as the API shows them: kept contents plus links."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.desk.contents import PACKET
from service.facts.vocabulary import FilingKind
from service.storage.records import FilingRecord, FilingState


def record_json(record: FilingRecord) -> dict[str, Any]:
    """What the list shows of a filing: where it stands, and no fact about a person."""
    return {
        "id": record.id,
        "kind": record.kind.value,
        "state": record.state.value,
        "field_office": record.field_office,
        "county": record.county,
        "filing_date": record.filing_date.isoformat(),
        "prepared_at": record.prepared_at.isoformat() if record.prepared_at else None,
        "released_at": record.released_at.isoformat() if record.released_at else None,
        "facts_digest": record.facts_digest,
        "documents_digest": record.documents_digest,
        "links": {"self": f"/v1/filings/{record.id}"},
    }


def filing_json(record: FilingRecord, kept: Mapping[str, Any]) -> dict[str, Any]:
    """One filing whole, with a link for each thing that can be had or done now."""
    base = f"/v1/filings/{record.id}"
    shown = {name: member for name, member in kept.items() if name != "versions"}
    links = {"self": base}
    if record.documents_digest is not None:
        links["packet"] = f"{base}/documents/{PACKET}"
    if record.state is FilingState.PREPARED:
        links |= {"release": f"{base}/release", "void": f"{base}/void"}
    if record.released_at is not None:
        audience = "employer" if record.kind is FilingKind.MEDICAL_SUPPORT_NOTICE else "court"
        bundles = {name: f"{base}/bundles/{name}" for name in (audience, "record")}
        links |= {"receipt": f"{base}/receipt", **bundles}
    documents = with_links(kept["documents"], base)
    return {**record_json(record), **shown, "documents": documents, "links": links}


def with_links(documents: Sequence[Mapping[str, Any]], base: str) -> list[dict[str, Any]]:
    """Documents with the addresses of their two forms."""
    return [
        {
            **{name: member for name, member in document.items() if name not in {"pdf", "word"}},
            "links": {"pdf": f"{base}/documents/{document['pdf']}", "word": f"{base}/documents/{document['word']}"},
        }
        for document in documents
    ]
