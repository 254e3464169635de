"""Filings: prepared by machines, released by attorneys."""

from http import HTTPStatus

from aiohttp import web

from service.desk.filings import Released
from service.desk.queries import FilingQuery
from service.facts.canonical import canonical_json, digest
from service.web.answers import ASICE, bytes_answer, json_answer
from service.web.bodies import read_filing_body, read_json_object
from service.web.idempotency import answer_once
from service.web.keys import CALLER, DEFERRALS, FILINGS


async def create_filing(request: web.Request) -> web.Response:
    """Prepare a filing; with ``Prefer: respond-async`` the answer comes first and the pages follow."""
    body = await read_filing_body(request)
    desk, caller = request.app[FILINGS], request[CALLER]
    later = "respond-async" in request.headers.get("Prefer", "")

    async def answer() -> web.Response:
        if later:
            filing = await request.app[DEFERRALS].begin(body.facts, body.exhibits, body.overrides, caller)
            headers = {"Location": f"/v1/filings/{filing['id']}", "Preference-Applied": "respond-async"}
            return json_answer(filing, HTTPStatus.ACCEPTED, headers)
        filing = await desk.prepare(body.facts, body.exhibits, body.overrides, caller)
        return json_answer(filing, HTTPStatus.CREATED, {"Location": f"/v1/filings/{filing['id']}"})

    return await answer_once(request, body.digest, answer)


async def release_filing(request: web.Request) -> web.Response:
    """Release a prepared filing: the signed bundle, or its receipt where JSON is asked for."""
    order = await read_json_object(request)
    desk, caller = request.app[FILINGS], request[CALLER]

    async def answer() -> web.Response:
        released = await desk.release(request.match_info["id"], order, caller)
        return _released(request, released, HTTPStatus.OK)

    return await answer_once(request, digest(canonical_json(order)), answer)


async def create_bundle(request: web.Request) -> web.Response:
    """Prepare and release in one call."""
    body = await read_filing_body(request)
    desk, caller = request.app[FILINGS], request[CALLER]

    async def answer() -> web.Response:
        released = await desk.file(body.facts, body.exhibits, body.overrides, caller)
        return _released(request, released, HTTPStatus.CREATED)

    return await answer_once(request, body.digest, answer)


async def list_filings(request: web.Request) -> web.Response:
    """The filings this caller may see, newest first."""
    query = FilingQuery.from_strings(request.query)
    return json_answer(await request.app[FILINGS].list(query, request[CALLER]))


async def get_filing(request: web.Request) -> web.Response:
    """One filing."""
    return json_answer(await request.app[FILINGS].get(request.match_info["id"], request[CALLER]))


async def get_container(request: web.Request) -> web.Response:
    """A signed container, as it was released."""
    filing_id, audience = request.match_info["id"], request.match_info["audience"]
    content = await request.app[FILINGS].container(filing_id, audience, request[CALLER])
    return bytes_answer(request, content, f"{audience}.asice")


async def get_document(request: web.Request) -> web.Response:
    """One document: the draft until release, the sealed one after."""
    filing_id, name = request.match_info["id"], request.match_info["name"]
    content = await request.app[FILINGS].document(filing_id, name, request[CALLER])
    return bytes_answer(request, content, name)


async def get_receipt(request: web.Request) -> web.Response:
    """The receipt of a released filing."""
    return json_answer(await request.app[FILINGS].receipt(request.match_info["id"], request[CALLER]))


async def void_filing(request: web.Request) -> web.Response:
    """End a filing before delivery."""
    order = await read_json_object(request)
    return json_answer(await request.app[FILINGS].void(request.match_info["id"], order, request[CALLER]))


def _released(request: web.Request, released: Released, status: HTTPStatus) -> web.Response:
    location = f"/v1/filings/{released.filing_id}"
    accept = request.headers.get("Accept", "")
    if "application/json" in accept and ASICE not in accept:
        return json_answer(released.receipt, status, {"Location": location})
    name = f"{released.audience}.asice"
    return bytes_answer(request, released.container, name, status=status, headers={"Location": location})
