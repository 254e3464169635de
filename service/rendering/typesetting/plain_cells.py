"""Table cells that hold one paragraph of plain text, as nearly all cells do: read without ado, set as bare strings."""

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import text_width, unsettable
from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.items import Item, LineBreak, Text
from service.rendering.typesetting.looks import Alignment, ParagraphLook, RunLook
from service.rendering.typesetting.names import W
from service.rendering.typesetting.paragraphs import leading, line_height, tallest_look
from service.rendering.typesetting.styles import signature_of
from service.rendering.typesetting.table_styles import TableFormat

_P: Final = W + "p"
_PPR: Final = W + "pPr"
_TCPR: Final = W + "tcPr"
_R: Final = W + "r"
_RPR: Final = W + "rPr"
_T: Final = W + "t"
_BR: Final = W + "br"
_BREAK: Final = "\n"
_FITS: Final = 0.05
_SOFT_HYPHEN: Final = "\u00ad"


@dataclass(frozen=True, slots=True)
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


class PlainReader:
    """Reads the plain cells of one table; how their like looks is resolved once."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._looks: dict[tuple[Any, ...], tuple[ParagraphLook, RunLook, RunLook] | None] = {}

    def read(self, cell: etree._Element, table: TableFormat | None) -> PlainCell | None:
        """The cell's text; None for any other cell, which is to be read in full then."""
        paragraph = _only_paragraph(cell)
        parts = None if paragraph is None else _plain_parts(paragraph)
        if paragraph is None or parts is None:
            return None
        own, runs = parts
        outer = signature_of(own)
        items: list[Item] = []
        first = None
        for properties, text in runs:
            looks = self._resolved(own, outer, properties, table)
            if looks is None or _SOFT_HYPHEN in text or unsettable(text, looks[2]):
                return None
            first = first or looks
            items.append(LineBreak() if text == _BREAK else Text(text, looks[2]))
        first = first or self._empty(own, outer, table)
        if first is None or (items and isinstance(items[-1], LineBreak)):
            return None
        self._composition.findings.enter_paragraph(paragraph)
        stretches = _widths(items)
        added = leading(first[0], tallest_look(items, first[2]))
        return PlainCell(*first, items, max(stretches), len(stretches), added)

    def _empty(
        self, own: etree._Element | None, outer: Any, table: TableFormat | None
    ) -> tuple[ParagraphLook, RunLook, RunLook] | None:
        """The looks of an empty paragraph, whose mark gives it its height."""
        key = (outer, table)
        if key not in self._looks:
            resolved = self._composition.styles.paragraph(own, table)
            plain = not resolved.problems and _is_simple(resolved.look)
            self._looks[key] = (resolved.look, resolved.text, resolved.mark) if plain else None
        return self._looks[key]

    def _resolved(
        self, own: etree._Element | None, outer: Any, properties: etree._Element | None, table: TableFormat | None
    ) -> tuple[ParagraphLook, RunLook, RunLook] | None:
        """The looks of paragraph, its text and a run; None where they ask for more than plain setting."""
        key = (outer, signature_of(properties), table)
        if key not in self._looks:
            resolved = self._composition.styles.paragraph(own, table)
            run, problems = self._composition.styles.run(properties, resolved.text)
            plain = not (resolved.problems or problems or run.small_caps) and _is_simple(resolved.look)
            self._looks[key] = (resolved.look, resolved.text, run) if plain else None
        return self._looks[key]


def _only_paragraph(cell: etree._Element) -> etree._Element | None:
    found = None
    for child in cell:
        if child.tag == _P and found is None:
            found = child
        elif child.tag != _TCPR:
            return None
    return found


def _plain_parts(
    paragraph: etree._Element,
) -> tuple[etree._Element | None, list[tuple[etree._Element | None, str]]] | None:
    """The paragraph's properties, its texts and typed line breaks; None where anything else stands in it."""
    own: etree._Element | None = None
    runs: list[tuple[etree._Element | None, str]] = []
    for child in paragraph:
        tag = child.tag
        if tag == _PPR:
            own = child
        elif tag == _R:
            properties: etree._Element | None = None
            for part in child:
                if part.tag == _T:
                    text = text_of(part)
                    if text:
                        runs.append((properties, text))
                elif part.tag == _RPR:
                    properties = part
                elif part.tag == _BR and not part.attrib:
                    runs.append((properties, _BREAK))
                else:
                    return None
        else:
            return None
    return own, runs


def _widths(items: list[Item]) -> list[float]:
    """The width of each stretch between line breaks."""
    widths = [0.0]
    for item in items:
        if isinstance(item, Text):
            widths[-1] += text_width(item.text, item.look)
        else:
            widths.append(0.0)
    return widths


def _is_simple(look: ParagraphLook) -> bool:
    """Whether alignment, and space above and below, are all that the paragraph sets besides its text."""
    return not (
        look.left or look.right or look.first or look.tabs
        or look.page_break_before
        or look.list_id is not None or look.outline is not None or look.borders or look.shading is not None
        or look.align is Alignment.JUSTIFY
        or not look.widow_control
    )  # fmt: skip
