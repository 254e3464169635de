"""Setting tables. A table without header row and without rules becomes a grid: it only places text."""

from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.looks import Alignment
from service.rendering.typesetting.markup import arguments, array, block, points
from service.rendering.typesetting.runs import differences
from service.rendering.typesetting.table_cells import CellSetter, strokes
from service.rendering.typesetting.table_grid import TableReader
from service.rendering.typesetting.table_parts import RowShape, Table
from service.rendering.typesetting.table_rows import BlockSetter, RowReader, WrittenRow, counted
from service.rendering.typesetting.table_shared import shared_by

_ALIGNED_BORDERS: Final = 15
"""Up to Word 2010 (14) a table's text stands on the margin and its border outside; since then the border does."""
_MAX_DEPTH: Final = 4
_LONG: Final = 24
"""So many rows, about half a page of them, are a long table."""


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
        self._reader = RowReader(composition, table, set_blocks)
        self._rows = self._reader.read()
        self._shared = shared_by(table, counted(self._rows))
        self._cells = CellSetter(composition, table, self._shared, self._reader.place_of)
        self._heights: dict[RowShape, float | None] = {}

    def set(self) -> str:
        """The code of the whole table; none where the document is refused and nothing more of it can be faulty."""
        table, shared = self._table, self._shared
        if self._composition.findings.any and not any(shape.pattern.height for shape in table.shapes):
            return ""
        heights = [self._height(row) for row in self._rows]
        rows = [self._row(row, height) for row, height in zip(self._rows, heights, strict=True)]
        insets = arguments((side, points(inset)) for side, inset in self._cells.insets().items())
        members = [
            f"columns:{array(points(width) for width in table.widths)}",
            f"align:{array(shared.align)}",
            f"stroke:{strokes(shared.lines)}",
            "inset:0pt" if shared.folded else f"inset:({insets})",
        ]
        if any(height is not None for height in heights):
            members.append(f"rows:{array('auto' if height is None else points(height) for height in heights)}")
        if table.headers:
            repeated = ",".join(cell for row in rows[: table.headers] for cell in row)
            members.append(f"{table.kind}.header(repeat:{str(table.repeats).lower()},{repeated})")
        members += [",".join(row) for row in rows[table.headers :] if row]
        code = f"{table.kind}({','.join(members)})"
        opening = [f"set {table.kind}.cell(breakable:false)"] if shared.whole else []
        if shared.text is not None:
            settings = [*differences(shared.text, self._composition.base), shared.edges]
            opening.append(f"set text({','.join(settings)})")
        return self._kept(self._placed(self._apart(block([*opening, code]))))

    def _apart(self, code: str) -> str:
        """A long table is called for where it is laid out.

        Otherwise the compiler, to know the page again in its next pass, reckons up every cell anew.
        """
        place = self._composition.place
        long = len(self._table.rows) >= _LONG and not place.depth and not place.in_margin
        return f"{{let t={code};layout(_=>t)}}" if long else code

    def _placed(self, code: str) -> str:
        table, place = self._table, self._composition.place
        if table.align in {Alignment.CENTER, Alignment.RIGHT}:
            return f"align({table.align},{code})"
        hangs = self._composition.settings.compatibility < _ALIGNED_BORDERS and not place.depth
        left = table.indent - (table.margins["left"] if hangs else 0.0)
        beyond = sum(table.widths) + left - place.width
        return f"pad(left:{points(left)},right:{points(min(0.0, -beyond))},{code})" if left or beyond > 0 else code

    def _kept(self, code: str) -> str:
        """Rows that all keep with the next stay on one page, and the last of them with what follows."""
        rows = self._table.rows
        kept = [row.shape.pattern.keeps for row in rows]
        if self._composition.place.in_cell or not (kept[-1] if len(rows) == 1 else all(kept[:-1])):
            return code
        return f"block(width:100%,breakable:false,sticky:{str(kept[-1]).lower()},{code})"

    def _height(self, row: WrittenRow) -> float | None:
        """The height of a row where it is exact or certain, which spares the compiler to measure it."""
        if not row.like:
            return self._tallest(row)
        if row.row.shape not in self._heights:
            self._heights[row.row.shape] = self._tallest(row)
        return self._heights[row.row.shape]

    def _tallest(self, row: WrittenRow) -> float | None:
        shape = row.row.shape
        if shape.pattern.exact and shape.pattern.height:
            return shape.pattern.height
        if not row.cells or len(row.cells) != len(shape.cells) or any(each.cell.rows > 1 for each in row.places):
            return None
        tallest = shape.pattern.height or 0.0
        for number in range(len(row.cells)):
            each = row.written(number)
            if each.line is None:
                return None
            insets = self._cells.insets(each)
            tallest = max(tallest, each.line + insets["top"] + insets["bottom"])
        return tallest

    def _row(self, row: WrittenRow, height: float | None) -> list[str]:
        least, certain = row.row.shape.pattern.height if height is None else None, height is not None
        code = []
        for number, (place, cell) in enumerate(zip(row.places, row.cells, strict=True)):
            held = least if place.cell.rows == 1 else None
            least = None if held is not None else least
            if isinstance(cell, tuple) and held is None:
                code.append(self._cells.set_like(place, row.written(number), cell, certain=certain))
            else:
                alone = self._reader.alone(row.row, place) if isinstance(cell, tuple) else cell
                code.append(self._cells.set(alone, held, certain=certain))
        if least is not None and row.row.shape.cells:
            self._composition.findings.refuse(
                "table", "A row of merged cells only has a least height: set it on another row."
            )
        return code
