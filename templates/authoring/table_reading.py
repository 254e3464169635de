"""A ``:table`` of a manuscript: its options and rows."""

import re
import shlex

from templates.authoring.inline import MarkupFault, read_runs, split_cells
from templates.authoring.manuscript import Borders, CellParagraph, Place, Row, RowHeight, RowTag, Table, Tag

_OPTIONS = {"widths", "header", "borders", "align", "font", "caption", "description", "heights"}
_ROW_TAG = re.compile(r"\{%tr .*?%\}")
_PARAGRAPH_TAG = re.compile(r"\{%p .*?%\}")
_ALIGNED = re.compile(r"<<(left|center|right)>>\s*(.*)")
_ALIGNMENTS = {"left", "center", "right"}


def read_table(options: str, lines: list[str], place: Place) -> Table:
    """The table that the options behind ``:table`` and the lines up to ``:end`` describe.

    Raises:
        MarkupFault: An unknown option, an option that cannot be read, or a row with too many or too few cells.
    """
    given = _read_options(options)
    widths = tuple(_number(width) for width in given.get("widths", "").split(","))
    align = tuple(given["align"].split(",")) if "align" in given else ("left",) * len(widths)
    if len(align) != len(widths) or not set(align) <= _ALIGNMENTS:
        raise MarkupFault("align names left, center or right once a column.")
    if given.get("borders", Borders.GRID) not in set(Borders):
        raise MarkupFault("borders is grid, lines or none.")
    return Table(
        widths=widths,
        align=align,
        borders=Borders(given.get("borders", Borders.GRID)),
        font=_number(given["font"]) if "font" in given else None,
        caption=given.get("caption"),
        description=given.get("description"),
        rows=_rows(lines, len(widths), int(_number(given.get("header", "0"))), _heights(given.get("heights"))),
        place=place,
    )


def _read_options(options: str) -> dict[str, str]:
    try:
        words = shlex.split(options, posix=True)
    except ValueError as fault:
        raise MarkupFault("an option's quotation mark is not closed.") from fault
    given: dict[str, str] = {}
    for word in words:
        name, _, setting = word.partition("=")
        if name not in _OPTIONS or not setting:
            raise MarkupFault(
                f"{name} is no table option; known are {', '.join(sorted(_OPTIONS))}, each as name=value."
            )
        given[name] = setting
    return given


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as fault:
        raise MarkupFault(f"{text or 'nothing'} stands where a number belongs.") from fault


def _heights(setting: str | None) -> list[RowHeight]:
    if setting is None:
        return []
    return [RowHeight(inches=_number(text.rstrip("!")), exact=text.endswith("!")) for text in setting.split(",")]


def _rows(lines: list[str], columns: int, headers: int, heights: list[RowHeight]) -> tuple[Row | RowTag, ...]:
    rows: list[Row | RowTag] = []
    count = 0
    for line in _joined(lines):
        if _ROW_TAG.fullmatch(line):
            rows.append(RowTag(text=line))
            continue
        cells = split_cells(line)
        if len(cells) != columns:
            raise MarkupFault(f"row {count + 1} has {len(cells)} cells, the table {columns} columns.")
        height = heights[count] if count < len(heights) and heights[count].inches else None
        rows.append(Row(cells=tuple(_cell(cell) for cell in cells), header=count < headers, height=height))
        count += 1
    if count == 0:
        raise MarkupFault("a table needs a row.")
    return tuple(rows)


def _joined(lines: list[str]) -> list[str]:
    """Rows, a line that ends in a backslash joined with the next."""
    rows: list[str] = []
    carried = ""
    for line in lines:
        if line.endswith("\\"):
            carried += line[:-1].rstrip() + " "
        elif carried or line:
            rows.append(carried + line)
            carried = ""
    return [*rows, carried] if carried else rows


def _cell(text: str) -> tuple[CellParagraph | Tag, ...]:
    return tuple(_cell_paragraph(part.strip()) for part in text.split("<<p>>"))


def _cell_paragraph(text: str) -> CellParagraph | Tag:
    if _PARAGRAPH_TAG.fullmatch(text):
        return Tag(text=text)
    if re.search(r"\{%(?:p|tr|tc) ", text):
        raise MarkupFault("in a cell a {%p … %} tag is set apart with <<p>>; a {%tr … %} tag has its own line.")
    aligned = _ALIGNED.fullmatch(text)
    align, words = (aligned[1], aligned[2]) if aligned else (None, text)
    return CellParagraph(runs=read_runs(words), align=align)
