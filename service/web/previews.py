"""Previews: the packet unsigned, every page marked DRAFT, kept a day for its maker's office."""

from aiohttp import web

from service.web.answers import bytes_answer, json_answer
from service.web.bodies import FilingBody, read_filing_body
from service.web.idempotency import answer_once
from service.web.keys import CALLER, PREVIEWS


async def create_preview(request: web.Request) -> web.Response:
    """Make a preview, whatever the gates say; ``Accept: application/pdf`` gets the merged draft itself."""
    body = await read_filing_body(request)

    async def answer() -> web.Response:
        return await _create(request, body)

    return await answer_once(request, body.digest, answer)


async def _create(request: web.Request, body: FilingBody) -> web.Response:
    preview = await request.app[PREVIEWS].create(body.facts, body.exhibits, request[CALLER])
    if "application/pdf" in request.headers.get("Accept", ""):
        packet = await request.app[PREVIEWS].file(preview["id"], "packet.pdf", request[CALLER])
        return bytes_answer(request, packet, "draft-packet.pdf")
    return json_answer(preview)


async def get_preview(request: web.Request) -> web.Response:
    """A preview that has not expired."""
    return json_answer(await request.app[PREVIEWS].get(request.match_info["id"], request[CALLER]))


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
