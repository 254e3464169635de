"""Conditional formats of table styles: first and last rows and columns, bands, corners (ECMA-376-1, 17.7.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lxml import etree

from service.rendering.typesetting.attributes import Attributes, Partial, read_children, value_of
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.properties import merge, read_paragraph_properties, read_run_properties
from service.rendering.typesetting.table_properties import CELL_READERS, INVISIBLE_CELL

_APPLIED: Final = (
    *("wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstRow", "lastRow"),
    *("firstCol", "lastCol", "nwCell", "neCell", "swCell", "seCell"),
)
"""The regions in the order in which they are applied: a later one goes before an earlier one (17.7.6.6)."""
_LOOK_BITS: Final = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
_READ: Final = frozenset({"pPr", "rPr", "tcPr"})


class TableFormat(NamedTuple):
    """A table style and the regions of it that a cell lies in, in the order of their application."""

    style: str
    regions: tuple[str, ...] = ()


class Span(NamedTuple):
    """A rectangle of a table's grid: rows and columns from, and up to but without."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RegionFormat:
    """What a region sets for its paragraphs, their text and its cells."""

    paragraph: Partial
    run: Partial
    cell: Partial
    problems: tuple[Problem, ...]


_NOTHING: Final = RegionFormat({}, {}, {}, ())


class TableStyles:
    """The conditional formats of all table styles of a document, each read once."""

    def __init__(self, styles: Mapping[str, etree._Element]) -> None:
        self._styles = styles
        self._formats: dict[TableFormat, RegionFormat] = {}
        self._bands: dict[str, tuple[int, int]] = {}

    def of(self, table: TableFormat) -> RegionFormat:
        """The formats of all regions of a cell, merged."""
        known = self._formats.get(table)
        if known is None:
            known = _NOTHING
            for region in table.regions:
                known = _merged(known, self.region(table.style, region))
            self._formats[table] = known
        return known

    def region(self, style: str, region: str) -> RegionFormat:
        """What a style says of one region, over what the styles say that it is based on."""
        found = _NOTHING
        for element in reversed(self.chain(style)):
            for each in element.iterchildren(W + "tblStylePr"):
                if each.get(W + "type") == region:
                    found = _merged(found, _read(each))
        return found

    def chain(self, style: str | None) -> list[etree._Element]:
        """A style and those that it is based on, the nearest first."""
        found: list[etree._Element] = []
        element = self._styles.get(style or "")
        while element is not None and element not in found:
            found.append(element)
            element = self._styles.get(value_of(element.find(W + "basedOn")) or "")
        return found

    def has_regions(self, style: str | None) -> bool:
        """Whether a style formats any region by itself."""
        return any(element.find(W + "tblStylePr") is not None for element in self.chain(style))

    def has_region(self, style: str, region: str) -> bool:
        """Whether a style, or one it is based on, formats a region by itself."""
        return any(
            each.get(W + "type") == region
            for element in self.chain(style)
            for each in element.iterchildren(W + "tblStylePr")
        )

    def bands(self, style: str) -> tuple[int, int]:
        """How many rows and how many columns make a band."""
        if style not in self._bands:
            sizes = []
            for name in ("tblStyleRowBandSize", "tblStyleColBandSize"):
                found = (value_of(element.find(f"{W}tblPr/{W}{name}")) for element in self.chain(style))
                size = next((each for each in found if each is not None), "1")
                sizes.append(int(size) if size.isdigit() and int(size) else 1)
            self._bands[style] = (sizes[0], sizes[1])
        return self._bands[style]


