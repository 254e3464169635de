"""Footnotes. The compiler numbers them in the order of their calls and sets them at the foot of the page."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.archive import MAIN_PART
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.inline import InlineReader
from service.rendering.typesetting.items import Item, NoteMark, PageBreak, Tab, Text
from service.rendering.typesetting.looks import Alignment, ParagraphLook
from service.rendering.typesetting.markup import block, points
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.runs import set_items

_RULE_ROOM: Final = "#set footnote.entry(separator:line(length:144pt,stroke:.5pt),gap:4pt,clearance:2pt,indent:0pt)\n"


@dataclass(frozen=True, slots=True)
class NoteLook:
    """What all footnotes of a document share: the compiler knows one look for them."""

    size: float
    justified: bool


def read_notes(composition: Composition) -> str:
    """Read every footnote that is called into the composition; the document-wide settings for them come back."""
    part = composition.archive.related(MAIN_PART, "footnotes")
    called = {each.get(W + "id") for each in composition.archive.tree(MAIN_PART).iter(W + "footnoteReference")}
    if part is None or not called:
        return ""
    looks: set[NoteLook] = set()
    with composition.part(part) as root:
        for note in root.iterchildren(W + "footnote"):
            if note.get(W + "id") in called:
                composition.notes[note.get(W + "id", "")] = _note(composition, note, looks)
        if len(looks) > 1:
            composition.findings.refuse("footnote", "Footnotes differ in size or alignment: give them one style.")
    look = min(looks, key=lambda each: each.size, default=NoteLook(10.0, justified=False))
    justify = "#show footnote.entry:set par(justify:true)\n" if look.justified else ""
    return f"{_RULE_ROOM}#show footnote.entry:set text(size:{points(look.size)})\n{justify}"


def _note(composition: Composition, note: etree._Element, looks: set[NoteLook]) -> str:
    paragraphs: list[str] = []
    for element in note:
        if short(element) != "p":
            composition.findings.refuse("footnote", "Only paragraphs are typeset in a footnote: take the table out.")
            continue
        composition.findings.enter_paragraph(element)
        resolved = composition.styles.paragraph(element.find(W + "pPr"), None)
        composition.findings.refuse_all(resolved.problems)
        items = InlineReader(composition, resolved.text).read(element)
        _check(composition, resolved.look, items)
        texts = [item.look for item in items if isinstance(item, Text) and item.look.raised is None]
        base = texts[0] if texts else resolved.text
        looks.add(NoteLook(base.size, resolved.look.align is Alignment.JUSTIFY))
        paragraphs.append(block(set_items(composition, items, base)))
    return "{" + ";parbreak();".join(paragraphs) + "}"


def _check(composition: Composition, look: ParagraphLook, items: list[Item]) -> None:
    findings = composition.findings
    if (
        look.align not in {Alignment.LEFT, Alignment.JUSTIFY}
        or look.list_id is not None
        or look.borders
        or look.shading
    ):
        findings.refuse(
            "footnote", "A footnote is set left-aligned or justified, without lists and borders: simplify it."
        )
    if look.left or look.right or look.first:
        findings.refuse("footnote", "An indented footnote is not typeset: remove the indent.")
    if any(isinstance(item, (Tab, PageBreak, NoteMark)) for item in items):
        findings.refuse("footnote", "A tab, a page break or another note in a footnote is not typeset: remove it.")
