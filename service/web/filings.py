"""Filings: prepared by machines, released by attorneys."""

from http import HTTPStatus

from aiohttp import web

from service.desk.queries import FilingQuery
from service.desk.register import KeptFiling
from service.desk.releases import Released
from service.facts.canonical import canonical_json, digest
from service.storage.idempotency import Claim
from service.web.answers import ASICE, JSON, bytes_answer, json_answer
from service.web.app_keys import CALLER, FILINGS, PREPARATION, RELEASES
from service.web.bodies import read_json_object, read_sent_case
from service.web.idempotency import answer_once
from service.web.preferences import media_type_asked_for, wants_later
from service.web.presentation import filing_address, filing_json, list_json


async def create_filing(request: web.Request) -> web.Response:
    """Prepare a filing; with ``Prefer: respond-async`` the answer comes first and the pages follow."""
    sent, later = await read_sent_case(request), wants_later(request)

    async def answer(claim: Claim | None) -> web.Response:
        filing = await request.app[PREPARATION].prepare(sent, request[CALLER], later=later, claim=claim)
        return _begun(filing) if later else _prepared(filing)

    return await answer_once(request, sent.digest, answer)


async def release_filing(request: web.Request) -> web.Response:
    """Release a prepared filing: the signed bundle, or its receipt where JSON is asked for."""
    order = await read_json_object(request)

    async def answer(_claim: Claim | None) -> web.Response:  # no filing is released twice, whatever the key
        released = await request.app[RELEASES].release(request.match_info["id"], order, request[CALLER])
        return _released(request, released, HTTPStatus.OK)

    return await answer_once(request, digest(canonical_json(order)), answer)


async def create_bundle(request: web.Request) -> web.Response:
    """Prepare and release in one call."""
    sent = await read_sent_case(request)

    async def answer(claim: Claim | None) -> web.Response:
        released = await request.app[RELEASES].file(sent, request[CALLER], claim)
        return _released(request, released, HTTPStatus.CREATED)

    return await answer_once(request, sent.digest, answer)


async def list_filings(request: web.Request) -> web.Response:
    """The filings this caller may see, newest first."""
    query = FilingQuery.from_strings(request.query)
    return json_answer(list_json(await request.app[FILINGS].list(query, request[CALLER])))


async def get_filing(request: web.Request) -> web.Response:
    """Where a filing stands, with a link for each thing that can be had or done now."""
    return json_answer(filing_json(await request.app[FILINGS].get(request.match_info["id"], request[CALLER])))


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
    """What was released, by whom, and how to check it."""
    return json_answer(await request.app[FILINGS].receipt(request.match_info["id"], request[CALLER]))


async def void_filing(request: web.Request) -> web.Response:
    """End a filing before delivery."""
    order = await read_json_object(request)
    return json_answer(filing_json(await request.app[FILINGS].void(request.match_info["id"], order, request[CALLER])))


def _prepared(filing: KeptFiling) -> web.Response:
    return json_answer(filing_json(filing), HTTPStatus.CREATED, {"Location": filing_address(filing.record.id)})


def _begun(filing: KeptFiling) -> web.Response:
    headers = {"Location": filing_address(filing.record.id), "Preference-Applied": "respond-async"}
    return json_answer(filing_json(filing), HTTPStatus.ACCEPTED, headers)


def _released(request: web.Request, released: Released, status: HTTPStatus) -> web.Response:
    headers = {"Location": filing_address(released.filing_id)}
    if media_type_asked_for(request, (ASICE, JSON), default=ASICE) == JSON:
        return json_answer(released.receipt, status, headers)
    return bytes_answer(request, released.container, f"{released.audience}.asice", status=status, headers=headers)
