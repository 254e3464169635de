"""The parts of a table as it is to be set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from service.rendering.typesetting.attributes import Partial
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.table_styles import TableFormat

Lines = tuple[Border | None, ...]
"""The rules above, left, below and right of a cell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellPattern:
    """What cells share that differ in nothing but the characters of their text; two patterns are never equal."""

    properties: Partial
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class Cell:
    """One cell and where it lies in the grid; ``lines`` holds the rules above, left, below and right."""

    element: etree._Element
    pattern: CellPattern
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
    share: float | None = None
    format: TableFormat | None = None
    lines: Lines = (None, None, None, None)


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

    def width_of(self, cell: Cell) -> float:
        """The width of all columns that a cell spans."""
        if cell.columns == 1:
            return self.widths[cell.column] if cell.column < len(self.widths) else 0.0
        return sum(self.widths[cell.column : cell.column + cell.columns])
