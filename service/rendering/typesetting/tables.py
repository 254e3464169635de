"""Setting tables. A table without header row and without rules becomes a grid: it only places text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.items import Text
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.markup import arguments, array, block, literal, paint, points, stroke
from service.rendering.typesetting.names import VAL, W
from service.rendering.typesetting.paragraphs import edges, empty_paragraph
from service.rendering.typesetting.plain_cells import PlainCell, PlainReader
from service.rendering.typesetting.prelude import BREAK
from service.rendering.typesetting.runs import run_function, set_items, text_settings
from service.rendering.typesetting.table_grid import TableReader
from service.rendering.typesetting.table_parts import Cell, Row, Table
from service.rendering.typesetting.table_shared import WrittenCell, alike, shared_by
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
        self._plain = PlainReader(composition)
        self._wrappers: dict[tuple[int, int, int], str] = {}
        self._kind = "grid" if table.is_layout else "table"
        self._rows = [
            [self._write(number, row, cell) for cell in row.cells if not cell.continues]
            for number, row in enumerate(table.rows)
        ]
        self._shared = shared_by(table, self._rows)

    def set(self) -> str:
        """The code of the whole table."""
        heights = [self._height(row, cells) for row, cells in zip(self._table.rows, self._rows, strict=True)]
        rows = [self._row(row, cells, height) for row, cells, height in
                zip(self._table.rows, self._rows, heights, strict=True)]  # fmt: skip
        members = [
            f"columns:{array(points(width) for width in self._table.widths)}",
            f"align:{array(self._shared.align)}",
            f"stroke:{_strokes(self._shared.lines)}",
            f"inset:({arguments((side, points(inset)) for side, inset in self._insets().items())})",
        ]
        if any(height is not None for height in heights):
            members.append(f"rows:{array('auto' if height is None else points(height) for height in heights)}")
        if self._table.headers:
            repeated = ",".join(cell for row in rows[: self._table.headers] for cell in row)
            members.append(f"{self._kind}.header(repeat:{str(self._table.repeats).lower()},{repeated})")
        members += [",".join(row) for row in rows[self._table.headers :] if row]
        code = f"{self._kind}({','.join(members)})"
        opening = [f"set {self._kind}.cell(breakable:false)"] if self._shared.whole else []
        if self._shared.text is not None:
            opening.append(f"set text({text_settings(self._shared.text)},{self._shared.edges})")
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
        kept = [bool(row.cells) and _keeps_with_next(row.cells[0].element) for row in rows]
        if self._composition.place.in_cell or not (kept[-1] if len(rows) == 1 else all(kept[:-1])):
            return code
        return f"block(width:100%,breakable:false,sticky:{str(kept[-1]).lower()},{code})"

    def _write(self, number: int, row: Row, cell: Cell) -> WrittenCell:
        composition = self._composition
        if (
            self._table.repeats
            and number < self._table.headers
            and any(True for _ in cell.element.iter(W + "footnoteReference"))
        ):
            composition.findings.refuse("footnote", "A footnote in a repeating header row is not typeset: move it.")
        plain = self._plain.read(cell)
        if plain is not None:
            line = plain.height_within(self._width(cell))
            room = (plain.look.before, plain.look.after + plain.leading)
            return WrittenCell(cell, row, plain, f"{plain.look.align.value}+{cell.vertical}", room, line)
        with composition.at(self._place(cell)):
            code = block(self._set_blocks(cell.element))
        return WrittenCell(cell, row, None, f"left+{cell.vertical}", code=code)

    def _place(self, cell: Cell) -> Place:
        key = (self._width(cell), cell.format)
        if key not in self._places:
            outer = self._composition.place
            self._places[key] = replace(outer, width=key[0], depth=outer.depth + 1, in_cell=True, table=cell.format)
        return self._places[key]

    def _width(self, cell: Cell) -> float:
        margins = self._margins(cell)
        return self._table.width_of(cell) - margins["left"] - margins["right"]

    def _height(self, row: Row, cells: Sequence[WrittenCell]) -> float | None:
        """The height of a row where it is exact or certain, which spares the compiler to measure it."""
        if row.exact and row.height:
            return row.height
        if not cells or len(cells) != len(row.cells) or any(each.cell.rows > 1 for each in cells):
            return None
        tallest = row.height or 0.0
        for each in cells:
            if each.line is None:
                return None
            insets = self._insets(each)
            tallest = max(tallest, each.line + insets["top"] + insets["bottom"])
        return tallest

    def _row(self, row: Row, cells: Sequence[WrittenCell], height: float | None) -> list[str]:
        strut = row.height if height is None else None
        code = []
        for each in cells:
            held = strut if each.cell.rows == 1 else None
            code.append(self._cell(each, held, certain=height is not None))
            strut = None if held is not None else strut
        if strut is not None and row.cells:
            self._composition.findings.refuse(
                "table", "A row of merged cells only has a least height: set it on another row."
            )
        return code

    def _cell(self, written: WrittenCell, strut: float | None, *, certain: bool) -> str:
        body = self._body(written, certain=certain)
        if strut is not None:
            insets = self._insets(written)
            least = max(strut - insets["top"] - insets["bottom"], 0.0)
            body = f"AtLeast({points(least)},{written.cell.vertical},{body})"
        settings = self._settings(written)
        if not settings:
            return body
        return f"{self._composition.definitions.define('c', f'{self._kind}.cell({settings},b)')}({body})"

    def _body(self, written: WrittenCell, *, certain: bool) -> str:
        """``certain``: whether the height of the row is given, so that an empty cell need not hold it open."""
        plain = written.plain
        if plain is None:
            return written.code if self._shared.text is None else f"Full({written.code})"
        if not plain.items:
            return "[]" if certain else empty_paragraph(plain.look, plain.run)
        only = plain.items[0] if len(plain.items) == 1 else None
        if written.line is not None and isinstance(only, Text) and not only.look.caps:
            function, text = self._wrapper(plain), literal(only.text)
            return f"{function}({text})" if function else text
        with self._composition.at(self._place(written.cell)):
            code = set_items(self._composition, plain.items, self._shared.text or plain.text)
        set_plainly = self._edged(plain, block("linebreak()" if each == BREAK else each for each in code))
        return f"{{set par(leading:{points(plain.leading)});{set_plainly}}}" if plain.leading else set_plainly

    def _wrapper(self, plain: PlainCell) -> str:
        """The function that gives a text of one line its look; empty where that is the table's."""
        key = alike(plain)
        if key not in self._wrappers:
            own = run_function(self._composition, plain.run, self._shared.text or plain.text)
            edged = self._edged(plain, f"{own}(b)" if own else "b")
            self._wrappers[key] = (
                own if edged in {"b", f"{own}(b)"} else self._composition.definitions.define("w", edged)
            )
        return self._wrappers[key]

    def _edged(self, plain: PlainCell, code: str) -> str:
        """The code with the height of its lines, where that is not the table's."""
        line_edges = edges(plain.look, plain.text)
        return code if line_edges == self._shared.edges else f"{{set text({line_edges});{code}}}"

    def _settings(self, written: WrittenCell) -> str:
        """What this cell does not share with the table."""
        cell, row, shared = written.cell, written.row, self._shared
        aligned = cell.column < len(shared.align) and written.align == shared.align[cell.column]
        roomy = bool(cell.margins) or written.room != shared.room
        ordinary = cell.columns == cell.rows == 1 and cell.fill is None and not roomy
        if aligned and ordinary and cell.lines is shared.lines and row.whole == shared.whole:
            return ""
        settings = []
        if cell.columns > 1:
            settings.append(("colspan", str(cell.columns)))
        if cell.rows > 1:
            settings.append(("rowspan", str(cell.rows)))
        if cell.fill is not None:
            settings.append(("fill", paint(cell.fill)))
        if cell.lines != shared.lines:
            settings.append(("stroke", _strokes(cell.lines)))
        if row.whole != shared.whole:
            settings.append(("breakable", str(not row.whole).lower()))
        if roomy:
            insets = arguments((side, points(inset)) for side, inset in self._insets(written).items())
            settings.append(("inset", f"({insets})"))
        if not aligned:
            settings.append(("align", written.align))
        return arguments(settings)

    def _margins(self, cell: Cell) -> Mapping[str, float]:
        return {**self._table.margins, **cell.margins} if cell.margins else self._table.margins

    def _insets(self, written: WrittenCell | None = None) -> dict[str, float]:
        """A cell's margins; above and below, its paragraph's space and half the rule take room too, as in Word."""
        margins = self._table.margins if written is None else self._margins(written.cell)
        above, below = self._shared.room if written is None else written.room
        rule = self._shared.lines[0].width / 2 if self._shared.lines[0] is not None else 0.0
        return {
            "left": margins["left"],
            "right": margins["right"],
            "top": margins["top"] + rule + above,
            "bottom": margins["bottom"] + rule + below,
        }


def _keeps_with_next(cell: etree._Element) -> bool:
    """Whether the first paragraph of a cell asks to stay with what follows."""
    mark = cell.find(f"{W}p/{W}pPr/{W}keepNext")
    return mark is not None and mark.get(VAL) not in {"0", "false", "off"}


def _strokes(lines: Sequence[Border | None]) -> str:
    sides = ("top", "left", "bottom", "right")
    drawn = ["none" if line is None else stroke(line, upright=side in {"left", "right"}) for side, line in
             zip(sides, lines, strict=True)]  # fmt: skip
    if len(set(drawn)) == 1:
        return drawn[0]
    return f"({arguments(zip(sides, drawn, strict=True))})"
