"""Table cells that hold one paragraph of plain text, as nearly all cells do: read without ado, set as bare strings."""

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import text_width, unsettable
from service.rendering.typesetting.inline_text import text_of
from service.rendering.typesetting.items import Text
from service.rendering.typesetting.looks import SINGLE, Alignment, LineRule, ParagraphLook, RunLook
from service.rendering.typesetting.names import W
from service.rendering.typesetting.paragraphs import line_height
from service.rendering.typesetting.styles import signature_of
from service.rendering.typesetting.table_styles import TableFormat

_P: Final = W + "p"
_PPR: Final = W + "pPr"
_TCPR: Final = W + "tcPr"
_R: Final = W + "r"
_RPR: Final = W + "rPr"
_T: Final = W + "t"
_FITS: Final = 0.05
_SOFT_HYPHEN: Final = "\u00ad"


@dataclass(frozen=True, slots=True)
class PlainCell:
    """A cell's one paragraph. ``width``: that of its text on one line."""

    look: ParagraphLook
    text: RunLook
    items: list[Text]
    width: float

    def height_within(self, width: float) -> float | None:
        """Its height where it certainly takes one line of that width, all in one look; else None."""
        first = self.items[0].look
        if self.width + _FITS >= width or first.raised or any(item.look is not first for item in self.items):
            return None
        return line_height(self.look, first)


class PlainReader:
    """Reads the plain cells of one table; how their like looks is resolved once."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._looks: dict[tuple[Any, ...], tuple[ParagraphLook, RunLook, RunLook] | None] = {}

    def read(self, cell: etree._Element, table: TableFormat | None) -> PlainCell | None:
        """The cell's text; None for any other cell, which is to be read in full then."""
        paragraph = _only_paragraph(cell)
        if paragraph is None:
            return None
        own, runs = _plain_runs(paragraph)
        outer = signature_of(own)
        items: list[Text] = []
        looks = None
        for properties, text in runs:
            looks = self._resolved(own, outer, properties, table)
            if looks is None or _SOFT_HYPHEN in text or unsettable(text, looks[2]):
                return None
            items.append(Text(text, looks[2]))
        if looks is None:
            return None
        self._composition.findings.enter_paragraph(paragraph)
        return PlainCell(looks[0], looks[1], items, sum([text_width(item.text, item.look) for item in items]))

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


def _plain_runs(
    paragraph: etree._Element,
) -> tuple[etree._Element | None, list[tuple[etree._Element | None, str]]]:
    """The paragraph's properties and the text of its runs; no runs where anything but text stands in it."""
    own, runs = None, []
    for child in paragraph:
        tag = child.tag
        if tag == _PPR:
            own = child
        elif tag == _R:
            properties, text = None, ""
            for part in child:
                if part.tag == _T:
                    text += text_of(part)
                elif part.tag == _RPR:
                    properties = part
                else:
                    return own, []
            if text:
                runs.append((properties, text))
        else:
            return own, []
    return own, runs


def _is_simple(look: ParagraphLook) -> bool:
    """Whether alignment is all that the paragraph sets, besides its text."""
    return not (
        look.left or look.right or look.first or look.before or look.after or look.tabs
        or look.page_break_before
        or look.list_id is not None or look.outline is not None or look.borders or look.shading is not None
        or look.align is Alignment.JUSTIFY or (look.rule is LineRule.AUTO and look.line > SINGLE)
        or not look.widow_control
    )  # fmt: skip
