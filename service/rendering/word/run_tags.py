"""``{{r name }}``: a tag that prints whole runs, so that rich text and pictures keep to the look of the text around."""

from copy import deepcopy
from itertools import accumulate
from typing import Final

from lxml import etree

RUN_FILTER: Final = "as_runs"
LOOKS: Final = "_looks"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PRESERVE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def isolate_run(paragraph: etree._Element, tag: str, looks: list[str]) -> bool:
    """Put the tag between runs, as an expression that prints runs; its own run's properties are added to ``looks``.

    False when the tag does not lie within runs of one parent, and nothing was changed.
    """
    pieces = [piece for piece in paragraph.iter(_W + "t") if next(piece.iterancestors(_W + "p")) is paragraph]
    texts = [piece.text or "" for piece in pieces]
    start = "".join(texts).find(tag)
    if start < 0:
        return False
    ends = list(accumulate(map(len, texts)))
    first = next(number for number, end in enumerate(ends) if start < end)
    last = next(number for number, end in enumerate(ends) if start + len(tag) <= end)
    opening, closing = pieces[first].getparent(), pieces[last].getparent()
    if opening is None or closing is None or opening.getparent() is not closing.getparent():
        return False
    ahead = start - ends[first] + len(texts[first])
    behind = start + len(tag) - ends[last] + len(texts[last])
    before = _cut(opening, pieces[first], texts[first][:ahead], keep_before=True)
    after = _cut(closing, pieces[last], texts[last][behind:], keep_before=False)
    properties = opening.find(_W + "rPr")
    look = "" if properties is None else _alone(properties)
    printed = f"({tag[3:-2].strip()})|{RUN_FILTER}({LOOKS}[{len(looks)}])"
    looks.append(look)
    _replace(opening, closing, before, after, f"{{{{ {printed} }}}}")
    return True


def _alone(properties: etree._Element) -> str:
    """The properties with the namespaces they use and no others."""
    copy = deepcopy(properties)
    etree.cleanup_namespaces(copy)
    return etree.tostring(copy, encoding="unicode", with_tail=False)


def _cut(run: etree._Element, piece: etree._Element, text: str, *, keep_before: bool) -> etree._Element:
    """A copy of the run up to the piece or from it on, with what is left of the piece's text."""
    at = run.index(piece)
    copy = deepcopy(run)
    copy.tail = None
    for number, child in reversed(list(enumerate(copy))):
        beyond = number > at if keep_before else number < at
        if beyond and child.tag != _W + "rPr":
            copy.remove(child)
    kept = copy[at] if keep_before else copy[0 if copy[0].tag != _W + "rPr" else 1]
    kept.text = text
    kept.set(_PRESERVE, "preserve")
    return copy


def _replace(
    opening: etree._Element, closing: etree._Element, before: etree._Element, after: etree._Element, expression: str
) -> None:
    parent = opening.getparent()
    if parent is None:
        return
    tail = closing.tail or ""
    first, last = parent.index(opening), parent.index(closing)
    for run in [each for each in parent[first : last + 1] if each.tag == _W + "r"]:
        parent.remove(run)
    parent.insert(first, before)
    parent.insert(first + 1, after)
    before.tail = expression
    after.tail = tail or None
