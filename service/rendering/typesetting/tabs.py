"""Tab stops, resolved against exact advance widths before the compiler ever sees the line.

Every tab becomes a fixed space. Where a page number makes a width unknown, the text is placed on the stop itself, and
the line is refused if a number with more digits would have reached another stop.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.fonts import text_width
from service.rendering.typesetting.items import Field, Item, LineBreak, Picture, Tab, Text
from service.rendering.typesetting.looks import Alignment, Leader, ParagraphLook, RunLook, TabAlignment, TabStop
from service.rendering.typesetting.markup import block, literal, points
from service.rendering.typesetting.prelude import BLANK_LINE
from service.rendering.typesetting.runs import set_items, width_of

_PASSED: Final = 0.05
"""A stop this near to the pen, in points, counts as passed."""
_AT_MARGIN: Final = 1.0
_MOST_IN_LINE: Final = 200
"""More tabs than any line has room for; what lies behind them is not worth measuring."""
_DECIMAL_POINT: Final = re.compile(r"\.(?=\d)|\.(?=\s|$)|$")
_ON_STOP: Final = {TabAlignment.CENTER: "Centred", TabAlignment.RIGHT: "Ending"}


@dataclass(frozen=True, slots=True)
class _Segment:
    """Items up to a tab, and that tab; none ends the line."""

    items: Sequence[Item]
    tab: Tab | None
    least: float
    most: float

    @property
    def certain(self) -> bool:
        """Whether the width is known before the pages are."""
        return self.least == self.most


class TabSetter:
    """Sets the lines of one paragraph that holds tabs. Positions are in points from the text margin."""

    def __init__(self, composition: Composition, look: ParagraphLook, base: RunLook) -> None:
        self._composition = composition
        self._look = look
        self._base = base
        self._right = composition.place.width - look.right
        self._moves = look.align in {Alignment.CENTER, Alignment.RIGHT}
        hanging = [TabStop(look.left, TabAlignment.LEFT, Leader.NONE)] if look.first < 0 else []
        self._stops = sorted([*look.tabs, *hanging])

    def set(self, items: Sequence[Item], start: float) -> list[str]:
        """The code of all lines; ``start`` is where the first one begins."""
        code: list[str] = []
        for number, line in enumerate(_lines(items)):
            if number:
                code.append("Break")
            has_tab = any(isinstance(item, Tab) for item in line)
            if has_tab and not any(isinstance(item, (Text, Field, Picture)) for item in line):
                code.append(BLANK_LINE)
            code += self._line(line, self._look.left if number else start) if has_tab else self._set(line)
        return code

    def _set(self, items: Sequence[Item]) -> list[str]:
        return set_items(self._composition, items, self._base)

    def _line(self, items: Sequence[Item], start: float) -> list[str]:
        segments = _segments(items)
        if len(segments) > _MOST_IN_LINE:
            self._refuse(f"A line has more than {_MOST_IN_LINE} tabs: use a table.")
            return []
        code: list[str] = []
        pen, stop = start, None
        for segment, following in pairwise([*segments, None]):
            if segment is None:
                break
            placed = (
                stop is not None
                and not segment.certain
                and stop.alignment in _ON_STOP
                and not self._fills(stop, following)
            )
            own = self._own(segment, stop if placed else None)
            low, high = _ink(segment, pen, stop if placed else None)
            if segment.tab is None or following is None:
                return self._finish([*code, *own], start, high, stop)
            stop = self._stop_after(low, high)
            if self._moves and (stop.alignment is not TabAlignment.LEFT or not segment.certain):
                self._refuse("A tab stop in a centred or right-aligned paragraph is not typeset: align it left.")
            target = stop.position - self._offset(stop, following)
            if target < high - _PASSED and stop.alignment is not TabAlignment.LEFT:
                self._refuse("The text around a tab does not fit its tab stop: shorten it or move the stop.")
            target = max(target, high)
            if placed or segment.certain:
                length, fills = target - (pen if placed else high), self._fills(stop, following)
                code += [*own, self._space(segment.tab, stop, length, _reach(stop, following), fills=fills)]
            else:
                code.append(f"box(width:{points(target - pen)},{block(own)})")
                if stop.leader is not Leader.NONE:
                    self._refuse("A leader after a page number is not typeset: remove the leader.")
            pen = target
        return code

    def _finish(self, code: list[str], start: float, end: float, stop: TabStop | None) -> list[str]:
        """Text that a stop holds beyond the margin stays on its line, as in Word, and does not wrap."""
        holds = stop is not None and stop.alignment is not TabAlignment.LEFT and not self._fills(stop, None)
        if holds and end > self._right + _PASSED:
            return [f"Beyond({points(end - start + 1)},{block(code)})"]
        return code

    def _own(self, segment: _Segment, stop: TabStop | None) -> list[str]:
        code = self._set(segment.items)
        if stop is not None:
            return [f"{_ON_STOP[stop.alignment]}({block(code)})"]
        if code and segment.tab is not None and self._look.align is Alignment.JUSTIFY:
            return [f"box({block(code)})"]  # justification must not stretch what stands before a tab
        return code

    def _stop_after(self, low: float, high: float) -> TabStop:
        """The stop that a tab reaches; default stops follow the last one set (ECMA-376-1, 17.15.1.25)."""
        if high > self._right + _PASSED:
            self._refuse("A tab follows text that fills its line: shorten the text or use a table.")
        stop = self._next(high)
        if self._next(low) != stop:
            self._refuse("A tab after a page number may reach different stops: set its tab stop further right.")
        return stop

    def _next(self, pen: float) -> TabStop:
        for stop in self._stops:
            if stop.position > pen + _PASSED:
                return stop
        every = self._composition.settings.default_tab
        return TabStop((int((pen + _PASSED) // every) + 1) * every, TabAlignment.LEFT, Leader.NONE)

    def _offset(self, stop: TabStop, following: _Segment) -> float:
        """How far the following text reaches back from the stop."""
        if stop.alignment is TabAlignment.DECIMAL:
            return _before_point(following.items)
        if not following.certain or stop.alignment is TabAlignment.LEFT:
            return 0.0
        return following.least / (2 if stop.alignment is TabAlignment.CENTER else 1)

    def _fills(self, stop: TabStop, following: _Segment | None) -> bool:
        """Whether the space can simply fill the line: a right stop on the margin before the last text."""
        last = following is None or following.tab is None
        return last and stop.alignment is TabAlignment.RIGHT and abs(stop.position - self._right) < _AT_MARGIN

    def _space(self, tab: Tab, stop: TabStop, length: float, reach: float, *, fills: bool) -> str:
        """The way to a stop; its leader ends ``reach`` points before, where text of unknown width may begin."""
        width = "1fr" if fills else points(length)
        if fills and stop.leader not in {Leader.NONE, Leader.UNDERSCORE}:
            return f"LeaderFill({literal(stop.leader.value)})"
        if stop.leader is Leader.UNDERSCORE or (tab.look.underline is not None and stop.leader is Leader.NONE):
            return f"Rule({width})"
        if stop.leader is Leader.NONE:
            return f"h({width})"
        mark = text_width(stop.leader.value, tab.look)
        times = int(max(length - reach, 0.0) / mark)
        dots = f"Leader({points(times * mark + 0.01)},{literal(stop.leader.value)})"
        return f"h({points(length - reach - times * mark)});{dots}" + (f";h({points(reach)})" if reach else "")

    def _refuse(self, message: str) -> None:
        self._composition.findings.refuse("tab", message)


def _ink(segment: _Segment, pen: float, stop: TabStop | None) -> tuple[float, float]:
    """Where the segment's text ends at the least and at the most."""
    if stop is None:
        return pen + segment.least, pen + segment.most
    half = 2 if stop.alignment is TabAlignment.CENTER else 0
    return (pen + segment.least / half, pen + segment.most / half) if half else (pen, pen)


