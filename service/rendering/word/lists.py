"""Numbered lists that begin at 1 again in every turn of a loop.

In Word a list that restarts is an instance (``w:num``) with a start override. A loop in a template repeats its
paragraphs under one instance, so the second turn would count on from the first; each turn is given its own instance.
"""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOP_OR_NUMBER: Final = re.compile(
    r'(?P<for>\{%\s*for\b.*?%\})|(?P<end>\{%\s*endfor\b)|<w:numId w:val="(?P<num>\d+)"/>', re.DOTALL
)
_TURN_OR_NUMBER: Final = re.compile(r'<\?restart (\d+)\?>|<w:numId w:val="(\d+)"/>')
_END: Final = re.compile(r"(?=<w:numIdMacAtCleanup\b|</w:numbering>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartingLists:
    """The instances with a start override: abstract definition and overridden levels, by id."""

    numbering: str
    overrides: dict[str, tuple[str, tuple[str, ...]]]
    highest: int


def restarting_lists(numbering: bytes | None) -> RestartingLists | None:
    """The restarting instances of a numbering part; ``None`` when there are none."""
    if numbering is None:
        return None
    root = etree.fromstring(numbering, etree.XMLParser(resolve_entities=False, no_network=True))
    overrides: dict[str, tuple[str, tuple[str, ...]]] = {}
    for instance in root.iter(f"{_W}num"):
        restarted = [
            level for level in instance.iter(f"{_W}lvlOverride") if level.find(f"{_W}startOverride") is not None
        ]
        levels = tuple(level.get(f"{_W}ilvl", "0") for level in restarted)
        abstract = instance.find(f"{_W}abstractNumId")
        if levels and abstract is not None:
            overrides[instance.get(f"{_W}numId", "")] = (abstract.get(f"{_W}val", ""), levels)
    if not overrides:
        return None
    highest = max(int(instance.get(f"{_W}numId", "0")) for instance in root.iter(f"{_W}num"))
    return RestartingLists(numbering=etree.tostring(root, encoding="unicode"), overrides=overrides, highest=highest)


@dataclass(frozen=True, slots=True)
class _Loop:
    """Where a ``for`` tag begins and where its body does."""

    before: int
    body: int


def mark_restarts(source: str, lists: RestartingLists) -> tuple[str, bool]:
    """Mark in Jinja source where lists that lie wholly inside a loop begin anew.

    A list of several paragraphs begins anew with each turn of the innermost loop around it; a list whose one paragraph
    the loop repeats begins anew with the loop.
    """
    used: dict[str, list[tuple[_Loop, ...]]] = {}
    around: list[_Loop] = []
    for match in _LOOP_OR_NUMBER.finditer(source):
        if match["for"]:
            around.append(_Loop(match.start(), match.end()))
        elif match["end"]:
            around.pop()
        elif match["num"] in lists.overrides:
            used.setdefault(match["num"], []).append(tuple(around))
    marks: list[tuple[int, str]] = []
    for number, places in used.items():
        shared = _shared_loops(places)
        if shared:
            at = shared[-1].before if len(places) == 1 else shared[-1].body
            marks.append((at, f"<?restart {number}?>"))
    for at, mark in sorted(marks, reverse=True):
        source = source[:at] + mark + source[at:]
    return source, bool(marks)


def _shared_loops(places: list[tuple[_Loop, ...]]) -> list[_Loop]:
    shared = []
    for loops in zip(*places, strict=False):
        if len(set(loops)) > 1:
            break
        shared.append(loops[0])
    return shared


def number_turns(rendered: str, lists: RestartingLists) -> tuple[str, str]:
    """The document with an instance for each turn, and the numbering part that defines them."""
    current: dict[str, str] = {}
    added: list[str] = []

    def place(match: re.Match[str]) -> str:
        turn, number = match[1], match[2]
        if number:
            return f'<w:numId w:val="{current.get(number, number)}"/>'
        if turn not in current:
            current[turn] = turn
        else:
            current[turn] = str(lists.highest + len(added) + 1)
            added.append(_instance(current[turn], *lists.overrides[turn]))
        return ""

    document = _TURN_OR_NUMBER.sub(place, rendered)
    return document, _END.sub("".join(added), lists.numbering, count=1)


def _instance(number: str, abstract: str, levels: tuple[str, ...]) -> str:
    starts = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in levels
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{starts}</w:num>'
