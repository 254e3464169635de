"""``word/document.xml``: the blocks of a manuscript as Word paragraphs, tables and sections."""

from dataclasses import dataclass, field

from lxml import etree

from templates.authoring.manuscript import (
    Block,
    Kind,
    Manuscript,
    ManuscriptRefused,
    Orientation,
    PageBreak,
    Paragraph,
    Place,
    SectionBreak,
    Table,
    Tag,
)
from templates.authoring.numbering import FIRST_RESTART_NUM_ID
from templates.authoring.styles import ALLEGATIONS_NUM_ID
from templates.authoring.tables import table
from templates.authoring.wordml import R, el, flag, serialize, tag_paragraph, text_run, twips

_SHORT_SIDE = 8.5
_LONG_SIDE = 11.0
_MARGIN = 1.0
_LEVEL = {Kind.ALLEGATION: 0, Kind.SUBALLEGATION: 1}
FOOTER_RELATION = {Orientation.PORTRAIT: "rId4", Orientation.LANDSCAPE: "rId5"}
HEADER_RELATION = "rId3"


def text_width(orientation: Orientation) -> float:
    """Inches between the margins."""
    return (_SHORT_SIDE if orientation is Orientation.PORTRAIT else _LONG_SIDE) - 2 * _MARGIN


def document_part(manuscript: Manuscript) -> bytes:
    """The main document.

    Raises:
        ManuscriptRefused: A page break that no paragraph follows, or a table wider than its page's text.
    """
    return serialize(el("document", _Setter(blocks=manuscript.blocks).body()))


@dataclass(slots=True)
class _Setter:
    """Sets block after block; knows what a later block needs of an earlier one."""

    blocks: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT
    num_id: int = ALLEGATIONS_NUM_ID
    restarts: int = 0
    depth: int = 0
    break_page: PageBreak | None = None
    set_blocks: list[etree._Element] = field(default_factory=list)
    last: Block | None = None

    def body(self) -> etree._Element:
        for index, block in enumerate(self.blocks):
            self._set(block, self._following(index))
            self.last = block
        if self.break_page:
            raise _refused(self.break_page.place, "no paragraph follows this page break.")
        if isinstance(self._last_on_page(), Table):
            self.set_blocks.append(_spacer())
        return el("body", *self.set_blocks, _section(self.orientation))

    def _following(self, index: int) -> Block | None:
        return next((block for block in self.blocks[index + 1 :] if not isinstance(block, Tag)), None)

    def _last_on_page(self) -> Block | None:
        return next((block for block in reversed(self.blocks) if not isinstance(block, Tag)), None)

    def _set(self, block: Block, following: Block | None) -> None:
        match block:
            case Tag():
                self._set_tag(block)
            case PageBreak():
                self.break_page = block
            case SectionBreak():
                self._set_section(block)
            case Table():
                self._set_table(block, following)
            case Paragraph():
                self._set_paragraph(block, following)

    def _set_tag(self, tag: Tag) -> None:
        word = tag.text.removeprefix("{%p").split()[0]
        if word in {"if", "for"}:
            self.depth += 1
        elif word in {"endif", "endfor"}:
            self.depth -= 1
        self.set_blocks.append(tag_paragraph(tag.text))

    def _set_section(self, section: SectionBreak) -> None:
        """The section that ends here keeps its sheets in its last paragraph, which no condition may take away."""
        if not isinstance(self.last, Paragraph) or self.depth > 0:
            self.set_blocks.append(_spacer())
        properties = self.set_blocks[-1][0]
        properties.append(_section(self.orientation))
        self.orientation = section.orientation

    def _set_table(self, block: Table, following: Block | None) -> None:
        if self.break_page:
            raise _refused(block.place, "a page break stands before this table; put a paragraph between them.")
        if sum(block.widths) > text_width(self.orientation) + 0.001:
            width = text_width(self.orientation)
            raise _refused(block.place, f"the table is wider than the {width} in. between the margins.")
        self.set_blocks.append(table(block))
        if isinstance(following, Table):
            self.set_blocks.append(_spacer())

    def _set_paragraph(self, block: Paragraph, following: Block | None) -> None:
        within_signature = block.kind is Kind.SIGNATURE and (
            isinstance(following, Paragraph) and following.kind is Kind.SIGNATURE
        )
        if block.restart:
            self.num_id = FIRST_RESTART_NUM_ID + self.restarts
            self.restarts += 1
        properties = el(
            "pPr",
            el("pStyle", val=block.kind),
            flag("keepNext", on=block.keep_next or within_signature),
            flag("pageBreakBefore", on=self.break_page is not None),
        )
        if block.kind in _LEVEL and self.num_id != ALLEGATIONS_NUM_ID:
            level = el("ilvl", val=_LEVEL[block.kind])
            properties.append(el("numPr", level, el("numId", val=self.num_id)))
        self.break_page = None
        self.set_blocks.append(el("p", properties, *(text_run(run) for run in block.runs)))


def _refused(place: Place, message: str) -> ManuscriptRefused:
    return ManuscriptRefused((f"{place}: {message}",))


def _spacer() -> etree._Element:
    return el("p", el("pPr", el("pStyle", val="Spacer")))


def _section(orientation: Orientation) -> etree._Element:
    upright = orientation is Orientation.PORTRAIT
    wide, high = (_SHORT_SIDE, _LONG_SIDE) if upright else (_LONG_SIDE, _SHORT_SIDE)
    size = el("pgSz", w=twips(wide), h=twips(high))
    if not upright:
        size.set(f"{{{size.nsmap['w']}}}orient", "landscape")
    edge = twips(_MARGIN)
    margins = el("pgMar", top=edge, right=edge, bottom=edge, left=edge, header=edge // 2, footer=edge // 2, gutter=0)
    references = (
        _reference("headerReference", HEADER_RELATION),
        _reference("footerReference", FOOTER_RELATION[orientation]),
    )
    return el("sectPr", *references, size, margins)


def _reference(name: str, relation: str) -> etree._Element:
    reference = el(name, type="default")
    reference.set(f"{{{R}}}id", relation)
    return reference
