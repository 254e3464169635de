"""The properties of runs and paragraphs that are typeset, down to their attributes. What is not listed is refused."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from service.rendering.typesetting.attributes import Attributes, NotSupported, Partial, Reader, read_children
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.looks import (
    Alignment,
    Border,
    Leader,
    LineRule,
    ParagraphBorder,
    TabAlignment,
    TabStop,
)
from service.rendering.typesetting.names import short

INVISIBLE_RUN: Final = frozenset(
    {
        "{http://schemas.microsoft.com/office/word/2010/wordml}ligatures",
        "rStyle",
        "lang",
        "noProof",
        "webHidden",
        "snapToGrid",
        "bCs",
        "iCs",
        "szCs",
        "cs",
        "eastAsianLayout",
        "kern",
    }
)
"""Without effect here: the style is resolved elsewhere; no hyphenation, no screen, no character grid; complex and East
Asian scripts are refused by their characters; pairs are not kerned and letters not joined, since the fonts that Word
names have no ligatures."""

INVISIBLE_PARAGRAPH: Final = frozenset(
    {
        *("pStyle", "numPr", "sectPr", "rPr"),  # read by style sheet, numbering, sections and empty paragraphs
        *("suppressAutoHyphens", "snapToGrid", "divId", "cnfStyle"),
        *("kinsoku", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd"),
    }
)
"""Without effect here: no hyphenation, no character grid, no East Asian text."""

ALIGNMENTS: Final[Mapping[str | None, Alignment]] = {
    "left": Alignment.LEFT,
    "start": Alignment.LEFT,
    "center": Alignment.CENTER,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.JUSTIFY,
}
_HIGHLIGHTS: Final = {
    "none": None,
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGreen": "006400",
    "darkMagenta": "800080",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "darkGray": "A9A9A9",
    "lightGray": "D3D3D3",
    "black": "000000",
    "white": "FFFFFF",
}
_UNDERLINES: Final = {"none": None, "single": "single", "double": "double", "thick": "thick"}
_LINES: Final = {
    "single": "solid",
    "thick": "solid",
    "dotted": "dotted",
    "dashed": "dashed",
    "dashSmallGap": "dashed",
    "double": "double",
}
_LINES_AND_SPACE: Final = 3
"""A double line is two lines and a space, each of the width given."""
_NO_LINE: Final = frozenset({"nil", "none"})
_TAB_ALIGNMENTS: Final = {
    "left": TabAlignment.LEFT,
    "start": TabAlignment.LEFT,
    "num": TabAlignment.LEFT,
    "center": TabAlignment.CENTER,
    "right": TabAlignment.RIGHT,
    "end": TabAlignment.RIGHT,
    "decimal": TabAlignment.DECIMAL,
}
_LEADERS: Final = {
    None: Leader.NONE,
    "none": Leader.NONE,
    "dot": Leader.DOT,
    "hyphen": Leader.HYPHEN,
    "middleDot": Leader.MIDDLE_DOT,
    "underscore": Leader.UNDERSCORE,
}
_MAX_SIZE: Final = 200.0
_LAST_HEADING: Final = 5  # PDF 1.7 knows H1 to H6; Word counts from 0 and writes 9 for body text


def read_border(attributes: Attributes) -> Border | None:
    """A ruled line; None where there is none. Word counts its width in eighths of a point."""
    line = attributes.val()
    width = attributes.points("sz", per_point=8.0)
    color = attributes.color("color") or "000000"
    attributes.ignore("themeColor", "themeTint", "themeShade")  # Word writes the resulting colour beside them
    if line in _NO_LINE:
        return None
    if line not in _LINES:
        raise NotSupported(
            f"A border of kind “{line}” is not typeset: choose a single, double, thick, dotted or dashed line."
        )
    drawn = (width or 0.5) * (_LINES_AND_SPACE if line == "double" else 1)
    return Border(drawn, color, _LINES[line])  # type: ignore[arg-type]  # the table holds only these lines


def read_shading(attributes: Attributes) -> str | None:
    """The fill behind text; None for no fill."""
    pattern = attributes.choice("val", {"clear": True, "nil": False}, "A shading pattern")
    fill = attributes.color("fill")
    attributes.ignore("color", "themeFill", "themeFillTint", "themeFillShade", "themeColor", "themeTint", "themeShade")
    return fill if pattern else None


def _flag(member: str) -> Reader:
    return lambda attributes: {member: attributes.flag()}


def _only_off(attributes: Attributes) -> Partial:
    if attributes.flag():
        raise NotSupported(f"<w:{attributes.name}> is not typeset: remove this formatting.")
    return {}


def _only(*allowed: str) -> Reader:
    def read(attributes: Attributes) -> Partial:
        if attributes.val() not in allowed:
            raise NotSupported(f"<w:{attributes.name}> is not typeset with this value: remove this formatting.")
        return {}

    return read


def _fonts(attributes: Attributes) -> Partial:
    """Latin text only: Word takes ``ascii`` below U+0080 and ``hAnsi`` above; a theme name goes before a font name."""
    ascii_font = _theme(attributes.take("asciiTheme"), attributes.take("ascii"))
    other_font = _theme(attributes.take("hAnsiTheme"), attributes.take("hAnsi"))
    attributes.ignore("eastAsia", "cs", "eastAsiaTheme", "cstheme", "hint")
    if ascii_font and other_font and ascii_font != other_font:
        raise NotSupported("A run has two Latin fonts: choose one font for all of it.", "font_missing")
    font = ascii_font or other_font
    return {"font": font} if font else {}


def _theme(theme: str | None, font: str | None) -> str | None:
    """A theme font is marked by a plus sign, as in DrawingML, until the theme is at hand."""
    return font if theme is None else f"+{theme}"


def _size(attributes: Attributes) -> Partial:
    size = attributes.points(per_point=2.0)
    if size is None or not 1 <= size <= _MAX_SIZE:
        raise NotSupported("A font size outside 1 to 200 points is not typeset: choose another size.")
    return {"size": size}


def _color(attributes: Attributes) -> Partial:
    attributes.ignore("themeColor", "themeTint", "themeShade")  # Word writes the resulting colour beside them
    return {"color": attributes.color("val") or "000000"}


def _underline(attributes: Attributes) -> Partial:
    if attributes.color("color") not in {None, "000000"}:
        raise NotSupported("A coloured underline is not typeset: use the automatic colour.")
    return {"underline": attributes.choice("val", _UNDERLINES, "The underline")}


def _raised(attributes: Attributes) -> Partial:
    meanings = {"superscript": "super", "subscript": "sub", "baseline": None}
    return {"raised": attributes.choice("val", meanings, "A vertical position")}


def _no_border(attributes: Attributes) -> Partial:
    if read_border(attributes) is not None:
        raise NotSupported("A border around characters is not typeset: remove it.")
    attributes.ignore("space")
    return {}


RUN_READERS: Final[Mapping[str, Reader]] = {
    "b": _flag("bold"),
    "i": _flag("italic"),
    "strike": _flag("strike"),
    "caps": _flag("caps"),
    "smallCaps": _flag("small_caps"),
    "u": _underline,
    "sz": _size,
    "color": _color,
    "vertAlign": _raised,
    "rFonts": _fonts,
    "highlight": lambda attributes: {"shading": attributes.choice("val", _HIGHLIGHTS, "The highlight")},
    "shd": lambda attributes: {"shading": read_shading(attributes)},
    **dict.fromkeys(
        ("vanish", "specVanish", "dstrike", "outline", "shadow", "emboss", "imprint", "rtl", "oMath"), _only_off
    ),
    **dict.fromkeys(("spacing", "position"), _only("0")),
    "w": _only("100"),
    "em": _only("none"),
    "effect": _only("none"),
    "bdr": _no_border,
}


def _indents(attributes: Attributes) -> Partial:
    partial: Partial = {}
    for member, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            length = attributes.points(name)
            if length is not None:
                partial[member] = length
    first, hanging = attributes.points("firstLine"), attributes.points("hanging")
    if hanging is not None:
        partial["first"] = -hanging
    elif first is not None:
        partial["first"] = first
    return partial


def _spacing(attributes: Attributes) -> Partial:
    partial: Partial = {}
    for member in ("before", "after"):
        length = attributes.points(member)
        if length is not None:
            partial[member] = length
        if attributes.take(f"{member}Autospacing") not in {None, "0", "false", "off"}:
            raise NotSupported("Automatic paragraph spacing is not typeset: give the spacing in points.")
    rules = {None: LineRule.AUTO, "auto": LineRule.AUTO, "exact": LineRule.EXACT, "atLeast": LineRule.AT_LEAST}
    rule = attributes.choice("lineRule", rules, "A line spacing rule")
    line = attributes.points("line", per_point=1.0 if rule is LineRule.AUTO else 20.0)
    if line is not None:
        if line <= 0:
            raise NotSupported("A line spacing of nothing or less is not typeset: give a positive spacing.")
        partial |= {"line": line, "rule": rule}
    return partial


def _tabs(attributes: Attributes) -> Partial:
    stops: dict[float, TabStop | None] = {}
    for child in attributes.element:
        stop = Attributes(child)
        kind, position = stop.val(), stop.points("pos")
        if short(child) != "tab" or position is None:
            raise NotSupported("A tab stop has no position: set the tab stops again in Word.")
        if kind not in _TAB_ALIGNMENTS and kind != "clear":
            raise NotSupported(f"A tab stop of kind “{kind}” is not typeset: choose left, centre, right or decimal.")
        leader = stop.choice("leader", _LEADERS, "A tab leader")
        stop.check_all_read()
        stops[position] = None if kind == "clear" else TabStop(position, _TAB_ALIGNMENTS[kind], leader)
    return {"tabs": stops}


def _borders(attributes: Attributes) -> Partial:
    found = []
    for child in attributes.element:
        side = Attributes(child)
        border, distance = read_border(side), side.points("space", per_point=1.0)
        if border is not None and short(child) not in {"top", "bottom", "left", "right"}:
            raise NotSupported("A border between paragraphs is not typeset: use a top or a bottom border.")
        side.check_all_read()
        if border is not None:
            found.append(ParagraphBorder(short(child), border, distance or 0.0))  # type: ignore[arg-type]  # checked above
    return {"borders": tuple(found)}


def _outline(attributes: Attributes) -> Partial:
    level = attributes.number()
    return {"outline": level if level is not None and 0 <= level <= _LAST_HEADING else None}


PARAGRAPH_READERS: Final[Mapping[str, Reader]] = {
    "jc": lambda attributes: {"align": attributes.choice("val", ALIGNMENTS, "The alignment")},
    "ind": _indents,
    "spacing": _spacing,
    "tabs": _tabs,
    "pBdr": _borders,
    "shd": lambda attributes: {"shading": read_shading(attributes)},
    "outlineLvl": _outline,
    "keepNext": _flag("keep_next"),
    "keepLines": _flag("keep_lines"),
    "pageBreakBefore": _flag("page_break_before"),
    "widowControl": _flag("widow_control"),
    "contextualSpacing": _flag("contextual"),
    "suppressLineNumbers": lambda attributes: {"line_numbers": not attributes.flag()},
    **dict.fromkeys(("bidi", "mirrorIndents"), _only_off),
    "textAlignment": _only("auto", "baseline"),
    "wordWrap": _only("1", "true", "on"),
    "textDirection": _only("lrTb"),
}


def read_run_properties(element: etree._Element | None) -> tuple[Partial, tuple[Problem, ...]]:
    """What an ``rPr`` sets."""
    return ({}, ()) if element is None else read_children(element, RUN_READERS, INVISIBLE_RUN)


def read_paragraph_properties(element: etree._Element | None) -> tuple[Partial, tuple[Problem, ...]]:
    """What a ``pPr`` sets; numbering and the section are read elsewhere."""
    return ({}, ()) if element is None else read_children(element, PARAGRAPH_READERS, INVISIBLE_PARAGRAPH)


def merge(base: Partial, over: Mapping[str, Any]) -> Partial:
    """``over`` wins; tab stops are added to those of ``base``, and a cleared one is taken away."""
    merged = {**base, **over}
    if "tabs" in base and "tabs" in over:
        merged["tabs"] = {**base["tabs"], **over["tabs"]}
    return merged
