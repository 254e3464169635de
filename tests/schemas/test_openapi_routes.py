"""The OpenAPI document and the addresses the service answers are the same calls."""

import re

from schemas.openapi import CALLS
from service.web.access import OPEN_PATHS
from service.web.routes import ROUTES

WITHOUT_A_PATTERN = re.compile(r":[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def test_every_address_is_documented_and_every_documented_call_is_answered() -> None:
    answered = {(route.method.lower(), WITHOUT_A_PATTERN.sub("}", route.path)) for route in ROUTES}
    # The bare address only leads people to /docs.
    assert {(call.method, call.path) for call in CALLS} == answered - {("get", "/")}


def test_the_calls_that_need_no_credential_are_those_that_are_open() -> None:
    assert {call.path for call in CALLS if call.scopes is None} == OPEN_PATHS - {"/"}
