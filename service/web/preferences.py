"""What a caller asks for in headers: another form of the answer or none (RFC 9110), or the answer first (RFC 7240)."""

import re
from collections.abc import Iterator, Sequence

from aiohttp import web

_ENTITY_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def wants_later(request: web.Request) -> bool:
    """Whether ``Prefer`` asks for an answer before the work is done; other preferences are no concern of ours."""
    return any(name == "respond-async" for name, _ in _members(request, "Prefer"))


def media_type_asked_for(request: web.Request, offered: Sequence[str], default: str) -> str:
    """The one of ``offered`` that ``Accept`` names with the greatest weight, the first of them where weights are equal.

    Where it names none, also because it names only ranges such as ``*/*``, the answer is ``default``.
    """
    weights: dict[str, float] = {}
    for name, parameters in _members(request, "Accept"):
        weights[name] = max(weights.get(name, 0.0), _weight(parameters))
    named = [media_type for media_type in offered if weights.get(media_type)]
    return max(named, key=lambda media_type: weights[media_type], default=default)


def has_already(request: web.Request, entity_tag: str) -> bool:
    """Whether a reader has what ``entity_tag`` (without its quotes) names, by ``If-None-Match``.

    The comparison is the weak one (RFC 9110, § 13.1.2). Only reading is conditional: what a POST does is never undone
    by the bytes it would answer.
    """
    if request.method not in {"GET", "HEAD"}:
        return False
    given = ",".join(request.headers.getall("If-None-Match", ())).strip()
    return given == "*" or entity_tag in _ENTITY_TAG.findall(given)


def _members(request: web.Request, header: str) -> Iterator[tuple[str, list[str]]]:
    """The members of a list header, in lower case, each with its parameters."""
    for line in request.headers.getall(header, ()):
        for member in line.lower().split(","):
            name, *parameters = (part.strip() for part in member.split(";"))
            yield name, parameters


def _weight(parameters: Sequence[str]) -> float:
    """The weight of RFC 9110, § 12.4.2; one that cannot be read counts as none given."""
    return next((float(read[1]) for read in map(_WEIGHT.fullmatch, parameters) if read), 1.0)
