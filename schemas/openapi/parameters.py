"""What may be sent beside a body, and the headers that come back: OpenAPI parameters and headers by name."""

from collections.abc import Mapping
from typing import Any

from apispec import APISpec

from service.facts.vocabulary import FilingKind
from service.storage.records import FilingState

_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_PARAMETERS: tuple[tuple[str, str, str, Mapping[str, Any], str], ...] = (
    ("FilingId", "id", "path", _TEXT, "The filing's id."),
    ("PreviewId", "id", "path", _TEXT, "The preview's id."),
    (
        "DocumentName",
        "name",
        "path",
        {"type": "string", "pattern": r"^[A-Za-z0-9_-]{1,46}\.(pdf|docx)$"},
        "The document's file name.",
    ),
    ("Page", "page", "path", {"type": "integer", "minimum": 1, "maximum": 9999}, "The page, counted from 1."),
    (
        "Audience",
        "audience",
        "path",
        {"type": "string", "enum": ["court", "employer", "record"]},
        "Whose container: what the court, the employer or the agency itself keeps.",
    ),
    ("SchemaName", "name", "path", _TEXT, "The schema's name, for example case-facts."),
    ("CountyName", "county", "path", _TEXT, "A county of Arkansas, spelt as in GET /v1/courts."),
    ("State", "state", "query", {"type": "string", "enum": [*FilingState]}, "Only filings in this state."),
    ("Kind", "kind", "query", {"type": "string", "enum": [*FilingKind]}, "Only filings of this kind."),
    ("County", "county", "query", _TEXT, "Only filings in this county's court."),
    (
        "Template",
        "template",
        "query",
        _TEXT,
        "The template that the file is meant for, such as modification-motion; left out for a file of one's own.",
    ),
    ("Since", "since", "query", _DAY, "Only filings dated on this day or later."),
    ("Until", "until", "query", _DAY, "Only filings dated on this day or earlier."),
    ("Limit", "limit", "query", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "Filings a page."),
    ("Cursor", "cursor", "query", _TEXT, "Where the page begins: the next of the page before."),
    (
        "IdempotencyKey",
        "Idempotency-Key",
        "header",
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "The same key and request get the first answer again, another request 409. A filing never prepared frees it.",
    ),
    ("Prefer", "Prefer", "header", _TEXT, "respond-async: answer at once with 202, prepare afterwards (RFC 7240)."),
    ("IfNoneMatch", "If-None-Match", "header", _TEXT, "ETags the caller has, or *; 304 if one names these bytes."),
)
_HEADERS = {
    "Location": "Where the new thing is.",
    "ETag": "The SHA-256 of the bytes, in hexadecimal.",
    "Repr-Digest": "The SHA-256 of the bytes (RFC 9530).",
    "Content-Disposition": "The file name to save under.",
    "Conversion-Engine": "typst, or libreoffice where that is configured and was needed.",
    "Conversion-Profile": "What the PDF conforms to.",
    "Conversion-Compared": "yes when every word of the PDF was compared with the Word file.",
    "Retry-After": "Seconds to wait before the same request.",
    "WWW-Authenticate": "How to present a credential.",
}


def add_parameters(specification: APISpec) -> None:
    """Put every shared parameter and header into the document's components."""
    for name, sent_as, place, schema, description in _PARAMETERS:
        member = {"name": sent_as, "schema": dict(schema), "description": description}
        specification.components.parameter(name, place, member)
    for name, description in _HEADERS.items():
        specification.components.header(name, {"schema": {"type": "string"}, "description": description})
