"""Reading the rows of a table into cells that are ready to be set: like cells together, others one by one."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from lxml import etree

from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.like_cells import LikeCells, Lines
from service.rendering.typesetting.markup import block
from service.rendering.typesetting.names import W
from service.rendering.typesetting.plain_cells import PlainReader, read_plain
from service.rendering.typesetting.table_grid import cells_of
from service.rendering.typesetting.table_parts import Cell, Row, RowShape, Table
from service.rendering.typesetting.table_shared import WrittenCell
from service.rendering.typesetting.table_styles import TableFormat

BlockSetter = Callable[[Iterable[etree._Element]], list[str]]  # noqa: SLF001 - lxml's only name for the type


@dataclass(slots=True)
class WrittenRow:
    """A row ready to be set; cells that continue the one above are left out.

    ``like``: whether all its cells are set with their like.
    """

    row: Row
    places: Sequence[LikeCells]
    cells: list[Lines | WrittenCell]
    like: bool

    def written(self, number: int) -> WrittenCell:
        """One cell, or what stands for it and its like."""
        cell, sample = self.cells[number], self.places[number].sample
        if isinstance(cell, WrittenCell):
            return cell
        if sample is None:
            raise ValueError("A cell is written with its like where none is.")
        return sample


class RowReader:
    """Reads the rows of one table, in order: the findings are to know where the reading is."""

    def __init__(self, composition: Composition, table: Table, set_blocks: BlockSetter) -> None:
        self._composition = composition
        self._table = table
        self._set_blocks = set_blocks
        self._plain = PlainReader(composition)
        self._places: dict[tuple[float, TableFormat | None], Place] = {}
        self._shapes: dict[RowShape, list[LikeCells]] = {}
        self._times = Counter([row.shape for row in table.rows])

    def read(self) -> list[WrittenRow]:
        """All rows."""
        return [self._row(number, row) for number, row in enumerate(self._table.rows)]

    def place_of(self, cell: Cell) -> Place:
        """Where the blocks of a cell stand."""
        key = (self._width(cell), cell.format)
        if key not in self._places:
            outer = self._composition.place
            self._places[key] = replace(outer, width=key[0], depth=outer.depth + 1, in_cell=True, table=cell.format)
        return self._places[key]

    def alone(self, row: Row, place: LikeCells) -> WrittenCell:
        """A cell by itself that was read with its like."""
        index = row.shape.cells.index(place.cell)
        plain = self._read_plain(row, place, cells_of(row.element, W + "tc")[index])
        if plain is None:
            raise ValueError("A plain cell cannot be read again.")
        return plain

    def _row(self, number: int, row: Row) -> WrittenRow:
        places = self._shapes.get(row.shape)
        if places is None:
            places = self._shapes[row.shape] = self._like_cells(row)
        lines: list[Lines | None] = [None] * len(places)
        if self._times[row.shape] > 1 and len(row.texts) == row.shape.pattern.texts:
            lines = [place.read(row.texts) for place in places]
        if None in lines or not len(places) == len(row.shape.cells) > 0:
            return WrittenRow(row, places, self._one_by_one(number, row, places, lines), like=False)
        self._composition.findings.enter_paragraphs(len(places), _last_cell(row))
        return WrittenRow(row, places, cast("list[Lines | WrittenCell]", lines), like=True)

    def _like_cells(self, row: Row) -> list[LikeCells]:
        elements = cells_of(row.element, W + "tc")
        whole, shared = row.shape.pattern.whole, self._times[row.shape] > 1
        return [
            LikeCells(cell, self._plain.pattern(cell, element), self._width(cell), whole=whole, shared=shared)
            for cell, element in zip(row.shape.cells, elements, strict=False)
            if not cell.continues
        ]

    def _one_by_one(
        self, number: int, row: Row, places: Sequence[LikeCells], lines: Sequence[Lines | None]
    ) -> list[Lines | WrittenCell]:
        elements = [
            element
            for cell, element in zip(row.shape.cells, cells_of(row.element, W + "tc"), strict=False)
            if not cell.continues
        ]
        cells: list[Lines | WrittenCell] = []
        for place, element, read in zip(places, elements, lines, strict=True):
            if read is not None:
                self._composition.findings.enter_paragraph(element)
            cells.append(self._write(number, row, place, element) if read is None else read)
        return cells

    def _write(self, number: int, row: Row, place: LikeCells, element: etree._Element) -> WrittenCell:
        if (
            self._table.repeats
            and number < self._table.headers
            and any(True for _ in element.iter(W + "footnoteReference"))
        ):
            self._composition.findings.refuse(
                "footnote", "A footnote in a repeating header row is not typeset: move it."
            )
        plain = self._read_plain(row, place, element)
        if plain is not None:
            self._composition.findings.enter_paragraph(element)
            return plain
        with self._composition.at(self.place_of(place.cell)):
            code = block(self._set_blocks(element))
        cell = place.cell
        return WrittenCell(cell, row.shape.pattern.whole, None, f"left+{cell.vertical}", code=code)

    def _read_plain(self, row: Row, place: LikeCells, element: etree._Element) -> WrittenCell | None:
        cell, pattern, width = place.cell, place.pattern, self._width(place.cell)
        known = row.texts[cell.pattern.texts] if len(row.texts) == row.shape.pattern.texts else ()
        plain = None if pattern is None else read_plain(pattern, element, known)
        if plain is None or pattern is None:
            return None
        line, only = plain.height_within(width), plain.only
        return WrittenCell(
            cell,
            row.shape.pattern.whole,
            plain,
            f"{pattern.align}+{cell.vertical}",
            plain.room,
            line,
            only.text if only and line is not None and plain.fits(width) and not only.look.caps else None,
        )

    def _width(self, cell: Cell) -> float:
        """The width of a cell's text."""
        margins = {**self._table.margins, **cell.margins} if cell.margins else self._table.margins
        return self._table.width_of(cell) - margins["left"] - margins["right"]


def counted(rows: Sequence[WrittenRow]) -> list[tuple[WrittenCell, int]]:
    """One cell of each kind and how many there are, in the order in which they are met."""
    like = Counter(row.row.shape for row in rows if row.like)
    numbers: dict[WrittenCell, int] = {}
    for row in rows:
        times = like.pop(row.row.shape, 0) if row.like else 1
        for number in range(len(row.cells)) if times else ():
            written = row.written(number)
            numbers[written] = numbers.get(written, 0) + times
    return list(numbers.items())


def _last_cell(row: Row) -> etree._Element:
    last = row.element[-1]
    return last if last.tag == W + "tc" else cells_of(row.element, W + "tc")[-1]
