"""``word/numbering.xml``: allegations in two levels, bullets, and one instance more for each restart."""

from lxml import etree

from templates.authoring.manuscript import Kind
from templates.authoring.styles import ALLEGATIONS_NUM_ID, BULLETS_NUM_ID
from templates.authoring.wordml import el, serialize

FIRST_RESTART_NUM_ID = 3
_HALF_INCH = 720


def numbering_part(restarts: int) -> bytes:
    """Definitions and instances; restart *n* is instance ``FIRST_RESTART_NUM_ID + n``."""
    root = el("numbering", _allegations(), _bullets())
    root.append(el("num", el("abstractNumId", val=0), numId=ALLEGATIONS_NUM_ID))
    root.append(el("num", el("abstractNumId", val=1), numId=BULLETS_NUM_ID))
    for restart in range(restarts):
        override = el("lvlOverride", el("startOverride", val=1), ilvl=0)
        root.append(el("num", el("abstractNumId", val=0), override, numId=FIRST_RESTART_NUM_ID + restart))
    return serialize(root)


def _allegations() -> etree._Element:
    return el(
        "abstractNum",
        el("multiLevelType", val="multilevel"),
        _level(0, "decimal", "%1.", Kind.ALLEGATION, left=0, first_line=_HALF_INCH),
        _level(1, "lowerLetter", "(%2)", Kind.SUBALLEGATION, left=_HALF_INCH, first_line=_HALF_INCH),
        abstractNumId=0,
    )


def _bullets() -> etree._Element:
    level = _level(0, "bullet", "•", Kind.BULLET, left=2 * _HALF_INCH, first_line=-_HALF_INCH // 2)
    return el("abstractNum", el("multiLevelType", val="singleLevel"), level, abstractNumId=1)


def _level(level: int, form: str, text: str, kind: Kind, *, left: int, first_line: int) -> etree._Element:
    """A level whose text begins half an inch behind its number, or at ``left`` where the number hangs."""
    indent = el("ind", left=left, firstLine=first_line) if first_line > 0 else el("ind", left=left, hanging=-first_line)
    stop = left + first_line + _HALF_INCH if first_line > 0 else left
    return el(
        "lvl",
        el("start", val=1),
        el("numFmt", val=form),
        el("pStyle", val=kind),
        el("suff", val="tab"),
        el("lvlText", val=text),
        el("lvlJc", val="left"),
        el("pPr", el("tabs", el("tab", val="left", pos=stop)), indent),
        ilvl=level,
    )
