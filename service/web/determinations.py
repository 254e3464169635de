"""POST /v1/determinations: what the law allows on these facts."""

from aiohttp import web

from schemas.results import determination_json
from service.storage.credentials import Scope
from service.web.answers import json_answer
from service.web.bodies import read_json_object
from service.web.keys import CALLER, RECEPTION


async def create_determination(request: web.Request) -> web.Response:
    """Determine every kind of filing; also when something is blocked."""
    caller = request[CALLER]
    caller.require(Scope.DETERMINE)
    determination = await request.app[RECEPTION].determine(await read_json_object(request), caller)
    return json_answer(determination_json(determination))
