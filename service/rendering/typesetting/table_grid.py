"""Reading a table: its columns, its rows, which cells span what, and the line on every edge."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from service.rendering.typesetting.attributes import Partial, Reader, read_children, value_of
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.names import VAL, W, short
from service.rendering.typesetting.row_likeness import PARTS_OF_TABLE, is_wordless, likenesses
from service.rendering.typesetting.styles import signature_of
from service.rendering.typesetting.table_lines import LineSetter
from service.rendering.typesetting.table_parts import Cell, CellPattern, Row, RowPattern, RowShape, Table
from service.rendering.typesetting.table_properties import (
    CELL_READERS,
    INVISIBLE_CELL,
    INVISIBLE_ROW,
    INVISIBLE_TABLE,
    ROW_READERS,
    TABLE_READERS,
)
from service.rendering.typesetting.table_styles import Span, TableFormat, TableRegions, borders_within

_WORD_MARGINS: Final[Mapping[str, float]] = {"left": 5.4, "right": 5.4, "top": 0.0, "bottom": 0.0}
"""Cell margins where nothing sets them: 0.08 inch at the sides (ECMA-376-1, 17.4.42)."""
_CLOSE: Final = 2.0
"""Widths that differ by less than this many points are taken for one."""
_CLOSE_SHARE: Final = 0.02
MAX_UNLIKE: Final = 20_000
"""Rows that differ in form, four for each of them and one for each of their cells: each takes its time to read.

