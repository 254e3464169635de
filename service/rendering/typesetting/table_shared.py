"""What most cells of a table have in common: it is set once, around the table, and only what differs with a cell."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.paragraphs import edges, line_edges
from service.rendering.typesetting.plain_cells import PlainCell, PlainPattern
from service.rendering.typesetting.table_parts import Cell, Lines, Table

Kind = TypeVar("Kind", bound=Hashable)


@dataclass(slots=True, eq=False)
class WrittenCell:
    """A cell read and ready: plain text still to be set in the table's own look, or finished code.

    ``line`` is the height of its text where that is certain; ``one_line`` is its text where it is all there is and
    certainly fits one line; ``room`` is the space above and below it. ``whole``: whether its row may not break.
    """

    cell: Cell
    whole: bool
    plain: PlainCell | None
    align: str
    room: tuple[float, float] = (0.0, 0.0)
    line: float | None = None
    one_line: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """The lines, the wholeness of rows, the space, the alignment of each column, and the look of plain text.

    ``folded``: whether texts of one line bring their margins with them, which spares the compiler a box around each.
    """

    lines: Lines
    whole: bool
    room: tuple[float, float]
    margins: Mapping[str, float]
    align: list[str]
    text: RunLook | None
    edges: str
    folded: bool

    def insets(self, margins: Mapping[str, float], room: tuple[float, float]) -> dict[str, float]:
        """A cell's margins; above and below, its paragraph's space and half the rule take room too, as in Word."""
        rule = self.lines[0].width / 2 if self.lines[0] is not None else 0.0
        return {
            "left": margins["left"],
            "right": margins["right"],
            "top": margins["top"] + rule + room[0],
            "bottom": margins["bottom"] + rule + room[1],
        }


def shared_by(table: Table, cells: Sequence[tuple[WrittenCell, int]]) -> Shared:
    """What most cells share, given one of each kind and how many there are."""
    single = [(each, times) for each, times in cells if each.one_line is not None]
    plain = [(each, times) for each, times in cells if each.plain is not None]
    folded = _number(single) * 2 > _number(cells)
    shared = Shared(
        lines=_lines(cells),
        whole=_most((row.shape.pattern.whole, 1) for row in table.rows) or False,
        room=_most((each.room, times) for each, times in cells) or (0.0, 0.0),
        margins=table.margins,
        align=_alignment(len(table.widths), cells),
        text=None,
        edges="",
        folded=folded,
    )
    usual = _usual(single if folded else plain)
    if usual is None or usual.plain is None:
        return shared
    look = usual.plain.pattern
    upright = replace(look.run, underline=None, strike=False, shading=None, raised=None, caps=False)
    around = shared.insets({**table.margins, **usual.cell.margins}, usual.room)
    return replace(shared, text=upright, edges=folded_edges(look, around) if folded else edges(look.look, look.text))


def folded_edges(pattern: PlainPattern, insets: Mapping[str, float]) -> str:
    """The text settings that make a line as high as its cell: the cell's margins lie within the line."""
    above, below, unit = line_edges(pattern.look, pattern.text)
    scale = pattern.run.size if unit == "em" else 1.0
    top, bottom = round(above, 4) * scale + insets["top"], round(below, 4) * scale + insets["bottom"]
    return f"top-edge:{top:.4f}pt,bottom-edge:{-bottom:.4f}pt"


def _usual(written: Sequence[tuple[WrittenCell, int]]) -> WrittenCell | None:
    """A cell whose text looks as most do; looks are resolved once, so like ones are the same objects."""
    alike = [(_looks(each.plain.pattern), times) for each, times in written if each.plain is not None]
    most = _most(alike)
    return next((each for each, _ in written if each.plain is not None and _looks(each.plain.pattern) == most), None)


def _looks(pattern: PlainPattern) -> tuple[int, int, int]:
    return id(pattern.look), id(pattern.text), id(pattern.run)


def _alignment(columns: int, cells: Sequence[tuple[WrittenCell, int]]) -> list[str]:
    placed: list[list[tuple[str, int]]] = [[] for _ in range(columns)]
    for each, times in cells:
        if each.cell.columns == 1 and each.cell.column < columns:
            placed[each.cell.column].append((each.align, times))
    return [_most(column) or "left+top" for column in placed]


def _lines(cells: Sequence[tuple[WrittenCell, int]]) -> Lines:
    """The rules around most cells; like ones are nearly all the same object."""
    most = _most((id(each.cell.lines), times) for each, times in cells)
    return next((each.cell.lines for each, _ in cells if id(each.cell.lines) == most), (None,) * 4)


def _number(cells: Iterable[tuple[WrittenCell, int]]) -> int:
    return sum(times for _, times in cells)


def _most(counted: Iterable[tuple[Kind, int]]) -> Kind | None:
    """What there is most of; the first of those of which there is as much."""
    numbers: dict[Kind, int] = {}
    for kind, times in counted:
        numbers[kind] = numbers.get(kind, 0) + times
    return max(numbers, key=numbers.__getitem__, default=None)
