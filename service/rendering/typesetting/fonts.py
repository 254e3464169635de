"""The fonts that ship with the project: how wide their characters are, and which characters they have.

Liberation Serif, Sans and Mono have the widths of Times New Roman, Arial and Courier New; Carlito has those of Calibri.
DejaVu Sans stands in, character by character, for what they lack (☐ ☒). Nothing else is ever used: the compiler is
given these files and no others.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from fontTools.ttLib import TTFont

from service.rendering.typesetting.looks import RunLook
from templates import templates_root

SERIF: Final = "Liberation Serif"
SANS: Final = "Liberation Sans"
MONO: Final = "Liberation Mono"
CARLITO: Final = "Carlito"
SYMBOLS: Final = "DejaVu Sans"
FAMILIES: Final = {
    "Times New Roman": SERIF,
    "Times": SERIF,
    SERIF: SERIF,
    "Arial": SANS,
    "Helvetica": SANS,
    SANS: SANS,
    "Courier New": MONO,
    "Courier": MONO,
    MONO: MONO,
    "Calibri": CARLITO,
    CARLITO: CARLITO,
    SYMBOLS: SYMBOLS,
    "Segoe UI Symbol": SYMBOLS,
    "MS Gothic": SYMBOLS,
}
"""Font names a Word document may use, and the shipped family each is set in."""

MONO_EXCESS: Final = 0.0001
"""By so many ems a letter of Liberation Mono is wider than the three fifths of an em that Word counts for it."""
_WITHOUT_ITALICS: Final = frozenset({SYMBOLS})
_STYLES: Final = {
    (False, False): "-Regular",
    (True, False): "-Bold",
    (False, True): "-Italic",
    (True, True): "-BoldItalic",
}

SMALL_CAPITALS: Final = 0.8
"""Height of a small capital to that of a capital, as Word draws them."""
RAISED: Final = 0.65
"""Size of a super- or subscript to that of its line."""

_NON_BREAKING_HYPHEN: Final = 0x2011
_HYPHEN: Final = 0x2010
SOFT_HYPHEN: Final = 0x00AD
"""Proposes where a line may end."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"})


@dataclass(frozen=True, slots=True)
class Face:
    """One font file's measures, in ems. ``ascent`` holds the line gap, as Word counts it."""

    advances: dict[int, float]
    ascent: float
    descent: float


@cache
def _measured(family: str, bold: bool, italic: bool) -> Face:  # noqa: FBT001 - a cache key
    """One shipped face, read once in a process."""
    style = _STYLES[bold, italic and family not in _WITHOUT_ITALICS]
    if family == SYMBOLS:
        style = style.replace("-Regular", "")
    with TTFont(templates_root() / "fonts" / f"{family.replace(' ', '')}{style}.ttf", lazy=True) as font:
        em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        excess = MONO_EXCESS if family == MONO else 0.0
        advances = {code: widths[glyph][0] / em - excess for code, glyph in font.getBestCmap().items()}
        if _NON_BREAKING_HYPHEN not in advances and _HYPHEN in advances:
            advances[_NON_BREAKING_HYPHEN] = advances[_HYPHEN]  # the shaper sets one for the other
        advances[SOFT_HYPHEN] = 0.0  # seen only where a line ends at it
        line = font["hhea"]
        return Face(advances=advances, ascent=(line.ascent + line.lineGap) / em, descent=-line.descent / em)


def face(family: str, *, bold: bool = False, italic: bool = False) -> Face:
    """The face of a family; a family without italics is set upright."""
    return _measured(family, bold, italic)


def text_width(text: str, look: RunLook) -> float:
    """The width in points of a text set on one line."""
    own = face(look.font, bold=look.bold, italic=look.italic).advances
    fallback = face(SYMBOLS, bold=look.bold).advances
    scale = look.size * (RAISED if look.raised else 1.0)
    if look.caps:
        text = text.upper()
    if look.small_caps:
        return sum(_small_capital(each, own, fallback) for each in text) * scale
    try:
        return sum([own[code] for code in map(ord, text)]) * scale
    except KeyError:
        return sum(own.get(code) or fallback.get(code, 0.0) for code in map(ord, text)) * scale


def _small_capital(character: str, own: dict[int, float], fallback: dict[int, float]) -> float:
    capital = character.upper()
    size = SMALL_CAPITALS if capital != character else 1.0
    return size * sum(own.get(ord(each)) or fallback.get(ord(each), 0.0) for each in capital)


def line_measures(look: RunLook) -> tuple[float, float]:
    """Ascent and descent of a single-spaced line, in ems."""
    metrics = face(look.font)
    return metrics.ascent, metrics.descent


@cache
def _settable(family: str, bold: bool, italic: bool) -> frozenset[str]:  # noqa: FBT001 - a cache key
    codes = face(family, bold=bold, italic=italic).advances.keys() | face(SYMBOLS, bold=bold).advances.keys()
    return frozenset(each for each in map(chr, codes) if _is_plain(each) or ord(each) == SOFT_HYPHEN)


@cache
def _plain_advances(family: str, bold: bool, italic: bool) -> dict[str, float]:  # noqa: FBT001 - a cache key
    settable = _settable(family, bold, italic)
    advances = face(family, bold=bold, italic=italic).advances
    return {chr(code): width for code, width in advances.items() if chr(code) in settable and code != SOFT_HYPHEN}


@cache
def whole_advances(family: str, bold: bool, italic: bool) -> dict[str, float]:  # noqa: FBT001 - a cache key
    """The advances, in ems, of the characters that a face itself sets and that XML writes as they are."""
    return {each: width for each, width in _plain_advances(family, bold, italic).items() if each not in "&<>"}


def plain_width(text: str, look: RunLook) -> float | None:
    """The width in points of a text that its own font sets whole, on one line; None of any other text.

    Soft hyphens and small capitals are left to the fuller reckoning as well.
    """
    if look.small_caps:
        return None
    advances = _plain_advances(look.font, look.bold, look.italic)
    try:
        ems = sum(map(advances.__getitem__, text.upper() if look.caps else text))
    except KeyError:
        return None
    return ems * look.size * (RAISED if look.raised else 1.0)


def _is_plain(character: str) -> bool:
    category = unicodedata.category(character)
    shown = category not in {"Cc", "Co", "Cs", "Cn", "Cf", "Zl", "Zp"}
    return shown and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT


def unsettable(text: str, look: RunLook) -> str:
    """The characters, in order and once each, that no shipped font has or that run from right to left."""
    shown = text.upper() if look.caps or look.small_caps else text
    known = _settable(look.font, look.bold, look.italic)
    if known.issuperset(shown):
        return ""
    return "".join(dict.fromkeys(each for each in shown if each not in known))
