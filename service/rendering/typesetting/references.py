"""What cross-references say: the text that a bookmark holds, and the number of the paragraph that it stands in.

Word keeps the last result of a reference in the file; it may be out of date, so it is computed anew (ECMA-376-1,
17.16.5.51).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.names import VAL, W, short
from service.rendering.typesetting.numbering import Counters, Level
from service.rendering.typesetting.styles import StyleSheet

_FIGURE: Final = re.compile(r"%([1-9])")
_UNSEEN: Final = frozenset({"rPr", "lastRenderedPageBreak", "proofErr", "bookmarkStart", "bookmarkEnd"})


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """Where a paragraph stands in its list: the counts and the labels from the first level down to its own."""

    abstract: str
    counts: tuple[int, ...]
    labels: tuple[str, ...]
    levels: tuple[Level | None, ...]


class References:
    """The bookmarks of one document's body."""

    def __init__(self, body: etree._Element, styles: StyleSheet) -> None:
        self._body = body
        self._styles = styles

    @cached_property
    def _starts(self) -> dict[str, etree._Element]:
        return {each.get(W + "name", ""): each for each in self._body.iter(W + "bookmarkStart")}

    @cached_property
    def _numbered(self) -> dict[etree._Element, NumberedParagraph]:
        """The numbered paragraphs in the order of the text, each with its place in its list."""
        counters, found = Counters(self._styles.numbering), {}
        for paragraph in self._body.iter(W + "p"):
            look = self._styles.paragraph(paragraph.find(W + "pPr"), None).look
            level = self._styles.level(look)
            if level is None or look.list_id is None:
                continue
            counters.next_label(look.list_id, look.list_level, level)
            found[paragraph] = NumberedParagraph(level.abstract, *counters.standing(look.list_id, look.list_level))
        return found

    def text(self, bookmark: str) -> str | None:
        """The text within a bookmark; None where it is none, spans paragraphs or holds more than text."""
        start = self._starts.get(bookmark)
        if start is None:
            return None
        end = start.get(W + "id")
        written: list[str] = []
        for element in _after(start):
            name = short(element)
            if name == "bookmarkEnd" and element.get(W + "id") == end:
                return "".join(written) or None
            if name == "r":
                text = _run_text(element)
                if text is None:
                    return None
                written.append(text)
            elif name not in _UNSEEN:
                return None
        return None

    def number(self, bookmark: str, switch: str, at: etree._Element) -> str | None:
        """The number of the bookmark's paragraph, as a reference in the paragraph ``at`` prints it.

        ``switch``: ``n`` for the paragraph's own number, ``w`` for that with all levels above it, ``r`` for those
        that the two paragraphs do not share.
        """
        start = self._starts.get(bookmark)
        target = None if start is None else self._numbered.get(_paragraph_of(start))
        if target is None:
            return None
        own = len(target.labels) - 1
        floor = {"n": own, "w": 0, "r": _shared(self._numbered.get(at), target)}[switch]
        return _in_context(target, min(floor, own)).rstrip(".")


def _after(start: etree._Element) -> Sequence[etree._Element]:
    """What follows a bookmark's start in its paragraph; a bookmark around whole paragraphs has nothing there."""
    around = start.getparent()
    return list(start.itersiblings()) if around is not None and short(around) == "p" else []


def _paragraph_of(start: etree._Element) -> etree._Element:
    """The paragraph around a bookmark's start, or the one it stands before."""
    around = next(start.iterancestors(W + "p"), None)
    return around if around is not None else next(start.itersiblings(W + "p"), start)


def _run_text(run: etree._Element) -> str | None:
    written = ""
    for child in run:
        name = short(child)
        if name == "t":
            written += text_of(child)
        elif name == "noBreakHyphen":
            written += "\u2011"
        elif name not in _UNSEEN:
            return None
    capitals = run.find(f"{W}rPr/{W}caps")
    return None if capitals is not None and capitals.get(VAL) not in {"0", "false", "off"} else written


def _shared(one: NumberedParagraph | None, other: NumberedParagraph) -> int:
    """How many levels from the top two paragraphs of one list have in common."""
    if one is None or one.abstract != other.abstract:
        return 0
    pairs = enumerate(zip(one.counts, other.counts, strict=False))
    differing = next((level for level, (mine, theirs) in pairs if mine != theirs), None)
    return min(len(one.counts), len(other.counts)) if differing is None else differing


def _in_context(target: NumberedParagraph, floor: int) -> str:
    """The labels of the levels above, each once, before the paragraph's own: ``1.`` and ``(a)`` make ``1(a)``."""
    level = len(target.labels) - 1
    written, pattern = target.labels[level], _pattern(target, level)
    while (above := _lowest(pattern, level) - 1) >= floor:
        label, upper = target.labels[above], _pattern(target, above)
        tail = _FIGURE.split(upper)[-1]
        if tail and upper.startswith("%") and not pattern.startswith("%"):
            label = label.removesuffix(tail)
        written, pattern, level = label + written, upper, above
    return written


def _pattern(target: NumberedParagraph, level: int) -> str:
    definition = target.levels[level]
    return "" if definition is None else definition.text


def _lowest(pattern: str, level: int) -> int:
    """The highest level (the lowest number) that a label already shows."""
    return min((int(each) - 1 for each in _FIGURE.findall(pattern)), default=level)
