"""What most cells of a table have in common: it is set once, around the table, and only what differs with a cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.paragraphs import edges, line_edges
from service.rendering.typesetting.plain_cells import PlainCell, PlainPattern
from service.rendering.typesetting.table_parts import Cell, Lines, Row, Table


@dataclass(slots=True)
class WrittenCell:
    """A cell read and ready: plain text still to be set in the table's own look, or finished code.

    ``line`` is the height of its text where that is certain; ``one_line`` is its text where it is all there is and
    certainly fits one line; ``room`` is the space above and below it.
    """

    cell: Cell
    row: Row
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


def shared_by(table: Table, rows: Sequence[Sequence[WrittenCell]]) -> Shared:
    """What most cells of these rows share."""
    cells = [each for row in rows for each in row]
    single = [each for each in cells if each.one_line is not None]
    plain = [each for each in cells if each.plain is not None]
    folded = len(single) * 2 > len(cells)
    shared = Shared(
        lines=_lines([each.cell for each in cells]),
        whole=Counter(row.whole for row in table.rows).most_common(1)[0][0],
        room=Counter([each.room for each in cells]).most_common(1)[0][0] if cells else (0.0, 0.0),
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


def _usual(written: Sequence[WrittenCell]) -> WrittenCell | None:
    """A cell whose text looks as most do; looks are resolved once, so like ones are the same objects."""
    alike = [_looks(each.plain.pattern) for each in written if each.plain is not None]
    if not alike:
        return None
    most = Counter(alike).most_common(1)[0][0]
    return written[alike.index(most)]


def _looks(pattern: PlainPattern) -> tuple[int, int, int]:
    return id(pattern.look), id(pattern.text), id(pattern.run)


def _alignment(columns: int, cells: Sequence[WrittenCell]) -> list[str]:
    counts: list[Counter[str]] = [Counter() for _ in range(columns)]
    for each in cells:
        if each.cell.columns == 1 and each.cell.column < columns:
            counts[each.cell.column][each.align] += 1
    return [count.most_common(1)[0][0] if count else "left+top" for count in counts]


def _lines(cells: Sequence[Cell]) -> Lines:
    counted = Counter([id(cell.lines) for cell in cells]).most_common(1)
    return next((cell.lines for cell in cells if id(cell.lines) == counted[0][0]), (None,) * 4)
