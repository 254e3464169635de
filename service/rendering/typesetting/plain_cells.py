"""Table cells that hold one paragraph of plain text, as nearly all cells do: read without ado, set as bare strings."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import text_width, unsettable
from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.items import Item, LineBreak, Text
from service.rendering.typesetting.looks import Alignment, ParagraphLook, RunLook
from service.rendering.typesetting.names import W
from service.rendering.typesetting.paragraphs import leading, line_height, tallest_look
from service.rendering.typesetting.table_parts import Cell

_P: Final = W + "p"
_PPR: Final = W + "pPr"
_TCPR: Final = W + "tcPr"
_R: Final = W + "r"
_RPR: Final = W + "rPr"
_T: Final = W + "t"
_BR: Final = W + "br"
_FITS: Final = 0.05
_SOFT_HYPHEN: Final = "\u00ad"


@dataclass(slots=True)
class PlainCell:
    """A cell's one paragraph.

    ``run`` is the look of its first text, or of its mark where it is empty. ``width`` is that of the longest stretch
    between typed line breaks, on one line; ``lines`` is the number of stretches; ``leading`` is what the line spacing
    adds to each line.
    """

    look: ParagraphLook
    text: RunLook
    run: RunLook
    items: list[Item]
    width: float
    lines: int
    leading: float

    def height_within(self, width: float) -> float | None:
        """The height of its text where its lines certainly fit that width, all in one look; else None."""
        if self.width + _FITS >= width or self.run.raised:
            return None
        if any(isinstance(item, Text) and item.look is not self.run for item in self.items):
            return None
        return self.lines * line_height(self.look, self.run) + (self.lines - 1) * self.leading


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What plain cells of one pattern share: their looks, and the looks of their texts between typed line breaks."""

    look: ParagraphLook
    text: RunLook
    run: RunLook
    slots: tuple[RunLook | None, ...]


_OTHER: Final = _Pattern(ParagraphLook(), RunLook(), RunLook(), ())
"""Stands for cells that are not plain."""


class PlainReader:
    """Reads the plain cells of one table; how their like looks is resolved once."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition

    def read(self, cell: Cell) -> PlainCell | None:
        """The cell's text; None for any other cell, which is to be read in full then."""
        pattern = self._composition.styles.recall((cell.pattern, cell.format), lambda: self._pattern(cell) or _OTHER)
        if pattern is _OTHER:
            return None
        items: list[Item] = []
        width, widest = 0.0, 0.0
        texts = cell.element.iter(_T)
        for slot in pattern.slots:
            if slot is None:
                items.append(LineBreak())
                width = 0.0
                continue
            text = text_of(next(texts))
            if _SOFT_HYPHEN in text or unsettable(text, slot):
                return None
            if text:
                items.append(Text(text, slot))
                width += text_width(text, slot)
                widest = max(widest, width)
        self._composition.findings.enter_paragraph(cell.element)
        added = leading(pattern.look, tallest_look(items, pattern.run))
        lines = pattern.slots.count(None) + 1
        return PlainCell(pattern.look, pattern.text, pattern.run, items, widest, lines, added)

    def _pattern(self, cell: Cell) -> _Pattern | None:
        """How the cells of this pattern look; None where they ask for more than plain setting."""
        paragraph = _only_paragraph(cell.element)
        parts = None if paragraph is None else _plain_parts(paragraph)
        if paragraph is None or parts is None:
            return None
        resolved = self._composition.styles.paragraph(paragraph.find(_PPR), cell.format)
        if resolved.problems or not _is_simple(resolved.look):
            return None
        slots: list[RunLook | None] = []
        for properties, is_break in parts:
            look, problems = self._composition.styles.run(properties, resolved.text)
            if problems or look.small_caps:
                return None
            slots.append(None if is_break else look)
        if slots and slots[-1] is None:
            return None
        first = next((slot for slot in slots if slot is not None), resolved.mark)
        return _Pattern(resolved.look, resolved.text, first, tuple(slots))


def _only_paragraph(cell: etree._Element) -> etree._Element | None:
    found = None
    for child in cell:
        if child.tag == _P and found is None:
            found = child
        elif child.tag != _TCPR:
            return None
    return found


def _plain_parts(paragraph: etree._Element) -> list[tuple[etree._Element | None, bool]] | None:
    """The properties of each text, and whether it is a line break; None where anything else stands there."""
    parts: list[tuple[etree._Element | None, bool]] = []
    for child in paragraph:
        if child.tag == _PPR:
            continue
        if child.tag != _R:
            return None
        properties = child.find(_RPR)
        for part in child:
            if part.tag == _T or (part.tag == _BR and not part.attrib):
                parts.append((properties, part.tag == _BR))
            elif part.tag != _RPR:
                return None
    return parts


def _is_simple(look: ParagraphLook) -> bool:
    """Whether alignment, and space above and below, are all that the paragraph sets besides its text."""
    return not (
        look.left or look.right or look.first or look.tabs
        or look.page_break_before
        or look.list_id is not None or look.outline is not None or look.borders or look.shading is not None
        or look.align is Alignment.JUSTIFY
        or not look.widow_control
    )  # fmt: skip
