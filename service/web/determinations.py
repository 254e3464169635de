"""POST /v1/determinations: what the law allows on these facts."""

from aiohttp import web

from schemas.results import determination_json
from service.web.answers import json_answer
from service.web.app_keys import CALLER, RECEPTION
from service.web.bodies import read_json_object


async def create_determination(request: web.Request) -> web.Response:
    """Determine every kind of filing; also when something is blocked."""
    determination = await request.app[RECEPTION].determine(await read_json_object(request), request[CALLER])
    return json_answer(determination_json(determination))
