"""Setting tables. A table without header row and without rules becomes a grid: it only places text."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.markup import arguments, array, block, paint, points, stroke
from service.rendering.typesetting.names import W
from service.rendering.typesetting.table_grid import Cell, Row, Table, TableReader

BlockSetter = Callable[[Iterable[etree._Element]], list[str]]  # noqa: SLF001 - lxml's only name for the type
_ALIGNED_BORDERS: Final = 15
"""Up to Word 2010 (14) a table's text stands on the margin and its border outside; since then the border does."""
_MAX_DEPTH: Final = 4


def set_table(composition: Composition, element: etree._Element, set_blocks: BlockSetter) -> str:
    """The code of a table; ``set_blocks`` sets the blocks of one cell."""
    if composition.place.depth >= _MAX_DEPTH:
        composition.findings.refuse(
            "table", f"Tables nested more than {_MAX_DEPTH} deep are not typeset: simplify the table."
        )
        return ""
    table = TableReader(composition, element).read()
    if not table.rows or not table.widths:
        return ""
    return _TableSetter(composition, table, set_blocks).set()


class _TableSetter:
    def __init__(self, composition: Composition, table: Table, set_blocks: BlockSetter) -> None:
        self._composition = composition
        self._table = table
        self._set_blocks = set_blocks
        self._places: dict[float, Place] = {}
        self._kind = "grid" if table.is_layout else "table"
        cells = [cell for row in table.rows for cell in row.cells if not cell.continues]
        self._lines = Counter(_lines_of(cell) for cell in cells).most_common(1)[0][0] if cells else (None,) * 4
        self._whole = Counter(row.whole for row in table.rows).most_common(1)[0][0]

    def set(self) -> str:
        table = self._table
        rows = [self._row(number, row) for number, row in enumerate(table.rows)]
        members = [
            f"columns:{array(points(width) for width in table.widths)}",
            f"stroke:{_strokes(self._lines)}",
            f"inset:({arguments((side, points(self._inset(side))) for side in ('left', 'right', 'top', 'bottom'))})",
        ]
        if any(row.exact for row in table.rows):
            members.append(
                f"rows:{array(points(row.height) if row.exact and row.height else 'auto' for row in table.rows)}"
            )
        if table.headers:
            repeated = ",".join(cell for row in rows[: table.headers] for cell in row)
            members.append(f"{self._kind}.header(repeat:true,{repeated})")
        members += [",".join(row) for row in rows[table.headers :] if row]
        code = f"{self._kind}({','.join(members)})"
        if self._whole:
            code = f"{{set {self._kind}.cell(breakable:false);{code}}}"
        return self._placed(code)

    def _placed(self, code: str) -> str:
        table, place = self._table, self._composition.place
        if table.align in {Alignment.CENTER, Alignment.RIGHT}:
            return f"align({table.align},{code})"
        hangs = self._composition.settings.compatibility < _ALIGNED_BORDERS and not place.depth
        left = table.indent - (table.margins["left"] if hangs else 0.0)
        beyond = sum(table.widths) + left - place.width
        return f"pad(left:{points(left)},right:{points(min(0.0, -beyond))},{code})" if left or beyond > 0 else code

    def _row(self, number: int, row: Row) -> list[str]:
        cells = []
        strut = row.height if row.height and not row.exact else None
        for cell in row.cells:
            if cell.continues:
                continue
            held = strut if cell.rows == 1 else None
            cells.append(self._cell(cell, row, held, in_header=number < self._table.headers))
            if held is not None:
                strut = None
        if strut is not None and row.cells:
            self._composition.findings.refuse(
                "table", "A row of merged cells only has a least height: set it on another row."
            )
        return cells

    def _cell(self, cell: Cell, row: Row, strut: float | None, *, in_header: bool) -> str:
        table = self._table
        margins = {**table.margins, **cell.margins}
        width = sum(table.widths[cell.column : cell.column + cell.columns]) - margins["left"] - margins["right"]
        if in_header and any(True for _ in cell.element.iter(W + "footnoteReference")):
            self._composition.findings.refuse(
                "footnote", "A footnote in a repeating header row is not typeset: move it."
            )
        if width not in self._places:
            outer = self._composition.place
            self._places[width] = replace(
                outer, width=width, depth=outer.depth + 1, in_cell=True, table_style=table.style
            )
        with self._composition.at(self._places[width]):
            body = block(self._set_blocks(cell.element))
        if strut is not None:
            least = strut - self._inset("top", cell) - self._inset("bottom", cell)
            body = f"AtLeast({points(max(least, 0.0))},{cell.vertical},{body})"
        settings = self._settings(cell, row)
        if not settings:
            return body
        return f"{self._composition.definitions.define('c', f'{self._kind}.cell({settings},b)')}({body})"

    def _settings(self, cell: Cell, row: Row) -> str:
        """What this cell does not share with the table."""
        settings = []
        if cell.columns > 1:
            settings.append(("colspan", str(cell.columns)))
        if cell.rows > 1:
            settings.append(("rowspan", str(cell.rows)))
        if cell.fill is not None:
            settings.append(("fill", paint(cell.fill)))
        if _lines_of(cell) != self._lines:
            settings.append(("stroke", _strokes(_lines_of(cell))))
        if row.whole != self._whole:
            settings.append(("breakable", str(not row.whole).lower()))
        if cell.margins:
            insets = arguments((side, points(self._inset(side, cell))) for side in ("left", "right", "top", "bottom"))
            settings.append(("inset", f"({insets})"))
        if cell.vertical != "top":
            settings.append(("align", cell.vertical))
        return arguments(settings)

    def _inset(self, side: str, cell: Cell | None = None) -> float:
        """A cell margin; above and below, half the rule takes room too, as in Word."""
        margins = self._table.margins if cell is None else {**self._table.margins, **cell.margins}
        rule = self._lines[0].width / 2 if side in {"top", "bottom"} and self._lines[0] is not None else 0.0
        return margins[side] + rule


def _lines_of(cell: Cell) -> tuple[Border | None, ...]:
    return tuple(cell.lines.get(side) for side in ("top", "left", "bottom", "right"))


def _strokes(lines: Sequence[Border | None]) -> str:
    drawn = ["none" if line is None else stroke(line.width, line.color, line.line) for line in lines]
    if len(set(drawn)) == 1:
        return drawn[0]
    return f"({arguments(zip(('top', 'left', 'bottom', 'right'), drawn, strict=True))})"
