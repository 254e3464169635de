"""POST /v1/verifications: what holds in a bundle, what does not, and what the trust rests on."""

from aiohttp import web

from schemas.results import verification_json
from service.web.answers import json_answer
from service.web.app_keys import CALLER, VERIFICATIONS


async def create_verification(request: web.Request) -> web.Response:
    """Verify a bundle sent as the body; trust rests on this service's own root alone."""
    verification = await request.app[VERIFICATIONS].verify(await request.read(), request[CALLER])
    return json_answer(verification_json(verification))
