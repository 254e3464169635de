"""What most cells of a table have in common: it is set once, around the table, and only what differs with a cell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.paragraphs import edges
from service.rendering.typesetting.plain_cells import PlainCell
from service.rendering.typesetting.table_parts import Cell, Lines, Row, Table


@dataclass(slots=True)
class WrittenCell:
    """A cell read and ready: plain text still to be set in the table's own look, or finished code.

    ``line`` is the height of its text where that is certain; ``room`` is the space above and below it.
    """

    cell: Cell
    row: Row
    plain: PlainCell | None
    align: str
    room: tuple[float, float] = (0.0, 0.0)
    line: float | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """The lines, the wholeness of rows, the space, the alignment of each column, and the look of plain text."""

    lines: Lines
    whole: bool
    room: tuple[float, float]
    align: list[str]
    text: RunLook | None
    edges: str


def shared_by(table: Table, rows: Sequence[Sequence[WrittenCell]]) -> Shared:
    """What most cells of these rows share."""
    cells = [each for row in rows for each in row]
    plain = [each.plain for each in cells if each.plain is not None]
    text, line_edges = _text(plain)
    return Shared(
        lines=_lines([each.cell for each in cells]),
        whole=Counter(row.whole for row in table.rows).most_common(1)[0][0],
        room=Counter([each.room for each in cells]).most_common(1)[0][0] if cells else (0.0, 0.0),
        align=_alignment(len(table.widths), cells),
        text=text,
        edges=line_edges,
    )


def alike(plain: PlainCell) -> tuple[int, int, int]:
    """What plain cells of one look have in common; the looks are resolved once, so they are the same objects."""
    return id(plain.look), id(plain.text), id(plain.run)


def _text(plain: Sequence[PlainCell]) -> tuple[RunLook | None, str]:
    if not plain:
        return None, ""
    counted = Counter([alike(each) for each in plain]).most_common(1)[0][0]
    shared = next(each for each in plain if alike(each) == counted)
    upright = replace(shared.run, underline=None, strike=False, shading=None, raised=None, caps=False)
    return upright, edges(shared.look, shared.text)


def _alignment(columns: int, cells: Sequence[WrittenCell]) -> list[str]:
    counts: list[Counter[str]] = [Counter() for _ in range(columns)]
    for each in cells:
        if each.cell.columns == 1 and each.cell.column < columns:
            counts[each.cell.column][each.align] += 1
    return [count.most_common(1)[0][0] if count else "left+top" for count in counts]


def _lines(cells: Sequence[Cell]) -> Lines:
    counted = Counter([id(cell.lines) for cell in cells]).most_common(1)
    return next((cell.lines for cell in cells if id(cell.lines) == counted[0][0]), (None,) * 4)
