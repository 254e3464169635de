"""The properties of tables, rows and cells that are typeset, down to attributes. What is not listed is refused."""

import re
from collections.abc import Mapping
from typing import Final

from service.rendering.typesetting.attributes import Attributes, NotSupported, Partial, Reader, nothing
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.properties import ALIGNMENTS, read_border, read_shading

_LOGICAL: Final = {"start": "left", "end": "right"}
_SIDES: Final = frozenset({"top", "left", "bottom", "right", "start", "end", "insideH", "insideV"})
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)(%?)")
_FIFTIETHS: Final = 5000
"""Word counts per cent in fiftieths (ECMA-376-1, 17.18.90)."""
_VERTICAL: Final = {"top": "top", "center": "horizon", "bottom": "bottom"}


def _borders(attributes: Attributes) -> Partial:
    found = {}
    for child in attributes.element:
        side = Attributes(child)
        border = read_border(side)
        if side.name not in _SIDES and border is not None:
            raise NotSupported("A diagonal line in a table cell is not typeset: remove it.")
        found[_LOGICAL.get(side.name, side.name)] = border
        side.ignore("space")
        side.check_all_read()
    return {"borders": found}


def _margins(attributes: Attributes) -> Partial:
    found = {}
    for child in attributes.element:
        found[_LOGICAL.get(short(child), short(child))] = _width(Attributes(child)) or 0.0
    return {"margins": found}


def _width(attributes: Attributes) -> float | None:
    """A width in points; None when Word is to find it."""
    kind = attributes.take("type") or "dxa"
    width = attributes.points("w") if kind in {"dxa", "nil"} else None
    if kind == "pct":
        raise NotSupported("A width in per cent is not typeset: give widths in inches.")
    attributes.ignore("w")
    attributes.check_all_read()
    return 0.0 if kind == "nil" else width


def _preferred(attributes: Attributes) -> Partial:
    """The width that a cell asks for: in points, or as a share of its table; nothing where Word is to find it."""
    if attributes.element.get(W + "type") != "pct":
        return {"width": _width(attributes)}
    attributes.take("type")
    written = attributes.take("w") or ""
    share = _SHARE.fullmatch(written)
    if share is None:
        raise NotSupported("A width in per cent is no number: give the width again in Word.")
    return {"share": float(share[1]) / (100 if share[2] else _FIFTIETHS)}


def _row_height(attributes: Attributes) -> Partial:
    height = attributes.points()
    rule = attributes.choice("hRule", {None: False, "auto": None, "atLeast": False, "exact": True}, "A row height")
    return {} if rule is None else {"height": height, "exact": rule}


def _merge(attributes: Attributes) -> Partial:
    return {
        "merge": attributes.choice(
            "val", {None: "continue", "continue": "continue", "restart": "restart"}, "A cell merge"
        )
    }


def _layout(attributes: Attributes) -> Partial:
    return {"fixed": attributes.choice("type", {None: False, "autofit": False, "fixed": True}, "A table layout")}


def _only_plain_cells(attributes: Attributes) -> Partial:
    if (attributes.points("w") or 0.0) > 0:
        raise NotSupported("Space between the cells of a table is not typeset: remove it.")
    attributes.ignore("type")
    return {}


def _upright(attributes: Attributes) -> Partial:
    if attributes.val() != "lrTb":
        raise NotSupported("Turned text in a cell is not typeset: set it upright.")
    return {}


def _whole_number(member: str) -> Reader:
    return lambda attributes: {member: attributes.number()}


def _no(attributes: Attributes) -> Partial:
    if attributes.flag():
        raise NotSupported(f"<w:{attributes.name}> is not typeset: remove it from the table.")
    return {}


TABLE_READERS: Final[Mapping[str, Reader]] = {
    "tblBorders": _borders,
    "tblCellMar": _margins,
    "tblLayout": _layout,
    "jc": lambda attributes: {"align": attributes.choice("val", ALIGNMENTS, "The alignment of a table")},
    "tblInd": lambda attributes: {"indent": _width(attributes) or 0.0},
    "tblW": _preferred,
    "tblCellSpacing": _only_plain_cells,
    "bidiVisual": _no,
    "shd": lambda attributes: {"fill": read_shading(attributes)},
}
INVISIBLE_TABLE: Final = frozenset(
    {"tblStyle", "tblLook", "tblStyleRowBandSize", "tblStyleColBandSize", "tblOverlap", "tblCaption", "tblDescription"}
)
"""Style and look are read by :mod:`.table_styles`. Caption and description are Word's alternative text for a table,
which is not printed; the tagged table itself is what a reader is given."""

ROW_READERS: Final[Mapping[str, Reader]] = {
    "cantSplit": lambda attributes: {"whole": attributes.flag()},
    "tblHeader": lambda attributes: {"header": attributes.flag()},
    "trHeight": _row_height,
    "gridBefore": _whole_number("skipped"),
    "gridAfter": _whole_number("left_over"),
    "tblCellSpacing": _only_plain_cells,
    "hidden": _no,
}
INVISIBLE_ROW: Final = frozenset({"cnfStyle", "divId", "wBefore", "wAfter"})
CELL_READERS: Final[Mapping[str, Reader]] = {
    "gridSpan": _whole_number("columns"),
    "vMerge": _merge,
    "vAlign": lambda attributes: {"vertical": attributes.choice("val", _VERTICAL, "A vertical alignment")},
    "shd": lambda attributes: {"fill": read_shading(attributes)},
    "tcBorders": _borders,
    "tcMar": _margins,
    "tcW": _preferred,
    "noWrap": _no,
    "tcFitText": _no,
    "hideMark": nothing,
    "textDirection": _upright,
}
INVISIBLE_CELL: Final = frozenset({"cnfStyle"})
