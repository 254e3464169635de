"""POST /v1/determinations: what the law allows on these facts."""

import asyncio

from aiohttp import web

from schemas.results import determination_json
from service.desk.reception import determine_facts
from service.storage.credentials import Scope
from service.web.answers import json_answer
from service.web.bodies import read_json_object
from service.web.keys import CALLER


async def create_determination(request: web.Request) -> web.Response:
    """Determine every kind of filing; also when something is blocked."""
    caller = request[CALLER]
    caller.require(Scope.DETERMINE)
    determination = await asyncio.to_thread(determine_facts, await read_json_object(request), caller)
    return json_answer(determination_json(determination))
