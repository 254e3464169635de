"""What a run or a paragraph looks like once every style has been applied. Lengths are in points."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

SINGLE: Final = 240
"""Line spacing of one line, in Word's unit: 240ths of a line under :attr:`LineRule.AUTO`."""


class Alignment(StrEnum):
    """How lines stand between the indents; the value is Typst's word, except that Typst justifies by a flag."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class LineRule(StrEnum):
    """What a paragraph's line spacing means (ECMA-376-1, 17.18.48)."""

    AUTO = "auto"
    EXACT = "exact"
    AT_LEAST = "atLeast"


class TabAlignment(StrEnum):
    """Which edge of the following text meets the tab stop."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    DECIMAL = "decimal"


class Leader(StrEnum):
    """What fills the way to a tab stop; the value is the repeated character, or empty."""

    NONE = ""
    DOT = "."
    HYPHEN = "-"
    MIDDLE_DOT = "·"
    UNDERSCORE = "_"


@dataclass(frozen=True, slots=True, order=True)
class TabStop:
    """A tab stop, measured from the text margin, not from the indent."""

    position: float
    alignment: TabAlignment
    leader: Leader


@dataclass(frozen=True, slots=True)
class Border:
    """One ruled line; ``width`` is that of both lines and the space between them where it is double."""

    width: float
    color: str
    line: Literal["solid", "dotted", "dashed", "double"]


@dataclass(frozen=True, slots=True)
class ParagraphBorder:
    """A ruled line beside a paragraph and its distance from the text."""

    side: Literal["top", "bottom", "left", "right"]
    border: Border
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLook:
    """The look of characters. The defaults are Word's own, before any style."""

    font: str = "Liberation Serif"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    strike: bool = False
    caps: bool = False
    small_caps: bool = False
    underline: Literal["single", "double", "thick"] | None = None
    color: str = "000000"
    shading: str | None = None
    raised: Literal["super", "sub"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """The look of a paragraph. ``first`` is relative to ``left``; below zero it hangs. ``line``: 240ths or points."""

    style: str = ""
    align: Alignment = Alignment.LEFT
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = float(SINGLE)
    rule: LineRule = LineRule.AUTO
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    contextual: bool = False
    line_numbers: bool = True
    tabs: tuple[TabStop, ...] = ()
    list_id: str | None = None
    list_level: int = 0
    outline: int | None = None
    borders: tuple[ParagraphBorder, ...] = ()
    shading: str | None = None