So these are 4,000 rows of one cell, or 1,250 of twelve; like rows, however many, are read once.
"""
_ROW_SHARE: Final = 4
_MAX_SPAN: Final = 63
"""The most columns that a table of Word has."""
_SHORT: Final = 40
"""A table of more rows is too seldom like another as a whole."""
_ALTERNATIVE_TEXT: Final = frozenset({"tblCaption", "tblDescription"})
_FEW: Final = 64
"""Likenesses beyond so many in one table are not worth remembering beyond it."""
_NOTHING: Final[Mapping[str, Any]] = {}
_INVISIBLE_IN_TABLE: Final = frozenset({"tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd", "proofErr"})
_INVISIBLE_IN_ROW: Final = frozenset({"trPr", "tblPrEx", "bookmarkStart", "bookmarkEnd", "proofErr"})


class TableReader:
    """Reads one table; what cannot be carried over is noted at the place of the paragraph before it."""

    def __init__(self, composition: Composition, element: etree._Element) -> None:
        self._composition = composition
        self._styles = composition.styles
        self._element = element
        self._patterns: dict[str, RowPattern] = {}
        self._faulty = False

    def read(self) -> Table:
        """The table with all spans and lines resolved; what short tables share but for their words is read once."""
        elements = cells_of(self._element, W + "tr")
        written = list(likenesses(self._element, elements))
        if len(elements) > _SHORT:
            table, shapes = self._resolve(elements, written)
        else:
            key = (_signature_around(self._element), *(likeness for likeness, _ in written))
            table, shapes = self._styles.recall(
                key, lambda: self._resolve(elements, written), lambda: self._may_keep(elements, written)
            )
        read = zip(elements, written, shapes, strict=False)  # there are no shapes where there are too many
        return replace(table, rows=[Row(element, texts, shape) for element, (_, texts), shape in read])

    def _may_keep(self, elements: Sequence[etree._Element], written: Sequence[tuple[str, list[str]]]) -> bool:
        """Whether the table is without fault, so that no place needs to be told, and its likeness without words."""
        rows = zip(elements, written, strict=True)
        plain = all(child.tag in PARTS_OF_TABLE for child in self._element)
        return plain and not self._faulty and all(is_wordless(element, texts) for element, (_, texts) in rows)

    def _resolve(
        self, elements: Sequence[etree._Element], written: Sequence[tuple[str, list[str]]]
    ) -> tuple[Table, list[RowShape]]:
        """All of the table but its rows' texts, and the shape of each row."""
        style, properties = self._properties()
        grid = self._element.find(W + "tblGrid")
        columns = [] if grid is None else [read_column(each) for each in grid]
        if not columns or None in columns:
            self._refuse("A table has no column widths: set fixed column widths.")
        widths = [width or 0.0 for width in columns]
        rows = self._shapes(elements, written, shares=not self._styles.tables.has_regions(style))
        shapes = list(dict.fromkeys(rows))
        self._refuse_all(tuple(_strange_children(self._element, "tr", _INVISIBLE_IN_TABLE)))
        _fold_merges(rows, self._refuse)
        styled_head = style is not None and self._format(style, shapes, (len(rows), len(widths)))
        leading = _leading_headers(rows)
        table = Table(
            widths=widths,
            rows=[],
            shapes=shapes,
            headers=leading or (1 if styled_head and len(rows) > 1 else 0),
            repeats=leading > 0,
            align=properties.get("align", Alignment.LEFT),
            indent=properties.get("indent", 0.0),
            margins={**_WORD_MARGINS, **properties.get("margins", {})},
        )
        self._check_widths(table, properties)
        cells = [cell for shape in shapes for cell in shape.cells if not cell.continues]
        LineSetter(cells, len(rows), len(widths), properties.get("borders", {})).draw()
        return table, rows

    def _properties(self) -> tuple[str | None, Partial]:
        """The table's own properties over those of its style and of the styles that one is based on."""
        styles = self._styles
        own = self._element.find(W + "tblPr")
        named = None if own is None else value_of(own.find(W + "tblStyle"))
        style = named or styles.default("table")
        chain = [] if own is None else [own]
        for element in styles.tables.chain(style):
            if element.find(W + "trPr") is not None:
                self._refuse(f"The table style “{style}” sets rows by itself: use “Table Grid” and format the rows.")
            chain += element.iterchildren(W + "tblPr")
        merged: Partial = {}
        for each in reversed(chain):
            merged |= _joined(merged, self._read(each, TABLE_READERS, INVISIBLE_TABLE))
        return style, merged

    def _read(self, element: etree._Element, readers: Mapping[str, Reader], invisible: frozenset[str]) -> Partial:
        """The properties of a table; those of its like are read once."""
        partial, problems = self._styles.recall(
            signature_of(element), lambda: read_children(element, readers, invisible)
        )
        self._refuse_all(problems)
        return partial

    def _shapes(
        self, elements: Sequence[etree._Element], written: Sequence[tuple[str, list[str]]], *, shares: bool
    ) -> list[RowShape]:
        """The shape of each row.

        ``shares``: whether the table's style formats no row by itself, so that like rows may share their cells.
        """
        patterns = []
        for element, (likeness, texts) in zip(elements, written, strict=True):
            if self._composition.unlike > MAX_UNLIKE:
                self._refuse("Too many table rows differ in form: format like rows alike, or divide the document.")
                return []
            patterns.append(self._pattern(element, likeness, texts))
        shares = shares and all(_stands_alone(cell) for row in self._patterns.values() for cell in row.cells)
        last = len(patterns) - 1
        shapes: dict[tuple[RowPattern, int | None], RowShape] = {}
        rows = []
        for number, pattern in enumerate(patterns):
            key = (pattern, None if shares and 0 < number < last else number)
            shape = shapes.get(key)
            if shape is None:
                shape = shapes[key] = self._shape(pattern, number)
            rows.append(shape)
        return rows

    def _pattern(self, element: etree._Element, likeness: str, texts: Sequence[str]) -> RowPattern:
        known = self._patterns.get(likeness)
        if known is None:
            few = len(self._patterns) < _FEW
            known = self._styles.recall(
                likeness, lambda: _read_row(element), lambda: few and is_wordless(element, texts)
            )
            self._patterns[likeness] = known
            self._composition.unlike += _ROW_SHARE + len(known.cells)
            self._refuse_all(known.problems)
            for cell in known.cells:
                self._refuse_all(cell.problems)
                if not 1 <= _columns(cell) <= _MAX_SPAN:
                    self._refuse("A cell spans more columns than a table may have: merge the cells again.")
        return known

    @staticmethod
    def _shape(pattern: RowPattern, row: int) -> RowShape:
        cells, column = [], 0
        for own in pattern.cells:
            properties = own.properties
            columns = min(max(_columns(own), 1), _MAX_SPAN)
            cells.append(
                Cell(
                    own,
                    row,
                    column,
                    columns,
                    properties.get("merge") == "continue",
                    properties.get("vertical", "top"),
                    properties.get("fill"),
                    properties.get("margins", _NOTHING),
                    properties.get("borders", _NOTHING),
                )
            )
            column += columns
        return RowShape(pattern, cells)

    def _format(self, style: str, shapes: Sequence[RowShape], size: tuple[int, int]) -> bool:
        """Give every cell what its style says of the regions it lies in; its own properties go before.

        Returns whether the style makes the first row the head of the table.
        """
        tables = self._styles.tables
        plain = TableFormat(style)
        if not tables.has_regions(style):
            for shape in shapes:
                for cell in shape.cells:
                    cell.format = plain
            return False
        look = self._element.find(f"{W}tblPr/{W}tblLook")
        regions = TableRegions(style, look, tables.bands(style), size)
        for cell in (cell for shape in shapes for cell in shape.cells):
            lying = regions.of(cell.row, cell.column, cell.columns)
            cell.format = TableFormat(style, tuple(lying))
            styled = tables.of(cell.format)
            self._refuse_all(styled.problems)
            own = cell.pattern.properties
            cell.vertical = own.get("vertical") or styled.cell.get("vertical") or "top"
            cell.fill = own.get("fill", styled.cell.get("fill"))
            cell.margins = {**styled.cell.get("margins", {}), **cell.margins}
            around = Span(cell.row, cell.column, cell.row + cell.rows, cell.column + cell.columns)
            lines: dict[str, Border | None] = {}
            for name, span in lying.items():
                lines |= borders_within(tables.of(TableFormat(style, (name,))).cell.get("borders", {}), span, around)
            cell.own_lines = {**lines, **cell.own_lines}
        return regions.heads and tables.has_region(style, "firstRow")

    def _check_widths(self, table: Table, properties: Mapping[str, Any]) -> None:
        """Word may widen columns to fit their text unless the layout is fixed or every cell says how wide it is."""
        total = sum(table.widths)
        for shape in table.shapes:
            if sum(cell.columns for cell in shape.cells) != len(table.widths):
                self._refuse("A table row has more or fewer cells than the table has columns: mend the table in Word.")
                return
            for cell in shape.cells:
                width = table.width_of(cell)
                preferred, share = cell.pattern.properties.get("width"), cell.pattern.properties.get("share")
                unknown = preferred is None and share is None and not properties.get("fixed", False)
                differs = preferred is not None and abs(preferred - width) > _CLOSE
                differs |= share is not None and abs(share * total - width) > _CLOSE_SHARE * total
                if unknown or differs:
                    self._refuse("The cells of a table are not as wide as its columns: set fixed column widths.")
                    return

    def _refuse(self, message: str) -> None:
        self._refuse_all((Problem("table", message),))

    def _refuse_all(self, problems: tuple[Problem, ...]) -> None:
        self._faulty = self._faulty or bool(problems)
        self._composition.findings.refuse_all(problems)


