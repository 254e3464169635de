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


@dataclass(frozen=True, slots=True, eq=False)
class RowPattern:
    """What rows share that differ in nothing but the characters of their text: their properties, their cells'.

    ``keeps``: whether its first paragraph asks to stay with what follows.
    """

    properties: Partial
    problems: tuple[Problem, ...]
    cells: tuple[CellPattern, ...]
    keeps: bool


@dataclass(slots=True)
class Cell:
    """One cell and where it lies in the grid; ``lines`` holds the rules above, left, below and right.

    ``texts`` are its texts as the file writes them, with entities for signs; see :mod:`.row_likeness`.
    """

    element: etree._Element
    pattern: CellPattern
    texts: Sequence[str]
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


@dataclass(slots=True, kw_only=True)
class Row:
    """One row; ``height`` in points, exact or at least."""

    cells: list[Cell]
    keeps: bool
    header: bool
    whole: bool
    height: float | None
    exact: bool


@dataclass(slots=True, kw_only=True)
class Table:
    """A table as it is to be set. ``headers`` counts the leading header rows, which may repeat on every page."""

    widths: list[float]
    rows: list[Row]
    headers: int
    repeats: bool
    align: Alignment
    indent: float
    margins: Mapping[str, float]

    @property
    def is_layout(self) -> bool:
        """Whether it only places text: no header row and no rule anywhere, so a reader is not told of a table."""
        return not self.headers and not any(any(cell.lines) for row in self.rows for cell in row.cells)

    @property
    def kind(self) -> str:
        """The compiler's word for it."""
        return "grid" if self.is_layout else "table"

    def width_of(self, cell: Cell) -> float:
        """The width of all columns that a cell spans."""
        if cell.columns == 1:
            return self.widths[cell.column] if cell.column < len(self.widths) else 0.0
        return sum(self.widths[cell.column : cell.column + cell.columns])
