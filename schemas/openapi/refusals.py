"""The problems that calls may answer with, each with an example (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from apispec import APISpec

from schemas.results.problems import ProblemSchema
from service.errors import (
    Conflict,
    EngineFailed,
    FactsRefused,
    Fault,
    FilingError,
    MalformedJson,
    MediaTypeRefused,
    NotAuthenticated,
    NotFound,
    QueueFull,
    ScopeMissing,
)

PROBLEM_JSON = "application/problem+json"


class _TooLarge(FilingError):
    code = "request_entity_too_large"


_SEVERAL_FAULTS = (
    Fault(
        code="not_money",
        message='Send dollars as text with two decimals and no sign or comma, for example "4300.00".',
        pointer="/noncustodial_parent/gross_monthly_income",
    ),
    Fault(
        code="unknown_field",
        message='There is no field "docket_nr" here; the nearest is "docket_number". Rename it or leave it out.',
        pointer="/matter/court/docket_nr",
    ),
)

#: What each status means here, and one error that is answered so.
_REFUSALS: Mapping[int, tuple[str, FilingError]] = {
    400: ("The body is not JSON.", MalformedJson("The body must be one JSON object in UTF-8 without repeated names.")),
    401: ("No credential, or one that is not known.", NotAuthenticated("Send an API key as a bearer token.")),
    403: (
        "The credential does not cover this call.",
        ScopeMissing('This call needs the scope "prepare"; ask for a credential that has it.'),
    ),
    404: (
        "There is nothing of this name, or it belongs to another field office.",
        NotFound("Nothing of this name is visible to this credential."),
    ),
    409: (
        "The call does not fit the present state: stale digests, a used idempotency key, a filing that has ended.",
        Conflict("The digests are no longer this filing's; read it again and release what you have read."),
    ),
    413: (
        "The request is larger than this service takes.",
        _TooLarge("The request is larger than this service takes; send smaller exhibits."),
    ),
    415: (
        "The body is not of a kind that this call takes; see requestBody.",
        MediaTypeRefused("Send the body with the header Content-Type: application/json or multipart/form-data."),
    ),
    422: (
        "Facts do not validate, an exhibit is refused, or gates stand in the way; errors[] holds every fault.",
        FactsRefused("The facts do not validate; mend every place named and send them again.", _SEVERAL_FAULTS),
    ),
    429: (
        "All rendering places are taken.",
        QueueFull("All rendering places are taken; send the same request again after a moment."),
    ),
    500: (
        "The service failed before it could answer.",
        FilingError(
            "The service failed before it could answer. Give the operator the reference; before sending a filing "
            "again, see in the list of filings whether it was kept."
        ),
    ),
    503: (
        "An engine is down, or the signing key or the storage cannot be used.",
        EngineFailed("A rendering process ended before its time; send the same request again."),
    ),
}

#: The name of each status's response among the document's components.
COMPONENT_OF_STATUS = {status: HTTPStatus(status).phrase.replace(" ", "") for status in _REFUSALS}

_RETRY = ("Retry-After",)
_HEADERS_OF_STATUS: Mapping[int, Sequence[str]] = {401: ("WWW-Authenticate",), 429: _RETRY, 503: _RETRY}


def add_refusals(specification: APISpec) -> None:
    """Put one response for each status into the document's components."""
    for status, (meaning, error) in _REFUSALS.items():
        response = {
            "description": meaning,
            "headers": {name: name for name in _HEADERS_OF_STATUS.get(status, ())},
            "content": {PROBLEM_JSON: {"schema": ProblemSchema, "example": _problem(status, error)}},
        }
        specification.components.response(COMPONENT_OF_STATUS[status], response)


def _problem(status: int, error: FilingError) -> dict[str, Any]:
    return {
        "type": f"urn:ocse-filings:problem:{error.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error.message,
        "code": error.code,
        "retryable": error.retryable,
        "audience": "operator" if status == HTTPStatus.INTERNAL_SERVER_ERROR else error.audience.value,
        "errors": [fault.as_json() for fault in error.faults],
    }
