"""Tables in Word: fixed column widths, rows that do not split, header rows marked for screen readers."""

from lxml import etree

from templates.authoring.manuscript import Borders, CellParagraph, Row, RowTag, Table, Tag
from templates.authoring.wordml import el, font_size, tag_paragraph, text_run, twips

_SIDES = {
    Borders.GRID: ("top", "left", "bottom", "right", "insideH", "insideV"),
    Borders.LINES: ("top", "bottom", "insideH"),
    Borders.NONE: (),
}
_CELL_SIDE_MARGIN = 108


def table(block: Table) -> etree._Element:
    """A ``w:tbl``."""
    grid = el("tblGrid", *(el("gridCol", w=twips(width)) for width in block.widths))
    return el("tbl", _properties(block), grid, *(_row(row, block) for row in block.rows))


def _properties(block: Table) -> etree._Element:
    borders = el("tblBorders", *(el(side, val="single", sz=4, space=0, color="auto") for side in _SIDES[block.borders]))
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
    cells = [
        _cell(cell, width, align, block.font, header=row.header)
        for cell, width, align in zip(row.cells, block.widths, block.align, strict=True)
    ]
    return el("tr", properties, *cells)


def _cell(
    paragraphs: tuple[CellParagraph | Tag, ...], width: float, align: str, font: float | None, *, header: bool
) -> etree._Element:
    cell = el("tc", el("tcPr", el("tcW", w=twips(width), type="dxa")))
    for paragraph in paragraphs:
        if isinstance(paragraph, Tag):
            cell.append(tag_paragraph(paragraph.text))
        else:
            cell.append(_cell_paragraph(paragraph, align, font, header=header))
    return cell


def _cell_paragraph(paragraph: CellParagraph, align: str, font: float | None, *, header: bool) -> etree._Element:
    chosen = paragraph.align or align
    properties = el(
        "pPr",
        el("pStyle", val="TableHeading" if header else "TableText"),
        el("jc", val=chosen) if chosen != "left" else None,
        el("rPr", *font_size(font)) if font else None,
    )
    return el("p", properties, *(text_run(run, font) for run in paragraph.runs))
