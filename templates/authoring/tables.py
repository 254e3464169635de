"""Tables in Word: fixed column widths, rows that do not split, header rows marked for screen readers."""

from dataclasses import dataclass

from lxml import etree

from templates.authoring.manuscript import Borders, CellParagraph, Row, RowTag, Table, Tag
from templates.authoring.wordml import el, font_size, tag_paragraph, text_run, twips

_SIDES: dict[Borders, tuple[str, ...]] = {
    Borders.GRID: ("top", "left", "bottom", "right", "insideH", "insideV"),
    Borders.LINES: ("top", "bottom", "insideH"),
    Borders.NONE: (),
}
_CELL_SIDE_MARGIN = 108
_HALF_POINT_RULE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How the paragraphs of a cell are set."""

    style: str
    align: str
    font: float | None


def table(block: Table) -> etree._Element:
    """A ``w:tbl``; one without borders lays out text and is set like block lines."""
    grid = el("tblGrid", *(el("gridCol", w=twips(width)) for width in block.widths))
    return el("tbl", _properties(block), grid, *(_row(row, block) for row in block.rows))


def _properties(block: Table) -> etree._Element:
    rule: dict[str, str | int] = {"val": "single", "sz": _HALF_POINT_RULE, "space": 0, "color": "auto"}
    borders = el("tblBorders", *(el(side, **rule) for side in _SIDES[block.borders]))
    margins = el(
        "tblCellMar",
        el("left", w=_CELL_SIDE_MARGIN, type="dxa"),
        el("right", w=_CELL_SIDE_MARGIN, type="dxa"),
    )
    return el(
        "tblPr",
        el("tblW", w=sum(twips(width) for width in block.widths), type="dxa"),
        borders if len(borders) else None,
        el("tblLayout", type="fixed"),
        margins,
        el("tblCaption", val=block.caption) if block.caption else None,
        el("tblDescription", val=block.description) if block.description else None,
    )


def _row(row: Row | RowTag, block: Table) -> etree._Element:
    if isinstance(row, RowTag):
        span = el("tcPr", el("gridSpan", val=len(block.widths)))
        return el("tr", el("tc", span, tag_paragraph(row.text)))
    properties = el("trPr", el("cantSplit"))
    if row.height:
        rule = "exact" if row.height.exact else "atLeast"
        properties.append(el("trHeight", val=twips(row.height.inches), hRule=rule))
    if row.header:
        properties.append(el("tblHeader"))
    style = "TableHeading" if row.header else "Block" if block.borders is Borders.NONE else "TableText"
    cells = [
        _cell(cell, width, _Setting(style=style, align=align, font=block.font))
        for cell, width, align in zip(row.cells, block.widths, block.align, strict=True)
    ]
    return el("tr", properties, *cells)


def _cell(paragraphs: tuple[CellParagraph | Tag, ...], width: float, setting: _Setting) -> etree._Element:
    cell = el("tc", el("tcPr", el("tcW", w=twips(width), type="dxa")))
    for paragraph in paragraphs:
        if isinstance(paragraph, Tag):
            cell.append(tag_paragraph(paragraph.text))
        else:
            cell.append(_cell_paragraph(paragraph, setting))
    return cell


def _cell_paragraph(paragraph: CellParagraph, setting: _Setting) -> etree._Element:
    align = paragraph.align or setting.align
    properties = el(
        "pPr",
        el("pStyle", val=setting.style),
        el("jc", val=align) if align != "left" else None,
        el("rPr", *font_size(setting.font)) if setting.font else None,
    )
    return el("p", properties, *(text_run(run, setting.font) for run in paragraph.runs))
