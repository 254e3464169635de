"""Request bodies: case facts as JSON, or facts and exhibits as multipart/form-data."""

from typing import Any

from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from schemas.json_text import parse_json_object
from service.desk.submissions import SentCase
from service.errors import BodyRefused, FactsRefused, Fault, MediaTypeRefused
from service.web.answers import JSON

_CHUNK_BYTES = 64 * 1024
_MULTIPART = "multipart/form-data"


async def read_json_object(request: web.Request) -> dict[str, Any]:
    """The request's body as one JSON object.

    Raises:
        MediaTypeRefused: the body is not said to be JSON.
        MalformedJson: it is not JSON.
    """
    _require_media_type(request, JSON)
    return parse_json_object(await request.read(), "The body")


async def read_sent_case(request: web.Request) -> SentCase:
    """Read facts with or without exhibits and overrides.

    Raises:
        MediaTypeRefused: the body is said to be neither JSON nor multipart.
        MalformedJson: a part that should be JSON is not.
        FactsRefused: no ``facts`` part, a part without a name or sent twice, or overrides that are not reasons by gate
            id.
    """
    _require_media_type(request, JSON, _MULTIPART)
    if request.content_type == _MULTIPART:
        parts = await _read_parts(request)
        facts = parse_json_object(parts.pop("facts"), 'The part "facts"')
        overrides = parse_json_object(parts.pop("overrides", b"{}"), 'The part "overrides"')
        return SentCase(facts=facts, exhibits=parts, overrides=_reasons(overrides))
    facts = await read_json_object(request)
    overrides = facts.pop("overrides", {})
    return SentCase(facts=facts, overrides=_reasons(overrides))


def _require_media_type(request: web.Request, *taken: str) -> None:
    # aiohttp calls a body without the header application/octet-stream.
    if request.content_type not in taken:
        raise MediaTypeRefused(f"Send the body with the header Content-Type: {' or '.join(taken)}.")


async def _read_parts(request: web.Request) -> dict[str, bytes]:
    try:
        return await _parts_of(request)
    except (ValueError, AssertionError, HttpProcessingError, BadContentDispositionHeader, BadContentDispositionParam):
        # aiohttp says in these ways that boundaries or part headers are not as RFC 7578 has them.
        message = "The multipart body is damaged: check its boundary and the headers of its parts."
        raise BodyRefused(message) from None


async def _parts_of(request: web.Request) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    faults: list[Fault] = []
    number = 0
    async for part in await request.multipart():
        number += 1
        if not isinstance(part, BodyPartReader) or not part.name:
            message = f"Part {number} of the body has no name; exhibits go by exhibit id."
            faults.append(Fault(code="unnamed_part", message=message, part=str(number)))
            continue
        if part.name in parts:
            message = f"Part {number} of the body has the name of one before it; send each part once."
            faults.append(Fault(code="repeated_part", message=message, part=part.name))
        parts[part.name] = await _content(request, part, sum(map(len, parts.values())))
    if "facts" not in parts:
        message = 'Send the case facts as the part named "facts".'
        faults.append(Fault(code="missing_field", message=message, pointer="", part="facts"))
    if faults:
        raise FactsRefused("The parts of the request cannot be read as a filing.", faults)
    return parts


async def _content(request: web.Request, part: BodyPartReader, read_before: int) -> bytes:
    # aiohttp applies client_max_size to a body read whole, not to the parts of a multipart body.
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK_BYTES):
        content += chunk
        size = read_before + len(content)
        if size > request.client_max_size:
            raise web.HTTPRequestEntityTooLarge(max_size=request.client_max_size, actual_size=size)
    return bytes(part.decode(content))


def _reasons(overrides: Any) -> dict[str, str]:
    if isinstance(overrides, dict) and all(isinstance(reason, str) for reason in overrides.values()):
        return overrides
    fault = Fault(code="wrong_type", message='Send reasons by gate id: {"G07": "reason"}.', pointer="/overrides")
    raise FactsRefused("The overrides cannot be read.", [fault])
