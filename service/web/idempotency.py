"""Idempotency-Key on every create: the same request repeated gets the first answer (IETF httpapi draft)."""

import json
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from service.desk.repeats import FirstAnswer
from service.desk.unforeseen import note_unforeseen
from service.errors import FactsRefused, Fault, FilingError
from service.facts.canonical import canonical_json, digest
from service.storage.idempotency import Claim
from service.web.app_keys import CALLER, REPEATS
from service.web.preferences import wants_later

HEADER = "Idempotency-Key"
_KEY_FORM = re.compile(r"[\x21-\x7e]{1,255}")


async def answer_once(
    request: web.Request, body_digest: str, answer: Callable[[Claim | None], Awaitable[web.Response]]
) -> web.Response:
    """Answer, or repeat the first answer to the same request under the same key.

    Args:
        request: its method, address, ``Accept``, whether it prefers to be answered first, and its caller belong to
            what makes two requests the same.
        body_digest: SHA-256 of what the body says, so that a multipart boundary makes no difference.
        answer: makes the first answer, noting what it files under the claim it is given; a refusal is not kept, for
            nothing was done.

    Raises:
        Conflict: the key was used with another request.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return await answer(None)
    if not _KEY_FORM.fullmatch(key):
        message = "Send 1 to 255 visible ASCII characters as the idempotency key."
        raise FactsRefused(message, [Fault(code="bad_idempotency_key", message=message)])
    desk = request.app[REPEATS]
    claimed = await desk.claim(request[CALLER], key, _identity(request, body_digest))
    if isinstance(claimed, FirstAnswer):
        return _unpacked(claimed)
    try:
        response = await answer(claimed)
    except BaseException:
        await desk.abandon(claimed)
        raise
    try:
        await desk.keep(claimed, _packed(response))
    except FilingError as error:
        # What was asked for is done, so its answer is given. A filing stands under the key already; who asks again is
        # told of it and makes no other.
        note_unforeseen(error)
    return response


def _identity(request: web.Request, body_digest: str) -> str:
    same = {
        "method": request.method,
        "path": request.path,
        "accept": request.headers.get("Accept", ""),
        "later": wants_later(request),
        "body": body_digest,
    }
    return digest(canonical_json(same))


def _packed(response: web.Response) -> FirstAnswer:
    headers = json.dumps(dict(response.headers)).encode()
    body = response.body if isinstance(response.body, bytes) else b""
    return FirstAnswer(status=response.status, content=headers + b"\n" + body)


def _unpacked(answer: FirstAnswer) -> web.Response:
    headers, _, body = answer.content.partition(b"\n")
    return web.Response(body=body, status=answer.status, headers={**json.loads(headers), "Idempotent-Replayed": "true"})
