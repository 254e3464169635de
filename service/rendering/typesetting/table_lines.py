"""The rules of a table, settled once for every edge."""

from collections.abc import Mapping, Sequence
from typing import Final

from service.rendering.typesetting.looks import Border
from service.rendering.typesetting.table_parts import Cell, Lines

_FACING: Final = {"top": "bottom", "left": "right", "bottom": "top", "right": "left"}


class LineSetter:
    """Draws the lines of cells: a cell's own goes before the table's; of two neighbours' the wider one is drawn."""

    def __init__(self, cells: Sequence[Cell], rows: int, columns: int, borders: Mapping[str, Border | None]) -> None:
        self._cells = cells
        self._rows = rows
        self._columns = columns
        self._borders = borders
        self._plain = not any(cell.own_lines for cell in cells)
        self._known: dict[tuple[bool, bool, bool, bool], Lines] = {}
        self._alike: dict[Lines, Lines] = {}
        self._owner = {} if self._plain else _owners(cells)

    def draw(self) -> None:
        """Settle the lines of every cell."""
        for cell in self._cells:
            bottom, right = cell.row + cell.rows, cell.column + cell.columns
            edges = (cell.row == 0, cell.column == 0, bottom >= self._rows, right >= self._columns)
            if self._plain:
                if edges not in self._known:
                    self._known[edges] = self._of_table(edges)
                cell.lines = self._known[edges]
            else:
                names = self._names(edges)
                around = ((cell.row - 1, cell.column), (cell.row, cell.column - 1), (bottom, cell.column),
                          (cell.row, right))  # fmt: skip
                sides = zip(_FACING, names, around, strict=True)
                lines = tuple(self._settled(cell, side, name, place) for side, name, place in sides)
                cell.lines = self._alike.setdefault(lines, lines)

    def _of_table(self, edges: tuple[bool, bool, bool, bool]) -> Lines:
        return tuple(self._borders.get(name) for name in self._names(edges))

    @staticmethod
    def _names(edges: tuple[bool, bool, bool, bool]) -> list[str]:
        """Which of the table's borders lies on each side of a cell."""
        inner = ("insideH", "insideV", "insideH", "insideV")
        return [side if at_edge else within for side, within, at_edge in zip(_FACING, inner, edges, strict=True)]

    def _settled(self, cell: Cell, side: str, name: str, place: tuple[int, int]) -> Border | None:
        own = cell.own_lines.get(side, self._borders.get(name))
        neighbour = self._owner.get(place)
        other = own if neighbour is None else neighbour.own_lines.get(_FACING[side], self._borders.get(name))
        return max((each for each in (own, other) if each is not None), key=lambda line: line.width, default=None)


def _owners(cells: Sequence[Cell]) -> dict[tuple[int, int], Cell]:
    """The cell that covers each place of the grid."""
    return {
        (row, column): cell
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
