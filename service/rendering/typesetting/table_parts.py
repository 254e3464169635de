"""The parts of a table as it is to be set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from service.rendering.typesetting.attributes import Partial
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.table_styles import TableFormat

Lines = tuple[Border | None, ...]
"""The rules above, left, below and right of a cell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellPattern:
    """What cells share that differ in nothing but the characters of their text.

    ``texts`` says which of their row's texts are theirs; ``plain`` is kept by :mod:`.plain_cells`, for each format that
    the cells may stand in.
    """

    properties: Partial
    problems: tuple[Problem, ...]
    texts: slice
    plain: dict[TableFormat | None, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowPattern:
    """What rows share that differ in nothing but the characters of their text: their properties, their cells'.

    ``texts`` is their number; None where a text can only be read from the row itself. ``keeps``: whether its first
    paragraph asks to stay with what follows. ``height`` is in points, exact or at least.
    """

    problems: tuple[Problem, ...] = ()
    cells: tuple[CellPattern, ...] = ()
    texts: int | None = None
    keeps: bool = False
    header: bool = False
    whole: bool = False
    height: float | None = None
    exact: bool = False


@dataclass(slots=True, eq=False)
class Cell:
    """One cell and where it lies in the grid; ``lines`` holds the rules above, left, below and right.

    Where rows share their cells, ``row`` is the first of them.
    """

    pattern: CellPattern
    row: int
    column: int
    columns: int
    continues: bool
    vertical: str
    fill: str | None
    margins: Mapping[str, float]
    own_lines: Mapping[str, Border | None]
    rows: int = 1
    format: TableFormat | None = None
    lines: Lines = (None, None, None, None)


@dataclass(frozen=True, slots=True, eq=False)
class RowShape:
    """A pattern and its cells, which rows share that differ in nothing else and lie between the same rules."""

    pattern: RowPattern
    cells: list[Cell]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row; ``texts`` are written as in the file, with entities for signs; see :mod:`.row_likeness`."""

    element: etree._Element
    texts: Sequence[str]
    shape: RowShape


@dataclass(slots=True, kw_only=True)
class Table:
    """A table as it is to be set.

    ``shapes`` are those of its rows, in the order of their first rows. ``headers`` counts the leading header rows,
    which may repeat on every page.
    """

    widths: list[float]
    rows: list[Row]
    shapes: list[RowShape]
    headers: int
    repeats: bool
    align: Alignment
    indent: float
    margins: Mapping[str, float]

    @property
    def is_layout(self) -> bool:
        """Whether it only places text: no header row and no rule anywhere, so a reader is not told of a table."""
        return not self.headers and not any(any(cell.lines) for shape in self.shapes for cell in shape.cells)

    @property
    def kind(self) -> str:
        """The compiler's word for it."""
        return "grid" if self.is_layout else "table"

    def width_of(self, cell: Cell) -> float:
        """The width of all columns that a cell spans."""
        if cell.columns == 1:
            return self.widths[cell.column] if cell.column < len(self.widths) else 0.0
        return sum(self.widths[cell.column : cell.column + cell.columns])
