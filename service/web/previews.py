"""Previews: the packet unsigned, every page marked DRAFT, kept a day for its maker's office."""

from aiohttp import web

from service.desk.contents import PACKET
from service.storage.idempotency import Claim
from service.web.answers import JSON, PDF, bytes_answer, json_answer
from service.web.app_keys import CALLER, PREVIEWS
from service.web.bodies import read_sent_case
from service.web.idempotency import answer_once
from service.web.preferences import media_type_asked_for
from service.web.presentation import preview_json


async def create_preview(request: web.Request) -> web.Response:
    """Make a preview, whatever the gates say; ``Accept: application/pdf`` gets the merged draft itself, if any."""
    sent = await read_sent_case(request)

    async def answer(_claim: Claim | None) -> web.Response:  # another preview does no harm
        made = await request.app[PREVIEWS].create(sent, request[CALLER])
        if PACKET in made.files and media_type_asked_for(request, (PDF, JSON), default=JSON) == PDF:
            return bytes_answer(request, made.files[PACKET], "draft-packet.pdf")
        return json_answer(preview_json(made.preview))

    return await answer_once(request, sent.digest, answer)


async def get_preview(request: web.Request) -> web.Response:
    """A preview that has not expired."""
    return json_answer(preview_json(await request.app[PREVIEWS].get(request.match_info["id"], request[CALLER])))


async def get_preview_document(request: web.Request) -> web.Response:
    """One draft document as Word or PDF."""
    name = request.match_info["name"]
    content = await request.app[PREVIEWS].file(request.match_info["id"], name, request[CALLER])
    return bytes_answer(request, content, name)


async def get_preview_page(request: web.Request) -> web.Response:
    """One page of a draft document as a picture."""
    name, page = request.match_info["name"], int(request.match_info["page"])
    image = await request.app[PREVIEWS].page_image(request.match_info["id"], name, page, request[CALLER])
    return bytes_answer(request, image, f"{name.rsplit('.', 1)[0]}-{page}.png")