def _signature_around(table: etree._Element) -> Hashable:
    """What a table says beside its rows, but for its alternative text: that is words, and changes nothing."""
    return tuple(
        (child.tag, tuple(signature_of(each) for each in child if short(each) not in _ALTERNATIVE_TEXT))
        for child in table
        if child.tag != W + "tr"
    )


def read_column(element: etree._Element) -> float | None:
    """The width of a grid column, in points."""
    width = element.get(W + "w", "")
    return int(width) / 20 if width.isdigit() else None


def cells_of(parent: etree._Element, wanted: str) -> list[etree._Element]:
    """The rows of a table, or the cells of a row; content controls around them are looked through."""
    found = []
    for child in parent:
        if child.tag == wanted:
            found.append(child)
        elif child.tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                found += cells_of(content, wanted)
    return found


def _strange_children(parent: etree._Element, wanted: str, invisible: frozenset[str]) -> Iterator[Problem]:
    """What stands among rows or cells and is neither."""
    for child in parent:
        name = short(child)
        if name == "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                yield from _strange_children(content, wanted, invisible)
        elif name != wanted and name not in invisible:
            shown = name.rpartition("}")[2]
            yield Problem("table", f"<{shown}> in a table is not typeset: replace it by plain cells.")


def _read_row(row: etree._Element) -> RowPattern:
    elements = cells_of(row, W + "tc")
    if len(elements) > _MAX_SPAN:
        message = f"A table row has more than {_MAX_SPAN} cells, which Word does not allow: divide the table."
        return RowPattern(problems=(Problem("table", message),))
    own = next(row.iterchildren(W + "trPr"), None)
    properties, problems = ({}, ()) if own is None else read_children(own, ROW_READERS, INVISIBLE_ROW)
    found = [*problems, *_strange_children(row, "tc", _INVISIBLE_IN_ROW)]
    if any(len(exceptions) for exceptions in row.iterchildren(W + "tblPrEx")):
        found.append(Problem("table", "A table row has borders or margins of its own: format its cells instead."))
    if properties.get("skipped") or properties.get("left_over"):
        message = "A table row does not begin and end with its table: fill it with empty cells."
        found.append(Problem("table", message))
    cells, texts = _read_cells(elements)
    return RowPattern(
        problems=tuple(found),
        cells=cells,
        texts=texts,
        keeps=bool(elements) and _keeps_with_next(elements[0]),
        header=properties.get("header", False),
        whole=properties.get("whole", False),
        height=properties.get("height"),
        exact=properties.get("exact", False),
    )


