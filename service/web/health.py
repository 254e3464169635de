"""Liveness, readiness, version and metrics; none of them touches an engine."""

from http import HTTPStatus

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from service import __version__
from service.web.answers import json_answer
from service.web.app_keys import PREPARATION
from service.web.metrics import METRICS


async def livez(_request: web.Request) -> web.Response:
    """The event loop turns."""
    return json_answer({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """Whether a filing sent now would find a place, and how many places are free."""
    free = request.app[PREPARATION].free_slots
    status = HTTPStatus.OK if free else HTTPStatus.SERVICE_UNAVAILABLE
    return json_answer({"status": "ready" if free else "full", "free_slots": free}, status)


async def version(request: web.Request) -> web.Response:
    """Versions of service, rules, templates, fonts and engines: what a manifest also carries."""
    return json_answer({"service": __version__, "components": dict(request.app[PREPARATION].versions)})


async def metrics(request: web.Request) -> web.Response:
    """Counters in the Prometheus text format; labels are routes and statuses, never identifiers."""
    return web.Response(body=request.app[METRICS].exposition(), headers={"Content-Type": CONTENT_TYPE_LATEST})
