"""The code of a table's cells: what a cell does not share with its table, around what stands in it."""

from collections.abc import Callable, Mapping, Sequence

from service.rendering.typesetting.composition import Composition, Place
from service.rendering.typesetting.like_cells import STAND_IN, LikeCells
from service.rendering.typesetting.looks import Alignment, Border
from service.rendering.typesetting.markup import arguments, block, literal, paint, points, stroke
from service.rendering.typesetting.paragraphs import edges, empty_paragraph
from service.rendering.typesetting.plain_cells import PlainCell
from service.rendering.typesetting.prelude import BREAK
from service.rendering.typesetting.runs import run_function, set_items
from service.rendering.typesetting.table_parts import Cell, Table
from service.rendering.typesetting.table_shared import Shared, WrittenCell, folded_edges


class CellSetter:
    """Sets the cells of one table; cells that differ in their words alone are set alike, without looking again."""

    def __init__(
        self, composition: Composition, table: Table, shared: Shared, place_of: Callable[[Cell], Place]
    ) -> None:
        self._composition = composition
        self._table = table
        self._kind = table.kind
        self._shared = shared
        self._place_of = place_of
        self._around: dict[tuple[LikeCells, bool], tuple[str, str, str]] = {}
        self._looks: dict[tuple[int, bool], tuple[str, str]] = {}

    def set_like(self, place: LikeCells, sample: WrittenCell, lines: Sequence[str], *, certain: bool) -> str:
        """The code of a cell that is set with its like, once for them all but for the texts."""
        around = self._around.get((place, certain))
        if around is None:
            parts = self.set(sample, None, certain=certain).split(literal(STAND_IN))
            around = self._around[place, certain] = (parts[0], parts[1] if lines else "", parts[-1] if lines else "")
        before, between, after = around
        return f"{before}{between.join(lines)}{after}"

    def insets(self, written: WrittenCell | None = None) -> dict[str, float]:
        """The margins of a cell, or of the table's ordinary cells."""
        if written is None:
            return self._shared.insets(self._table.margins, self._shared.room)
        return self._shared.insets(self.margins(written.cell), written.room)

    def margins(self, cell: Cell) -> Mapping[str, float]:
        """A cell's own margins over those of the table."""
        return {**self._table.margins, **cell.margins} if cell.margins else self._table.margins

    def set(self, written: WrittenCell, strut: float | None, *, certain: bool) -> str:
        """The code of a cell.

        ``strut`` is the least height that it must hold open; ``certain``: whether the height of its row is given.
        """
        plain = written.plain
        empty = plain is not None and not plain.items and certain
        folds = self._shared.folded and strut is None and (written.one_line is not None or empty)
        body = self._body(written, folds=folds, certain=certain)
        if strut is not None:
            insets = self.insets(written)
            least = max(strut - insets["top"] - insets["bottom"], 0.0)
            body = f"AtLeast({points(least)},{written.cell.vertical},{body})"
        settings = self._settings(written, folds=folds)
        if not settings:
            return body
        return f"{self._composition.definitions.define('c', f'{self._kind}.cell({settings},b)')}({body})"

    def _body(self, written: WrittenCell, *, folds: bool, certain: bool) -> str:
        """``certain``: whether the height of the row is given, so that an empty cell need not hold it open."""
        plain = written.plain
        if plain is None:
            return written.code if self._shared.text is None else f"Full({written.code})"
        if not plain.items:
            return "[]" if certain else empty_paragraph(plain.pattern.look, plain.pattern.run)
        only = plain.only
        one_line = written.one_line is not None or not plain.leading
        if written.line is not None and one_line and only is not None and not only.look.caps:
            before, after = self._look(written, plain, folds=folds)
            return f"{before}{literal(only.text)}{after}"
        base = self._shared.text or plain.pattern.text
        with self._composition.at(self._place_of(written.cell)):
            code = set_items(self._composition, plain.items, base)
        set_plainly = self._edged(plain, block("linebreak()" if each == BREAK else each for each in code))
        return f"{{set par(leading:{points(plain.leading)});{set_plainly}}}" if plain.leading else set_plainly

    def _look(self, written: WrittenCell, plain: PlainCell, *, folds: bool) -> tuple[str, str]:
        """What stands before and after a text to give it its look, and its margins where they are folded."""
        key = (id(plain.pattern), folds)
        if key not in self._looks or written.cell.margins:
            own = run_function(self._composition, plain.pattern.run, self._shared.text or plain.pattern.text)
            before, after = (f"{own}(", ")") if own else ("", "")
            line_edges = edges(plain.pattern.look, plain.pattern.text)
            if folds:
                left, right = self._beside(written, plain)
                before, after = left + before, after + right
                line_edges = folded_edges(plain.pattern, self.insets(written))
            if line_edges != self._shared.edges:
                edged = self._composition.definitions.define("w", f"{{set text({line_edges});b}}")
                before, after = f"{edged}({before}", f"{after})"
            self._looks[key] = (before, after)
        return self._looks[key]

    def _beside(self, written: WrittenCell, plain: PlainCell) -> tuple[str, str]:
        """The folded margins beside a text, as far as its alignment does not make them needless."""
        insets, align = self.insets(written), plain.pattern.look.align
        left, right = (self._composition.definitions.value(f"h({points(insets[side])})") for side in ("left", "right"))
        if align is Alignment.CENTER:
            return ("", "") if left == right else (f"{left}+", f"+{right}")
        return ("", f"+{right}") if align is Alignment.RIGHT else (f"{left}+", "")

    def _edged(self, plain: PlainCell, code: str) -> str:
        """The code with the height of its lines, where that is not the table's."""
        line_edges = edges(plain.pattern.look, plain.pattern.text)
        return code if line_edges == self._shared.edges else f"{{set text({line_edges});{code}}}"

    def _settings(self, written: WrittenCell, *, folds: bool) -> str:
        """What this cell does not share with the table."""
        cell, whole, shared = written.cell, written.whole, self._shared
        aligned = cell.column < len(shared.align) and written.align == shared.align[cell.column]
        roomy = not folds and (shared.folded or bool(cell.margins) or written.room != shared.room)
        ordinary = cell.columns == cell.rows == 1 and cell.fill is None and not roomy
        if aligned and ordinary and cell.lines is shared.lines and whole == shared.whole:
            return ""
        settings = []
        if cell.columns > 1:
            settings.append(("colspan", str(cell.columns)))
        if cell.rows > 1:
            settings.append(("rowspan", str(cell.rows)))
        if cell.fill is not None:
            settings.append(("fill", paint(cell.fill)))
        if cell.lines != shared.lines:
            settings.append(("stroke", strokes(cell.lines)))
        if whole != shared.whole:
            settings.append(("breakable", str(not whole).lower()))
        if roomy:
            insets = arguments((side, points(inset)) for side, inset in self.insets(written).items())
            settings.append(("inset", f"({insets})"))
        if not aligned:
            settings.append(("align", written.align))
        return arguments(settings)


def strokes(lines: Sequence[Border | None]) -> str:
    """The rules around a cell."""
    sides = ("top", "left", "bottom", "right")
    drawn = ["none" if line is None else stroke(line, upright=side in {"left", "right"}) for side, line in
             zip(sides, lines, strict=True)]  # fmt: skip
    if len(set(drawn)) == 1:
        return drawn[0]
    return f"({arguments(zip(sides, drawn, strict=True))})"