def _read_cells(elements: Sequence[etree._Element]) -> tuple[tuple[CellPattern, ...], int | None]:
    """The patterns of a row's cells and the number of its texts; None where a text holds more than characters."""
    cells, start, plain = [], 0, True
    for element in elements:
        texts = list(element.iter(W + "t"))
        end = start + sum(1 for text in texts if text.text)
        plain = plain and not any(len(text) for text in texts)
        own = next(element.iterchildren(W + "tcPr"), None)
        properties, problems = ({}, ()) if own is None else read_children(own, CELL_READERS, INVISIBLE_CELL)
        cells.append(CellPattern(properties, problems, slice(start, end)))
        start = end
    return tuple(cells), start if plain else None


def _columns(cell: CellPattern) -> int:
    return cell.properties.get("columns") or 1


def _stands_alone(cell: CellPattern) -> bool:
    """Whether a cell is neither merged with others above or below nor draws lines of its own."""
    return not (cell.properties.get("merge") or cell.properties.get("borders"))


def _keeps_with_next(cell: etree._Element) -> bool:
    """Whether a row's first cell asks to stay with what follows."""
    marks = (
        mark
        for paragraph in cell.iterchildren(W + "p")
        for properties in paragraph.iterchildren(W + "pPr")
        for mark in properties.iterchildren(W + "keepNext")
    )
    mark = next(marks, None)
    return mark is not None and mark.get(VAL) not in {"0", "false", "off"}


def _joined(base: Partial, over: Partial) -> Partial:
    """``over``, with its borders and margins laid over those of ``base``."""
    return over | {
        member: {**base[member], **over[member]}
        for member in ("borders", "margins")
        if member in base and member in over
    }


def _leading_headers(rows: Sequence[RowShape]) -> int:
    """Only rows at the head of a table repeat; Word ignores the mark further down (ECMA-376-1, 17.4.78)."""
    return next((number for number, row in enumerate(rows) if not row.pattern.header), len(rows))


def _fold_merges(rows: Sequence[RowShape], refuse: Callable[[str], None]) -> None:
    """Give cells that continue the one above to the cell they continue."""
    for number in range(len(rows) - 1, 0, -1):
        for cell in rows[number].cells:
            if not cell.continues:
                continue
            place, before = (cell.column, cell.columns), rows[number - 1].cells
            above = next((each for each in before if (each.column, each.columns) == place), None)
            if above is None:
                refuse("A merged cell has no cell to continue: merge the cells again.")
            else:
                above.rows += cell.rows
    if rows and any(cell.continues for cell in rows[0].cells):
        refuse("A merged cell has no cell to continue: merge the cells again.")
