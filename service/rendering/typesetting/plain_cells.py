"""Table cells that hold one paragraph of plain text, as nearly all cells do: read without ado, set as bare strings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import plain_width, text_width, unsettable
from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.items import Item, LineBreak, Text
from service.rendering.typesetting.looks import Alignment, ParagraphLook, RunLook
from service.rendering.typesetting.names import XML_SPACE, W
from service.rendering.typesetting.paragraphs import leading, line_height, tallest_look
from service.rendering.typesetting.styles import ResolvedParagraph
from service.rendering.typesetting.table_parts import Cell
from service.rendering.typesetting.wrapping import lines_within

_P: Final = W + "p"
_PPR: Final = W + "pPr"
_TCPR: Final = W + "tcPr"
_R: Final = W + "r"
_RPR: Final = W + "rPr"
_T: Final = W + "t"
_BR: Final = W + "br"
FITS: Final = 0.05
"""A text that leaves less room than this many points beside it may break."""
_SOFT_HYPHEN: Final = "\u00ad"


@dataclass(frozen=True, slots=True, eq=False)
class PlainPattern:
    """What plain cells of one pattern share.

    ``run`` is the look of the first text, or of the mark where there is none; ``slots`` are the looks of all texts,
    None between them for a typed line break; ``preserved``: whether the blanks of each text count. ``line`` is the
    height of a line where all texts look alike; ``leading`` is what the line spacing adds to each line; ``room`` is the
    space above and below.
    """

    look: ParagraphLook
    text: RunLook
    run: RunLook
    slots: tuple[RunLook | None, ...]
    preserved: tuple[bool, ...]
    line: float | None
    leading: float
    align: str
    room: tuple[float, float]

    @property
    def single(self) -> bool:
        """Whether one text is all there is."""
        return len(self.slots) == 1

    @property
    def only_lines(self) -> bool:
        """Whether each line is one text, and all of them look alike."""
        return all(slot is (None if number % 2 else self.run) for number, slot in enumerate(self.slots))


@dataclass(slots=True)
class PlainCell:
    """A cell's one paragraph; ``width`` is that of the longest stretch between typed line breaks, on one line."""

    pattern: PlainPattern
    items: list[Item]
    width: float
    leading: float

    @property
    def room(self) -> tuple[float, float]:
        """The space above and below."""
        own = self.pattern
        return own.room if self.leading == own.leading else (own.look.before, own.look.after + self.leading)

    @property
    def only(self) -> Text | None:
        """The one text of a cell that holds nothing else."""
        item = self.items[0] if len(self.items) == 1 else None
        return item if isinstance(item, Text) else None

    def fits(self, width: float) -> bool:
        """Whether every stretch certainly is one line within that width."""
        return self.width + FITS < width

    def height_within(self, width: float) -> float | None:
        """The height of its text where the number of its lines within that width is certain; else None."""
        pattern = self.pattern
        if pattern.line is None:
            return None
        lines: int | None = pattern.slots.count(None) + 1
        if not self.fits(width):
            only = self.only
            certain = only is not None and only.look.raised is None and not only.look.caps
            lines = lines_within(only.text, only.look, width) if certain and only is not None else None
        return None if lines is None else lines * pattern.line + (lines - 1) * self.leading


class PlainReader:
    """Tells plain cells from others; how their like looks is resolved once."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition

    def pattern(self, cell: Cell, element: etree._Element) -> PlainPattern | None:
        """How cells like this one look; None where they ask for more than plain setting."""
        known = cell.pattern.plain
        if cell.format not in known:
            known[cell.format] = self._pattern(cell, element)
        pattern: PlainPattern | None = known[cell.format]
        return pattern

    def _pattern(self, cell: Cell, element: etree._Element) -> PlainPattern | None:
        paragraph = _only_paragraph(element)
        parts = None if paragraph is None else plain_parts(paragraph)
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
        texts = [slot for slot in slots if slot is not None]
        first = texts[0] if texts else resolved.mark
        return _pattern(resolved, first, tuple(slots), element)


def _pattern(
    resolved: ResolvedParagraph, run: RunLook, slots: tuple[RunLook | None, ...], cell: etree._Element
) -> PlainPattern:
    look = resolved.look
    alike = not run.raised and all(slot is run for slot in slots if slot is not None)
    added = leading(look, run)
    return PlainPattern(
        look,
        resolved.text,
        run,
        slots,
        preserved=tuple(text.get(XML_SPACE) == "preserve" for text in cell.iter(_T)),
        line=line_height(look, run) if alike else None,
        leading=added,
        align=look.align.value,
        room=(look.before, look.after + added),
    )


def read_plain(pattern: PlainPattern, element: etree._Element, texts: Sequence[str]) -> PlainCell | None:
    """A cell of this pattern; None where its text asks for more than plain setting.

    ``texts`` are its texts as the file writes them, or none where they are to be read from the cell itself.
    """
    plain = _read_one(pattern, texts[0]) if pattern.single and len(texts) == 1 else None
    return plain or _read_all(pattern, element)


def _read_one(pattern: PlainPattern, written: str) -> PlainCell | None:
    """A cell of one text that its font sets whole; None where that asks for a closer look."""
    text = written if pattern.preserved[0] else written.strip(" ")
    width = None if "&" in text else plain_width(text, pattern.run)  # an entity: the sign itself is in the tree
    if width is None:
        return None
    return PlainCell(pattern, [Text(text, pattern.run)] if text else [], width, pattern.leading)


def _read_all(pattern: PlainPattern, cell: etree._Element) -> PlainCell | None:
    items: list[Item] = []
    width, widest = 0.0, 0.0
    texts = cell.iter(_T)
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
    return PlainCell(pattern, items, widest, leading(pattern.look, tallest_look(items, pattern.run)))


def _only_paragraph(cell: etree._Element) -> etree._Element | None:
    found = None
    for child in cell:
        if child.tag == _P and found is None:
            found = child
        elif child.tag != _TCPR:
            return None
    return found


def plain_parts(paragraph: etree._Element) -> list[tuple[etree._Element | None, bool]] | None:
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
