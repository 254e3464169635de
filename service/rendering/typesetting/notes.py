"""Footnotes. The compiler numbers them in the order of their calls and sets them at the foot of the page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from lxml import etree

from service.rendering.typesetting.archive import MAIN_PART
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.inline import InlineReader
from service.rendering.typesetting.items import Item, NoteMark, PageBreak, Tab, Text
from service.rendering.typesetting.looks import SINGLE, Alignment, LineRule, ParagraphLook
from service.rendering.typesetting.markup import block, points
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.runs import set_items, width_of

_NUMBER_ROOM: Final = 36.0
"""What a note's number and an indent may take of its first line, at most."""
_GAP: Final = 4.0
"""The room between the rule and the notes, and between two notes."""
Shared = TypeVar("Shared")


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote as read. ``justified`` is None where every paragraph is one line, so that it makes no difference."""

    paragraphs: Sequence[Sequence[Item]]
    size: float
    justified: bool | None
    indents: frozenset[float]
    spaces: frozenset[float]


def read_notes(composition: Composition) -> str:
    """Read every footnote that is called into the composition; the document-wide settings for them come back."""
    part = composition.archive.related(MAIN_PART, "footnotes")
    called = {each.get(W + "id") for each in composition.archive.tree(MAIN_PART).iter(W + "footnoteReference")}
    if part is None or not called:
        return ""
    notes: dict[str, _Note] = {}
    with composition.part(part) as root:
        for element in root.iterchildren(W + "footnote"):
            if element.get(W + "id") in called:
                notes[element.get(W + "id", "")] = _read(composition, element)
        justified = _shared(composition, {note.justified for note in notes.values()} - {None}, default=False)
        indent = _shared(composition, {each for note in notes.values() for each in note.indents}, default=0.0)
        space = _shared(composition, {each for note in notes.values() for each in note.spaces}, default=0.0)
    size = Counter(note.size for note in notes.values()).most_common(1)[0][0] if notes else composition.base.size
    base = replace(composition.base, size=size)
    for name, note in notes.items():
        paragraphs = [block(set_items(composition, items, base)) for items in note.paragraphs]
        further = [f"parbreak();v({points(space)});h({points(indent)});{each}" for each in paragraphs[1:]]
        composition.notes[name] = "{" + ";".join([*paragraphs[:1], *further]) + "}"
    named = f"gap:{points(max(space, _GAP))},clearance:2pt,indent:{points(indent)}"
    return (
        f"#set footnote.entry(separator:line(length:144pt,stroke:.5pt),{named})\n"
        f"#show footnote.entry:set text(size:{points(size)})\n"
        f"#show footnote.entry:set par(justify:{str(justified).lower()})\n"
        "#show footnote.entry:set par.line(numbering:none)\n"
    )


def _shared(composition: Composition, values: set[Shared], *, default: Shared) -> Shared:
    """What all footnotes have in common: the compiler knows one look for their paragraphs."""
    if len(values) > 1:
        composition.findings.refuse(
            "footnote", "Footnotes differ in alignment, indent or spacing: give them one style."
        )
    return next(iter(values), default)


def _read(composition: Composition, note: etree._Element) -> _Note:
    paragraphs: list[list[Item]] = []
    looks: list[ParagraphLook] = []
    sizes: list[float] = []
    long = set()
    for element in note:
        if short(element) != "p":
            composition.findings.refuse("footnote", "Only paragraphs are typeset in a footnote: take the table out.")
            continue
        composition.findings.enter_paragraph(element)
        resolved = composition.styles.paragraph(element.find(W + "pPr"), None)
        composition.findings.refuse_all(resolved.problems)
        items = InlineReader(composition, resolved.text).read(element)
        _check(composition, resolved.look, items)
        texts = [item.look.size for item in items if isinstance(item, Text) and item.look.raised is None]
        sizes += texts[:1] or [resolved.text.size]
        if width_of(items, widest=True) > composition.place.width - _NUMBER_ROOM:
            long.add(resolved.look.align is Alignment.JUSTIFY)
        looks.append(resolved.look)
        paragraphs.append(items)
    if len(long) > 1:
        composition.findings.refuse("footnote", "A footnote is set left-aligned or justified, not both: align it.")
    return _Note(
        paragraphs,
        sizes[0] if sizes else composition.base.size,
        next(iter(long), None),
        frozenset(look.first for look in looks),
        frozenset(look.after for look in looks),
    )


def _check(composition: Composition, look: ParagraphLook, items: list[Item]) -> None:
    findings = composition.findings
    if look.align not in {Alignment.LEFT, Alignment.JUSTIFY} or look.list_id or look.borders or look.shading:
        findings.refuse(
            "footnote", "A footnote is set left-aligned or justified, without lists and borders: simplify it."
        )
    if look.left or look.right or look.first < 0:
        findings.refuse("footnote", "A footnote indented as a whole is not typeset: remove the indent.")
    if look.rule is not LineRule.AUTO or look.line != SINGLE:
        findings.refuse("footnote", "A footnote is set with single lines: set its line spacing to single.")
    if any(isinstance(item, (Tab, PageBreak, NoteMark)) for item in items):
        findings.refuse("footnote", "A tab, a page break or another note in a footnote is not typeset: remove it.")