class TableRegions:
    """Which regions of its style each cell of one table lies in."""

    def __init__(self, style: str, look: etree._Element | None, bands: tuple[int, int], size: tuple[int, int]) -> None:
        self._style = style
        self._look = _read_look(look)
        self._row_band, self._column_band = bands
        self._rows, self._columns = size

    @property
    def heads(self) -> bool:
        """Whether the first row is formatted by itself, as the head of its columns."""
        return self._look["firstRow"]

    def of(self, row: int, column: int, columns: int) -> dict[str, Span]:
        """The regions of a cell, and where each lies, in the order of their application."""
        last_row, last_column = self._rows - 1, self._columns - 1
        top, bottom = row == 0 and self._look["firstRow"], row == last_row and self._look["lastRow"]
        left = column == 0 and self._look["firstColumn"]
        right = column + columns - 1 == last_column and self._look["lastColumn"]
        whole = Span(0, 0, self._rows, self._columns)
        found = {"wholeTable": whole}
        if not (left or right) and not self._look["noVBand"]:
            name, start, end = self._band(column, self._column_band, self._look["firstColumn"], self._columns)
            found[f"{name}Vert"] = Span(0, start, self._rows, end)
        if not (top or bottom) and not self._look["noHBand"]:
            name, start, end = self._band(row, self._row_band, self._look["firstRow"], self._rows)
            found[f"{name}Horz"] = Span(start, 0, end, self._columns)
        across = Span(row, 0, row + 1, self._columns)
        down = Span(0, column, self._rows, column + columns)
        corner = Span(row, column, row + 1, column + columns)
        found |= {"firstRow": across} if top else {}
        found |= {"lastRow": across} if bottom else {}
        found |= {"firstCol": down} if left else {}
        found |= {"lastCol": down} if right else {}
        for side, is_side in (("n", top), ("s", bottom)):
            for end_of_row, is_end in (("w", left), ("e", right)):
                found |= {f"{side}{end_of_row}Cell": corner} if is_side and is_end else {}
        return {name: found[name] for name in _APPLIED if name in found}

    @staticmethod
    def _band(position: int, size: int, skips: bool, end: int) -> tuple[str, int, int]:  # noqa: FBT001 - one caller
        """Bands begin below a first row that is formatted by itself."""
        number = (position - skips) // size
        start = number * size + skips
        return ("band2" if number % 2 else "band1"), start, min(start + size, end)


def borders_within(borders: Mapping[str, Any], span: Span, cell: Span) -> dict[str, Any]:
    """The lines that a region draws around one of its cells: its own edges, and those between its cells."""
    found = {}
    for side, inner, at_edge in (
        ("top", "insideH", cell.top == span.top),
        ("left", "insideV", cell.left == span.left),
        ("bottom", "insideH", cell.bottom >= span.bottom),
        ("right", "insideV", cell.right >= span.right),
    ):
        name = side if at_edge else inner
        if name in borders:
            found[side] = borders[name]
    return found


def _read(element: etree._Element) -> RegionFormat:
    paragraph, problems = read_paragraph_properties(element.find(W + "pPr"))
    run, more = read_run_properties(element.find(W + "rPr"))
    cells = element.find(W + "tcPr")
    cell, others = ({}, ()) if cells is None else read_children(cells, CELL_READERS, INVISIBLE_CELL)
    unread = tuple(
        Problem("table", f"A table style sets <w:{short(child)}> for a region: choose another table style.")
        for child in element
        if short(child) not in _READ and len(child)
    )
    return RegionFormat(paragraph, run, cell, (*problems, *more, *others, *unread))


def _merged(base: RegionFormat, over: RegionFormat) -> RegionFormat:
    cell = {**base.cell, **over.cell}
    for member in ("borders", "margins"):
        if member in base.cell and member in over.cell:
            cell[member] = {**base.cell[member], **over.cell[member]}
    return RegionFormat(
        merge(base.paragraph, over.paragraph), merge(base.run, over.run), cell, (*base.problems, *over.problems)
    )


def _read_look(element: etree._Element | None) -> dict[str, bool]:
    """Which regions a table asks for: one attribute each, or the bits of ``val`` as Word 2007 wrote them."""
    if element is None:
        return dict.fromkeys(_LOOK_BITS, False)
    attributes = Attributes(element)
    bits = int(attributes.take("val") or "0", 16)
    named = {name: attributes.take(name) for name in _LOOK_BITS}
    return {
        name: bool(bits & bit) if named[name] is None else named[name] in {"1", "true", "on"}
        for name, bit in _LOOK_BITS.items()
    }
