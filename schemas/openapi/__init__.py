"""The OpenAPI 3.1 document: every call the service answers, made from the schemas that do the work."""

from functools import cache
from typing import Any

from schemas.json_schema import new_specification
from schemas.openapi.calls import Call
from schemas.openapi.case_calls import CASE_CALLS
from schemas.openapi.filing_calls import FILING_CALLS
from schemas.openapi.parameters import add_parameters
from schemas.openapi.refusals import add_refusals
from schemas.openapi.service_calls import SERVICE_CALLS
from schemas.openapi.template_calls import TEMPLATE_CALLS

__all__ = ["CALLS", "openapi_document"]

CALLS: tuple[Call, ...] = (*CASE_CALLS, *FILING_CALLS, *TEMPLATE_CALLS, *SERVICE_CALLS)

_DESCRIPTION = (
    "Turns the facts of an Arkansas child-support case into signed Word and PDF court filings. A machine prepares; an "
    "attorney releases. Money is decimal text with two places, never a number; dates are YYYY-MM-DD; every fault is "
    "reported at once, with its JSON Pointer. Every answer carries an X-Request-Id, which stands in the log. "
    "This is no legal advice."
)
_CREDENTIAL = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "An API key. It belongs to one field office, or to all; one with the scope sign to one attorney. While no key "
        "exists, programs on the service's own machine may call without."
    ),
}


@cache
def openapi_document(version: str) -> dict[str, Any]:
    """The document for one version of the service; callers share it and must not change it."""
    specification = new_specification(
        "OCSE Filings",
        version,
        info={"description": _DESCRIPTION},
        servers=[{"url": "/"}],
        tags=[{"name": tag} for tag in dict.fromkeys(call.tag for call in CALLS)],
    )
    specification.components.security_scheme("bearer", _CREDENTIAL)
    add_parameters(specification)
    add_refusals(specification)
    for call in CALLS:
        specification.path(path=call.path, operations={call.method: call.operation()})
    document: dict[str, Any] = specification.to_dict()
    return document
