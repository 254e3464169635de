"""Reading a table: its columns, its rows, which cells span what, and the line on every edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from lxml import etree

from service.rendering.typesetting.attributes import Partial, read_children, value_of
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.table_properties import (
    CELL_READERS,
    INVISIBLE_CELL,
    INVISIBLE_ROW,
    INVISIBLE_TABLE,
    ROW_READERS,
    TABLE_READERS,
)

Side = Literal["top", "left", "bottom", "right"]
_WORD_MARGINS: Final[Mapping[str, float]] = {"left": 5.4, "right": 5.4, "top": 0.0, "bottom": 0.0}
"""Cell margins where nothing sets them: 0.08 inch at the sides (ECMA-376-1, 17.4.42)."""
_CLOSE: Final = 2.0
"""Widths that differ by less than this many points are taken for one."""
_MAX_SPAN: Final = 63
_INVISIBLE_IN_TABLE: Final = frozenset({"tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd", "proofErr"})
_INVISIBLE_IN_ROW: Final = frozenset({"trPr", "bookmarkStart", "bookmarkEnd", "proofErr"})


@dataclass(slots=True, kw_only=True)
class Cell:
    """One cell and where it lies in the grid; ``lines`` holds the rule on each of its edges."""

    element: etree._Element
    row: int
    column: int
    columns: int
    rows: int = 1
    continues: bool = False
    vertical: str = "top"
    fill: str | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    own_lines: Mapping[str, Border | None] = field(default_factory=dict)
    preferred: float | None = None
    lines: dict[Side, Border | None] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Row:
    """One row; ``height`` in points, exact or at least."""

    cells: list[Cell]
    header: bool
    whole: bool
    height: float | None
    exact: bool


@dataclass(slots=True, kw_only=True)
class Table:
    """A table as it is to be set. ``headers`` counts the leading rows that repeat on every page."""

    widths: list[float]
    rows: list[Row]
    headers: int
    align: Alignment
    indent: float
    margins: Mapping[str, float]
    style: str | None

    @property
    def is_layout(self) -> bool:
        """Whether it only places text: no header row and no rule anywhere, so a reader is not told of a table."""
        return not self.headers and not any(
            line for row in self.rows for cell in row.cells for line in cell.lines.values()
        )


class TableReader:
    """Reads one table; what cannot be carried over is noted at the place of the paragraph before it."""

    def __init__(self, composition: Composition, element: etree._Element) -> None:
        self._composition = composition
        self._findings = composition.findings
        self._element = element

    def read(self) -> Table:
        """The table with all spans and lines resolved."""
        style, properties = self._properties()
        grid = self._element.find(W + "tblGrid")
        columns = [] if grid is None else [read_column(each) for each in grid]
        if not columns or None in columns:
            self._refuse("A table has no column widths: set fixed column widths.")
        rows = [
            self._row(number, element)
            for number, element in enumerate(self._children(self._element, "tr", _INVISIBLE_IN_TABLE))
        ]
        widths = [width or 0.0 for width in columns]
        _fold_merges(rows, self._refuse)
        table = Table(
            widths=widths,
            rows=rows,
            headers=_leading_headers(rows),
            align=properties.get("align", Alignment.LEFT),
            indent=properties.get("indent", 0.0),
            margins={**_WORD_MARGINS, **properties.get("margins", {})},
            style=style,
        )
        self._check_widths(table, properties)
        _draw_lines(table, properties.get("borders", {}))
        return table

    def _properties(self) -> tuple[str | None, Partial]:
        """The table's own properties over those of its style and of the styles that one is based on."""
        own = self._element.find(W + "tblPr")
        named = None if own is None else value_of(own.find(W + "tblStyle"))
        style = named or self._composition.styles.default("table")
        chain: list[etree._Element] = [] if own is None else [own]
        current, seen = style, set[str]()
        while current is not None and current not in seen:
            seen.add(current)
            element = self._composition.styles.element(current)
            if element is None:
                break
            if element.find(W + "tblStylePr") is not None or element.find(W + "trPr") is not None:
                self._refuse(
                    f"The table style “{current}” formats rows by itself: use “Table Grid” and format the cells."
                )
            chain += element.iterchildren(W + "tblPr")
            current = value_of(element.find(W + "basedOn"))
        merged: Partial = {}
        for each in reversed(chain):
            partial, problems = read_children(each, TABLE_READERS, INVISIBLE_TABLE)
            self._findings.refuse_all(problems)
            for member in ("borders", "margins"):
                if member in partial and member in merged:
                    partial[member] = {**merged[member], **partial[member]}
            merged |= partial
        return style, merged

    def _children(self, parent: etree._Element, wanted: str, invisible: frozenset[str]) -> list[etree._Element]:
        found = []
        for child in parent:
            name = short(child)
            if name == wanted:
                found.append(child)
            elif name == "sdt":
                for content in child.iterchildren(W + "sdtContent"):
                    found += self._children(content, wanted, invisible)
            elif name not in invisible:
                self._refuse(f"<{name.rpartition('}')[2]}> in a table is not typeset: replace it by plain cells.")
        return found

    def _row(self, number: int, element: etree._Element) -> Row:
        properties: Partial = {}
        for each in element.iterchildren(W + "trPr"):
            properties, problems = read_children(each, ROW_READERS, INVISIBLE_ROW)
            self._findings.refuse_all(problems)
        if properties.get("skipped") or properties.get("left_over"):
            self._refuse("A table row does not begin and end with its table: fill it with empty cells.")
        cells, column = [], 0
        for each in self._children(element, "tc", _INVISIBLE_IN_ROW):
            cell = self._cell(each, number, column)
            cells.append(cell)
            column += cell.columns
        return Row(
            cells=cells,
            header=properties.get("header", False),
            whole=properties.get("whole", False),
            height=properties.get("height"),
            exact=properties.get("exact", False),
        )

    def _cell(self, element: etree._Element, row: int, column: int) -> Cell:
        found = element.find(W + "tcPr")
        properties: Partial = {}
        if found is not None:
            properties, problems = read_children(found, CELL_READERS, INVISIBLE_CELL)
            self._findings.refuse_all(problems)
        columns = properties.get("columns") or 1
        if not 1 <= columns <= _MAX_SPAN:
            self._refuse("A cell spans more columns than a table may have: merge the cells again.")
        return Cell(
            element=element,
            row=row,
            column=column,
            columns=min(max(columns, 1), _MAX_SPAN),
            continues=properties.get("merge") == "continue",
            vertical=properties.get("vertical", "top"),
            fill=properties.get("fill"),
            margins=properties.get("margins", {}),
            own_lines=properties.get("borders", {}),
            preferred=properties.get("width"),
        )

    def _check_widths(self, table: Table, properties: Mapping[str, Any]) -> None:
        """Word may widen columns to fit their text unless the layout is fixed or every cell says how wide it is."""
        for row in table.rows:
            end = sum(cell.columns for cell in row.cells)
            if end != len(table.widths):
                self._refuse("A table row has more or fewer cells than the table has columns: mend the table in Word.")
                return
            for cell in row.cells:
                width = sum(table.widths[cell.column : cell.column + cell.columns])
                unknown = cell.preferred is None and not properties.get("fixed", False)
                if unknown or (cell.preferred is not None and abs(cell.preferred - width) > _CLOSE):
                    self._refuse("The cells of a table are not as wide as its columns: set fixed column widths.")
                    return

    def _refuse(self, message: str) -> None:
        self._findings.refuse("table", message)