def _reach(stop: TabStop, following: _Segment) -> float:
    """How far text of unknown width may reach back from its stop."""
    if following.certain or stop.alignment is TabAlignment.LEFT:
        return 0.0
    return following.most / (2 if stop.alignment is TabAlignment.CENTER else 1)


def decimal_shift(composition: Composition, look: ParagraphLook, items: Sequence[Item]) -> float | None:
    """In a table cell a decimal stop acts without a tab (ECMA-376-1, 17.18.84): how far the text moves right."""
    stop = next((each for each in look.tabs if each.alignment is TabAlignment.DECIMAL), None)
    if (
        not composition.place.in_cell
        or stop is None
        or not items
        or any(isinstance(item, (Tab, LineBreak)) for item in items)
    ):
        return None
    return max(0.0, stop.position - look.left - look.first - _before_point(items))


def _before_point(items: Sequence[Item]) -> float:
    """The width of a figure up to its decimal point; of all of it when it has none."""
    texts = [item for item in items if isinstance(item, Text)]
    written = "".join(item.text for item in texts)
    found = _DECIMAL_POINT.search(written)
    left = len(written) if found is None else found.start()
    width = 0.0
    for item in texts:
        width += text_width(item.text[: max(left, 0)], item.look)
        left -= len(item.text)
    return width


def _lines(items: Iterable[Item]) -> list[list[Item]]:
    lines: list[list[Item]] = [[]]
    for item in items:
        if isinstance(item, LineBreak):
            lines.append([])
        else:
            lines[-1].append(item)
    return lines


def _segments(items: Iterable[Item]) -> list[_Segment]:
    segments: list[_Segment] = []
    held: list[Item] = []
    for item in items:
        if isinstance(item, Tab):
            segments.append(_segment(held, item))
            held = []
        else:
            held.append(item)
    return [*segments, _segment(held, None)]


def _segment(items: Sequence[Item], tab: Tab | None) -> _Segment:
    return _Segment(items, tab, width_of(items), width_of(items, widest=True))
