"""A shipped typeface as an embedded simple font: PDF/A wants fonts inside the file, those of stamps and fields too."""

import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from fontTools import subset, ttLib
from pikepdf import Array, Name

from templates import templates_root

Add = Callable[[Mapping[str, Any], bytes | None], Any]
"""Adds an object to a file, its entries and its stream, if it is one; what comes back refers to it."""

_ENCODING = "cp1252"
_FIRST, _LAST = 32, 255
_NOT_IN_PDF = ["name", "post", "OS/2", "GDEF", "GPOS", "GSUB", "kern", "gasp", "cvt ", "fpgm", "prep", "DSIG", "FFTM"]
_SERIF_AND_LATIN = 2 | 32


class Face(StrEnum):
    """The faces used outside running text, by file name."""

    REGULAR = "LiberationSerif-Regular"
    BOLD = "LiberationSerif-Bold"


@dataclass(frozen=True, slots=True)
class _Program:
    """A font program, deflated once, with the figures PDF repeats beside it, in thousandths of the type size."""

    packed: bytes
    length: int
    widths: tuple[int, ...]
    box: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int


def embed(add: Add, face: Face) -> Any:
    """Add the face to a file, with every character of WinAnsiEncoding that it has; returns what ``add`` does."""
    program = _program(face)
    base_name = Name(f"/OCSEFA+{face}")
    file = add({"/Length1": program.length, "/Filter": Name.FlateDecode}, program.packed)
    descriptor = {
        "/Type": Name.FontDescriptor,
        "/FontName": base_name,
        "/Flags": _SERIF_AND_LATIN,
        "/FontBBox": list(program.box),
        "/ItalicAngle": 0,
        "/Ascent": program.ascent,
        "/Descent": program.descent,
        "/CapHeight": program.cap_height,
        "/StemV": 140 if face is Face.BOLD else 80,
        "/FontFile2": file,
    }
    font = {
        "/Type": Name.Font,
        "/Subtype": Name.TrueType,
        "/BaseFont": base_name,
        "/Encoding": Name.WinAnsiEncoding,
        "/FirstChar": _FIRST,
        "/LastChar": _LAST,
        "/Widths": Array(program.widths),
        "/FontDescriptor": add(descriptor, None),
    }
    return add(font, None)


def encode(text: str) -> bytes:
    """The text as codes of an embedded face.

    Raises:
        UnicodeEncodeError: A character is outside WinAnsiEncoding.
    """
    return text.encode(_ENCODING)


def width(text: str, face: Face, size: float) -> float:
    """How wide the text is set, in the unit of ``size``."""
    return _thousandths(text, face) * size / 1000


@lru_cache(maxsize=2048)
def _thousandths(text: str, face: Face) -> int:
    widths = _program(face).widths
    return sum(widths[code - _FIRST] for code in encode(text))


@cache
def _program(face: Face) -> _Program:
    characters = [character for code in range(_FIRST, _LAST + 1) if (character := _character(code))]
    options = subset.Options(
        hinting=False, notdef_outline=True, recalc_timestamp=False, drop_tables=_NOT_IN_PDF, layout_features=[]
    )
    with ttLib.TTFont(templates_root() / "fonts" / f"{face}.ttf", recalcTimestamp=False) as font:
        cap_height = font["OS/2"].sCapHeight
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(characters))
        cutter.subset(font)
        target = io.BytesIO()
        font.save(target)
        scale = 1000 / font["head"].unitsPerEm
        return _Program(
            packed=zlib.compress(target.getvalue(), level=9),
            length=len(target.getvalue()),
            widths=_widths(font, scale),
            box=tuple(round(getattr(font["head"], edge) * scale) for edge in ("xMin", "yMin", "xMax", "yMax")),
            ascent=round(font["hhea"].ascent * scale),
            descent=round(font["hhea"].descent * scale),
            cap_height=round(cap_height * scale),
        )


def _widths(font: ttLib.TTFont, scale: float) -> tuple[int, ...]:
    glyphs, advances = font.getBestCmap(), font["hmtx"].metrics
    missing = advances[".notdef"][0]
    return tuple(
        round(advances[glyphs[ord(character)]][0] * scale)
        if character and ord(character) in glyphs
        else round(missing * scale)
        for character in map(_character, range(_FIRST, _LAST + 1))
    )


def _character(code: int) -> str:
    """The character of a code; five codes have none."""
    return bytes([code]).decode(_ENCODING, errors="ignore")
