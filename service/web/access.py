"""Every call names its caller, but for the health checks, the reference pages and what bundles are verified with."""

import ipaddress

from aiohttp import web
from aiohttp.typedefs import Handler

from service.desk.caller import LOCAL_OPERATOR
from service.errors import NotAuthenticated, ScopeMissing
from service.web.app_keys import ACCESS, CALLER

OPEN_PATHS = frozenset(
    {"/livez", "/readyz", "/version", "/openapi.json", "/docs", "/", "/v1/trust", "/v1/trust/verifier"}
)
"""Open to a court and an opposing party too: they hold no key, and are to check a bundle without asking for one."""
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@web.middleware
async def access(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put the caller on the request.

    While no API key exists every caller on this machine may do everything; a page in a browser on this machine may
    not, so requests that another site started, and hosts that are not this machine's own names, are refused.

    Raises:
        NotAuthenticated: keys exist and none was presented, or one that is not known.
        ScopeMissing: the call came from another machine or another site while no key exists.
    """
    if request.path in OPEN_PATHS:
        return await handler(request)
    desk = request.app[ACCESS]
    if await desk.keys_exist():
        request[CALLER] = caller = await desk.authenticate(_bearer(request))
        try:
            return await handler(request)
        except ScopeMissing as refusal:
            await desk.note_refusal(caller.credential_id, refusal.code)
            raise
    if not _from_this_machine(request) or _from_another_site(request):
        raise ScopeMissing("No API key exists yet, so only programs on this machine may call; issue a key first.")
    request[CALLER] = LOCAL_OPERATOR
    return await handler(request)


def _bearer(request: web.Request) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise NotAuthenticated("Send an API key: Authorization: Bearer ocse_…")
    return secret.strip()


def _from_this_machine(request: web.Request) -> bool:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback and host in _LOOPBACK_NAMES
    except ValueError:
        return False


def _from_another_site(request: web.Request) -> bool:
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"http://{request.host}"
