"""Paragraphs of nothing but text, as most are: what they look like is found once for all that differ in words alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import unsettable
from service.rendering.typesetting.inline_text import as_shown
from service.rendering.typesetting.items import Item, LineBreak, Text
from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.names import XML_SPACE, W
from service.rendering.typesetting.plain_cells import plain_parts
from service.rendering.typesetting.row_likeness import is_wordless, likeness_of
from service.rendering.typesetting.styles import ResolvedParagraph
from service.rendering.typesetting.table_styles import TableFormat


@dataclass(frozen=True, slots=True, eq=False)
class _LikeParagraph:
    """What like paragraphs share: ``slots`` are the looks of their texts, None between them for a typed line break.

    ``preserved``: whether the blanks of each text count. Nothing is resolved of paragraphs that hold more than text.
    """

    resolved: ResolvedParagraph | None = None
    slots: tuple[RunLook | None, ...] = ()
    preserved: tuple[bool, ...] = ()


def read_like(composition: Composition, element: etree._Element) -> tuple[ResolvedParagraph, list[Item]] | None:
    """How a paragraph looks, and its items; None where it holds more than text, or a fault, and is to be read in full.

    One that itself bears marks by which Word compares documents is like no other; those of its runs are not looked at.
    """
    if element.attrib:
        return None
    likeness, texts = likeness_of(element)
    table = composition.place.table
    shared = composition.styles.recall(
        ("paragraph", likeness, table), lambda: _read(composition, element, table), lambda: is_wordless(element, texts)
    )
    items = _items(shared, texts)
    return None if items is None or shared.resolved is None else (shared.resolved, items)


def _read(composition: Composition, element: etree._Element, table: TableFormat | None) -> _LikeParagraph:
    parts = plain_parts(element)
    texts = list(element.iter(W + "t"))
    if parts is None or any(not text.text or len(text) for text in texts):
        return _LikeParagraph()
    resolved = composition.styles.paragraph(next(element.iterchildren(W + "pPr"), None), table)
    if resolved.problems:
        return _LikeParagraph()
    slots: list[RunLook | None] = []
    for properties, is_break in parts:
        look, problems = composition.styles.run(properties, resolved.text)
        if problems:
            return _LikeParagraph()
        slots.append(None if is_break else look)
    preserved = tuple(text.get(XML_SPACE) == "preserve" for text in texts)
    return _LikeParagraph(resolved, tuple(slots), preserved)


def _items(shared: _LikeParagraph, texts: Sequence[str]) -> list[Item] | None:
    if len(texts) != len(shared.preserved):
        return None
    items: list[Item] = []
    read = zip(texts, shared.preserved, strict=True)
    for look in shared.slots:
        if look is None:
            items.append(LineBreak())
            continue
        written, preserved = next(read)
        text = as_shown(written, preserved=preserved)
        if "&" in text or unsettable(text, look):  # an entity: the sign itself is in the tree
            return None
        if text:
            items.append(Text(text, look))
    return items
