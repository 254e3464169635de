"""How many calls, how long they took: by route and status only."""

import time

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CollectorRegistry, Histogram, generate_latest

from service.web.request_log import route_of


class Metrics:
    """The counters of one running service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "ocse_http_request_seconds",
            "Seconds a call took, by method, route and status",
            ("method", "route", "status"),
            registry=self._registry,
        )

    def observe(self, request: web.Request, status: int, seconds: float) -> None:
        """Count one call under its route's pattern, so that no identifier becomes a label."""
        self._seconds.labels(request.method, route_of(request), str(status)).observe(seconds)

    def exposition(self) -> bytes:
        """All counters in the Prometheus text format."""
        return generate_latest(self._registry)


METRICS = web.AppKey("metrics", Metrics)


@web.middleware
async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Measure each call; stands outside the problem middleware so that refusals count under their status."""
    started = time.perf_counter()
    response = await handler(request)
    request.app[METRICS].observe(request, response.status, time.perf_counter() - started)
    return response
