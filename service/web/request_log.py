"""One line a request for the operator: what was called, by which key, how it ended; no fact, no identifier of a case.

Addresses are given as their routes' patterns, queries and bodies not at all. Each request gets a random id, which the
answer carries as ``X-Request-Id``, so that a caller's complaint finds its line.
"""

import logging
import secrets
import time

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from service.web.app_keys import CALLER

HEADER = "X-Request-Id"
_ABORTED = "aborted"
_log = logging.getLogger(__name__)


def route_of(request: web.Request) -> str:
    """The pattern of the route that answers, never the address itself, in which an identifier may stand."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unmatched"


@web.middleware
async def logged(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log each request when it is answered, or when its caller has gone."""
    started, request_id = time.perf_counter(), f"req_{secrets.token_hex(8)}"
    status = _ABORTED
    try:
        response = await handler(request)
        status = str(response.status)
        response.headers[HEADER] = request_id
    except web.HTTPException as redirected:
        status = str(redirected.status)
        raise
    else:
        return response
    finally:
        _log.info(
            "method=%s route=%s status=%s ms=%d key=%s request=%s",
            request.method if request.method in hdrs.METH_ALL else "other",
            route_of(request),
            status,
            (time.perf_counter() - started) * 1000,
            request[CALLER].credential_id if CALLER in request else "none",
            request_id,
        )