def read_column(element: etree._Element) -> float | None:
    """The width of a grid column, in points."""
    width = element.get(W + "w", "")
    return int(width) / 20 if width.isdigit() else None


def _leading_headers(rows: list[Row]) -> int:
    """Only rows at the head of a table repeat; Word ignores the mark further down (ECMA-376-1, 17.4.78)."""
    return next((number for number, row in enumerate(rows) if not row.header), len(rows))


def _fold_merges(rows: list[Row], refuse: Any) -> None:
    """Give cells that continue the one above to the cell they continue."""
    for number in range(len(rows) - 1, 0, -1):
        for cell in rows[number].cells:
            if not cell.continues:
                continue
            above = next(
                (each for each in rows[number - 1].cells if (each.column, each.columns) == (cell.column, cell.columns)),
                None,
            )
            if above is None:
                refuse("A merged cell has no cell to continue: merge the cells again.")
            else:
                above.rows += cell.rows
    if rows and any(cell.continues for cell in rows[0].cells):
        refuse("A merged cell has no cell to continue: merge the cells again.")


def _draw_lines(table: Table, borders: Mapping[str, Border | None]) -> None:
    """Settle every edge once: a cell's own line goes before the table's, of two neighbours' the wider one is drawn."""
    owner = {
        (row, column): cell
        for each in table.rows
        for cell in each.cells
        if not cell.continues
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    last_row, last_column = len(table.rows), len(table.widths)
    for cell in {id(each): each for each in owner.values()}.values():
        bottom, right = cell.row + cell.rows, cell.column + cell.columns
        neighbours: dict[Side, tuple[Side, str, Cell | None]] = {
            "top": ("bottom", "insideH" if cell.row else "top", owner.get((cell.row - 1, cell.column))),
            "left": ("right", "insideV" if cell.column else "left", owner.get((cell.row, cell.column - 1))),
            "bottom": ("top", "insideH" if bottom < last_row else "bottom", owner.get((bottom, cell.column))),
            "right": ("left", "insideV" if right < last_column else "right", owner.get((cell.row, right))),
        }
        for side, (facing, of_table, neighbour) in neighbours.items():
            own = cell.own_lines.get(side, borders.get(of_table))
            other = own if neighbour is None else neighbour.own_lines.get(facing, borders.get(of_table))
            cell.lines[side] = max(
                (each for each in (own, other) if each is not None), key=lambda line: line.width, default=None
            )
