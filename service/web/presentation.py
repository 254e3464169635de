"""Filings and previews as the API shows them: what the desks hand back, with the addresses of all that can be had."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.desk.contents import PACKET
from service.desk.previews import KeptPreview
from service.desk.register import KeptFiling, recipient
from service.signing.sealing import RECORD
from service.storage.records import FilingPage, FilingRecord, FilingState


def filing_address(filing_id: str) -> str:
    """Where a filing is found."""
    return f"/v1/filings/{filing_id}"


def list_json(page: FilingPage) -> dict[str, Any]:
    """One page of the list of filings."""
    return {"filings": [_record_json(record) for record in page.records], "next": page.next_cursor}


def filing_json(filing: KeptFiling) -> dict[str, Any]:
    """One filing whole, with a link for each thing that can be had or done now."""
    shown = {name: member for name, member in filing.shown.items() if name != "versions"}
    documents = _with_links(shown["documents"], filing_address(filing.record.id))
    return {**_record_json(filing.record), **shown, "documents": documents, "links": _links(filing)}


def preview_json(preview: KeptPreview) -> dict[str, Any]:
    """A preview with links to each document as Word, PDF and page images."""
    base = f"/v1/previews/{preview.id}"
    documents = _with_links(preview.shown["documents"], base)
    for document in documents:
        pdf = document["links"]["pdf"]
        document["links"]["pages"] = [f"{pdf}/pages/{page}" for page in range(1, document["pages"] + 1)]
    links = {"self": base}
    if preview.shown["packet"] is not None:
        links["packet"] = f"{base}/documents/{PACKET}"
    return {"id": preview.id, **preview.shown, "documents": documents, "links": links}


def _record_json(record: FilingRecord) -> dict[str, Any]:
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
        "ended_at": record.ended_at.isoformat() if record.ended_at else None,
        "facts_digest": record.facts_digest,
        "documents_digest": record.documents_digest,
        "links": {"self": filing_address(record.id)},
    }


def _links(filing: KeptFiling) -> dict[str, str]:
    record = filing.record
    base = filing_address(record.id)
    links = {"self": base}
    if filing.shown["packet"] is not None:
        links["packet"] = f"{base}/documents/{PACKET}"
    if record.state is FilingState.PREPARED:
        links |= {"release": f"{base}/release", "void": f"{base}/void"}
    if record.released_at is not None:
        bundles = {name: f"{base}/bundles/{name}" for name in (recipient(record.kind), RECORD)}
        links |= {"receipt": f"{base}/receipt", **bundles}
    return links


def _with_links(documents: Sequence[Mapping[str, Any]], base: str) -> list[dict[str, Any]]:
    """Documents with the addresses of their two forms in place of the file names."""
    return [
        {
            **{name: member for name, member in document.items() if name not in {"pdf", "word"}},
            "links": {form: f"{base}/documents/{document[form]}" for form in ("pdf", "word")},
        }
        for document in documents
    ]
