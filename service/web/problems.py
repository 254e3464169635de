"""Errors as RFC 9457 problems: one table from error to status, one middleware that knows it."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler
from aiohttp.web_protocol import RequestPayloadError

from service import errors
from service.desk.unforeseen import note_unforeseen

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 2

_STATUS: tuple[tuple[type[errors.FilingError], HTTPStatus], ...] = (
    (errors.MalformedJson, HTTPStatus.BAD_REQUEST),
    (errors.BodyRefused, HTTPStatus.BAD_REQUEST),
    (errors.MediaTypeRefused, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (errors.NotAuthenticated, HTTPStatus.UNAUTHORIZED),
    (errors.ScopeMissing, HTTPStatus.FORBIDDEN),
    (errors.NotFound, HTTPStatus.NOT_FOUND),
    (errors.Conflict, HTTPStatus.CONFLICT),
    (errors.QueueFull, HTTPStatus.TOO_MANY_REQUESTS),
    (errors.DeadlinePassed, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.EngineFailed, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.TemplateRefused, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.ParityFailed, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.ClauseMissing, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.IdentifierFound, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.KeyRefused, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.KeyUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.StorageFailed, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.FilingError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


def status_of(error: errors.FilingError) -> HTTPStatus:
    """The HTTP status of a refusal; what the table does not name is the caller's to mend, 422."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def problem_document(error: errors.FilingError) -> dict[str, Any]:
    """The problem as RFC 9457 has it, with this API's extension members."""
    status = status_of(error)
    return {
        "type": f"urn:ocse-filings:problem:{error.code}",
        "title": status.phrase,
        "status": status.value,
        "detail": error.message,
        "code": error.code,
        "retryable": error.retryable,
        "audience": error.audience.value,
        "errors": [fault.as_json() for fault in error.faults],
    }


def problem_response(error: errors.FilingError) -> web.Response:
    """A refusal as an HTTP answer."""
    headers = {"Cache-Control": "no-store"}
    if error.retryable:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if isinstance(error, errors.NotAuthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="ocse-filings"'
    return _answer(problem_document(error), headers)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a problem; what nobody foresaw becomes a 500 with a reference, its cause in the log."""
    try:
        return await handler(request)
    except errors.FilingError as error:
        return problem_response(error)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        return _http_problem(error)
    except (HttpProcessingError, RequestPayloadError):
        return problem_response(errors.BodyRefused("The body is not encoded as its Content-Encoding header says."))
    except Exception as error:  # noqa: BLE001 -- the border: nothing may leave as a traceback
        return _unforeseen(error)


def _http_problem(error: web.HTTPException) -> web.Response:
    status = HTTPStatus(error.status)
    code = status.name.lower()
    kept = {name: value for name, value in error.headers.items() if name in {"Allow", "Retry-After"}}
    body: dict[str, Any] = {
        "type": f"urn:ocse-filings:problem:{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": _ADVICE.get(status, status.description or status.phrase),
        "code": code,
        "retryable": False,
        "audience": "caller",
        "errors": [],
    }
    return _answer(body, {"Cache-Control": "no-store", **kept})


_ADVICE = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address; the calls are listed at /docs.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address takes other methods; see the Allow header.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is larger than this service takes (OCSE_BODY_LIMIT_MB).",
}


def _unforeseen(error: Exception) -> web.Response:
    reference = note_unforeseen(error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    body: dict[str, Any] = {
        "type": "urn:ocse-filings:problem:internal",
        "title": status.phrase,
        "status": status.value,
        "detail": f"The service failed before it could answer. Give the operator the reference {reference}; before "
        "sending a filing again, see in the list of filings whether it was kept.",
        "code": "internal",
        "retryable": False,
        "audience": "operator",
        "reference": reference,
        "errors": [],
    }
    return _answer(body, {"Cache-Control": "no-store"})


def _answer(body: dict[str, Any], headers: dict[str, str]) -> web.Response:
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(),
        status=body["status"],
        content_type=PROBLEM_JSON,
        headers=headers,
    )
