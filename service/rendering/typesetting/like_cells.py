"""Cells at one place in rows of one shape: where their texts fit their lines, they are written without looking again.

What surrounds the texts is found once, with a stand-in for each of them; a text then costs the sum of its widths.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from service.rendering.typesetting.fonts import whole_advances
from service.rendering.typesetting.items import Item, LineBreak, Text
from service.rendering.typesetting.markup import literal
from service.rendering.typesetting.plain_cells import FITS, PlainCell, PlainPattern
from service.rendering.typesetting.table_parts import Cell
from service.rendering.typesetting.table_shared import WrittenCell

STAND_IN: Final = "\ue000"
"""A character for private use, which no text holds that is set."""
_ASIDE: Final = ("-", "\u2011", ")(")
"""What lines may break at, or must not, is written with more than the text."""

Lines = tuple[str, ...]
"""The texts of a cell as string literals, line by line."""


class LikeCells:
    """The cells of one place: those whose every text is a line of its own are written together.

    ``sample`` stands for them all and holds no text of any; None where the cells ask for more than that.
    """

    def __init__(self, cell: Cell, pattern: PlainPattern | None, width: float, *, whole: bool, shared: bool) -> None:
        self.cell = cell
        self.pattern = pattern
        self._width = width
        self._single = False
        self._advances: Mapping[str, float] = {}
        self._known: dict[str, str | None] = {}
        self.sample = None if pattern is None or not shared else self._sample(pattern, whole=whole)

    def _sample(self, pattern: PlainPattern, *, whole: bool) -> WrittenCell | None:
        run, texts = pattern.run, self.cell.pattern.texts
        number = texts.stop - texts.start
        empty = not number and len(pattern.slots) <= 1
        every = number * 2 == len(pattern.slots) + 1 and pattern.only_lines and not run.caps
        if pattern.line is None or not (empty or every):
            return None
        self._advances = whole_advances(run.font, run.bold, run.italic)
        self._single = number == 1
        items: list[Item] = [LineBreak() if place % 2 else Text(STAND_IN, run) for place in range(number * 2 - 1)]
        plain = PlainCell(pattern, items, 0.0, pattern.leading)
        line, one = plain.height_within(self._width), STAND_IN if self._single else None
        align = f"{pattern.align}+{self.cell.vertical}"
        return WrittenCell(self.cell, whole, plain, align, plain.room, line, one)

    def read(self, texts: Sequence[str]) -> Lines | None:
        """The cell's own of a row's texts; None where one of them is not certain to fit its line."""
        if self.sample is None or self.sample.line is None:
            return None
        lines = []
        for place, text in enumerate(texts[self.cell.pattern.texts]):
            line = self._known[text] if self._single and text in self._known else self._line(place, text)
            if line is None:
                return None
            lines.append(line)
        return tuple(lines)

    def _line(self, place: int, written: str) -> str | None:
        pattern = self.pattern
        if pattern is None:
            return None
        text = written if pattern.preserved[place] else written.strip(" ")
        aside = not text or (not self._single and any(each in text for each in _ASIDE))
        try:
            width = sum(map(self._advances.__getitem__, text)) * pattern.run.size
        except KeyError:  # not in the font itself, or an entity for a sign
            aside, width = True, 0.0
        line = literal(text) if not aside and width + FITS < self._width else None
        if self._single:
            self._known[written] = line
        return line
