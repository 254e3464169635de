"""Setting tables. A table without header row and without rules becomes a grid: it only places text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.looks import Alignment
from service.rendering.typesetting.markup import arguments, array, block, points
from service.rendering.typesetting.names import W
from service.rendering.typesetting.plain_cells import PlainReader
from service.rendering.typesetting.runs import differences
from service.rendering.typesetting.table_cells import CellSetter, strokes
from service.rendering.typesetting.table_grid import TableReader
from service.rendering.typesetting.table_parts import Cell, Row, Table
from service.rendering.typesetting.table_shared import WrittenCell, shared_by
from service.rendering.typesetting.table_styles import TableFormat

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
        self._places: dict[tuple[float, TableFormat | None], Place] = {}
        self._widths: dict[tuple[int, int], float] = {}
        self._plain = PlainReader(composition)
        self._rows = [
            [self._write(number, row, cell) for cell in row.cells if not cell.continues]
            for number, row in enumerate(table.rows)
        ]
        self._shared = shared_by(table, self._rows)
        self._cells = CellSetter(composition, table, self._shared, self._place)

    def set(self) -> str:
        """The code of the whole table."""
        table, shared = self._table, self._shared
        heights = [self._height(row, cells) for row, cells in zip(table.rows, self._rows, strict=True)]
        rows = [self._row(row, cells, height) for row, cells, height in
                zip(table.rows, self._rows, heights, strict=True)]  # fmt: skip
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
        return self._kept(self._placed(block([*opening, code])))

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
        kept = [row.keeps for row in rows]
        if self._composition.place.in_cell or not (kept[-1] if len(rows) == 1 else all(kept[:-1])):
            return code
        return f"block(width:100%,breakable:false,sticky:{str(kept[-1]).lower()},{code})"

    def _write(self, number: int, row: Row, cell: Cell) -> WrittenCell:
        if (
            self._table.repeats
            and number < self._table.headers
            and any(True for _ in cell.element.iter(W + "footnoteReference"))
        ):
            self._composition.findings.refuse(
                "footnote", "A footnote in a repeating header row is not typeset: move it."
            )
        plain = self._plain.read(cell)
        if plain is None:
            with self._composition.at(self._place(cell)):
                code = block(self._set_blocks(cell.element))
            return WrittenCell(cell, row, None, f"left+{cell.vertical}", code=code)
        pattern, width = plain.pattern, self._width(cell)
        line, only = plain.height_within(width), plain.only
        return WrittenCell(
            cell,
            row,
            plain,
            f"{pattern.align}+{cell.vertical}",
            plain.room,
            line,
            only.text if only and line is not None and plain.fits(width) and not only.look.caps else None,
        )

    def _place(self, cell: Cell) -> Place:
        key = (self._width(cell), cell.format)
        if key not in self._places:
            outer = self._composition.place
            self._places[key] = replace(outer, width=key[0], depth=outer.depth + 1, in_cell=True, table=cell.format)
        return self._places[key]

    def _width(self, cell: Cell) -> float:
        key = (cell.column, cell.columns)
        if cell.margins or key not in self._widths:
            margins = {**self._table.margins, **cell.margins}
            width = self._table.width_of(cell) - margins["left"] - margins["right"]
            if cell.margins:
                return width
            self._widths[key] = width
        return self._widths[key]

    def _height(self, row: Row, cells: Sequence[WrittenCell]) -> float | None:
        """The height of a row where it is exact or certain, which spares the compiler to measure it."""
        if row.exact and row.height:
            return row.height
        if not cells or len(cells) != len(row.cells) or any(each.cell.rows > 1 for each in cells):
            return None
        tallest = row.height or 0.0
        known: dict[tuple[float, tuple[float, float]], float] = {}
        for each in cells:
            if each.line is None:
                return None
            if each.cell.margins or (each.line, each.room) not in known:
                insets = self._cells.insets(each)
                known[each.line, each.room] = each.line + insets["top"] + insets["bottom"]
                tallest = max(tallest, known[each.line, each.room])
        return tallest

    def _row(self, row: Row, cells: Sequence[WrittenCell], height: float | None) -> list[str]:
        strut = row.height if height is None else None
        certain = height is not None
        code = []
        for each in cells:
            held = strut if each.cell.rows == 1 else None
            code.append(self._cells.set(each, held, certain=certain))
            strut = None if held is not None else strut
        if strut is not None and row.cells:
            self._composition.findings.refuse(
                "table", "A row of merged cells only has a least height: set it on another row."
            )
        return code
