"""Lines around the page: read from a section's ``pgBorders`` and drawn behind its text, as no part of the reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from service.rendering.typesetting.attributes import Attributes, NotSupported
from service.rendering.typesetting.looks import Border
from service.rendering.typesetting.markup import points, stroke
from service.rendering.typesetting.properties import read_border

_SIDES: Final = frozenset({"top", "left", "bottom", "right"})


@dataclass(frozen=True, slots=True)
class PageBorders:
    """The lines by side, each with its distance in points: from the text, or from the paper's edge.

    ``shown``: on ``allPages``, only the section's ``firstPage``, or ``notFirstPage``.
    """

    lines: tuple[tuple[str, Border, float], ...]
    from_text: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges that borders keep their distance from, in points from the paper's left and top edge."""

    left: float
    top: float
    right: float
    bottom: float


def read_page_borders(attributes: Attributes) -> PageBorders | None:
    """Read a ``pgBorders``; None where it draws nothing."""
    from_text = attributes.choice(
        "offsetFrom", {None: True, "text": True, "page": False}, "The origin of a page border"
    )
    pages = {None: "allPages", "allPages": "allPages", "firstPage": "firstPage", "notFirstPage": "notFirstPage"}
    shown = attributes.choice("display", pages, "The pages of a page border")
    attributes.ignore("zOrder")
    lines = []
    for child in attributes.element:
        side = Attributes(child)
        border = _read_line(side)
        distance = side.points("space", per_point=1.0) or 0.0
        side.check_all_read()
        if border is not None:
            lines.append((side.name, border, distance))
    return PageBorders(tuple(lines), from_text, shown) if lines else None


def _read_line(side: Attributes) -> Border | None:
    shadowed = [side.take(name) in {"1", "true", "on"} for name in ("shadow", "frame")]
    if side.name not in _SIDES or any(shadowed):
        raise NotSupported("A page border with a shadow is not typeset: choose a plain box.")
    return read_border(side)


def draw_page_borders(borders: PageBorders, frame: Frame, paper: tuple[float, float], on_first: str) -> str:
    """The code of the page's background; ``on_first`` is a condition that holds on the section's first page."""
    drawn = [_line(side, border, ends) for side, border, ends in _placed(borders, frame, paper)]
    code = "{" + ";".join(drawn) + "}"
    if borders.shown == "allPages":
        return code
    condition = on_first if borders.shown == "firstPage" else f"not({on_first})"
    return f"context{{if {condition}{code}}}"


def _placed(
    borders: PageBorders, frame: Frame, paper: tuple[float, float]
) -> list[tuple[str, Border, Mapping[str, float]]]:
    """Each line with the middle of its stroke on every side of the box, so that corners meet."""
    width, height = paper
    middle = {}
    for side, border, distance in borders.lines:
        away = distance + border.width / 2
        from_text = {"left": frame.left - away, "top": frame.top - away,
                     "right": frame.right + away, "bottom": frame.bottom + away}  # fmt: skip
        from_edge = {"left": away, "top": away, "right": width - away, "bottom": height - away}
        middle[side] = (from_text if borders.from_text else from_edge)[side]
    box = {"left": frame.left, "top": frame.top, "right": frame.right, "bottom": frame.bottom} | middle
    widths = {side: border.width / 2 for side, border, _ in borders.lines}
    outer = {side: place + (widths.get(side, 0.0) if side in {"right", "bottom"} else -widths.get(side, 0.0))
             for side, place in box.items()}  # fmt: skip
    return [(side, border, outer | {side: box[side]}) for side, border, _ in borders.lines]


def _line(side: str, border: Border, ends: Mapping[str, float]) -> str:
    upright = side in {"left", "right"}
    if upright:
        start, end = (ends[side], ends["top"]), (ends[side], ends["bottom"])
    else:
        start, end = (ends["left"], ends[side]), (ends["right"], ends[side])
    between = f"start:({points(start[0])},{points(start[1])}),end:({points(end[0])},{points(end[1])})"
    return f"place(top+left,line({between},stroke:{stroke(border, upright=upright)}))"
