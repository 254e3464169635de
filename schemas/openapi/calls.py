"""One call of the API, and the bodies and answers that calls have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from schemas.facts.case import CaseFactsSchema
from schemas.openapi.refusals import COMPONENT_OF_STATUS
from schemas.requests import Reasons
from service.storage.credentials import Scope

ASICE = "application/vnd.etsi.asic-e+zip"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One method at one address.

    ``scopes`` are those a credential needs, all of them; none for a call that any credential may make, ``None`` for one
    that needs no credential. ``parameters`` name shared parameters, ``problems`` statuses beside those every call has.
    """

    name: str
    method: str
    path: str
    tag: str
    summary: str
    answers: Mapping[str, Mapping[str, Any]]
    scopes: Sequence[Scope] | None = ()
    description: str = ""
    parameters: Sequence[str] = ()
    body: Mapping[str, Any] | None = None
    problems: Sequence[int] = ()

    def operation(self) -> dict[str, Any]:
        """The call as an OpenAPI Operation Object, its schemas yet to be resolved."""
        operation = {
            "operationId": self.name,
            "tags": [self.tag],
            "summary": self.summary,
            "description": self.description,
            "parameters": list(self.parameters),
            "requestBody": self.body,
            "responses": {**self.answers, **{str(status): COMPONENT_OF_STATUS[status] for status in self._refusals()}},
        }
        present = {name: member for name, member in operation.items() if member}
        # An empty list is meant: it lifts the need for a credential.
        scopes = None if self.scopes is None else [scope.value for scope in self.scopes]
        return {**present, "security": [] if scopes is None else [{"bearer": scopes}]}

    def _refusals(self) -> list[int]:
        of_every_call = [500] if self.scopes is None else [401, 403, 500]
        return sorted({*of_every_call, *self.problems})


class FilingRequestSchema(CaseFactsSchema):
    """Case facts, with an attorney's reasons for lifting gates beside them."""

    overrides = Reasons("An attorney's reasons, by gate id. They need the scope sign.")


def json_body(schema: type[Schema]) -> dict[str, Any]:
    """What a call takes as ``application/json``, and takes no call without."""
    return {"required": True, "content": {JSON: {"schema": schema}}}


def filing_body(schema: type[Schema]) -> dict[str, Any]:
    """What a call that draws up papers takes: facts alone as JSON, or with their exhibits as multipart."""
    parts = {
        "type": "object",
        "required": ["facts"],
        "properties": {
            "facts": CaseFactsSchema,
            "overrides": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "additionalProperties": {
            "type": "string",
            "contentMediaType": PDF,
            "description": "One part for each exhibit, named by its id in /exhibits.",
        },
    }
    encoding = {"facts": {"contentType": JSON}, "overrides": {"contentType": JSON}}
    multipart = {"schema": parts, "encoding": encoding}
    return {"required": True, "content": {JSON: {"schema": schema}, "multipart/form-data": multipart}}


def json_answer(description: str, schema: type[Schema], headers: Sequence[str] = ()) -> dict[str, Any]:
    """What a call answers as ``application/json``, and the headers beside it by name."""
    return {"description": description, **_headers(headers), "content": {JSON: {"schema": schema}}}


def file_answer(description: str, *media_types: str, headers: Sequence[str] = ()) -> dict[str, Any]:
    """An answer of bytes, with what identifies them."""
    every = ("ETag", "Repr-Digest", "Content-Disposition", *headers)
    return {"description": description, **_headers(every), "content": {media_type: {} for media_type in media_types}}


def _headers(names: Sequence[str]) -> dict[str, Any]:
    return {"headers": {name: name for name in names}} if names else {}
