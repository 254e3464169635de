"""Automatic numbering: what the levels of a list look like, and the counters that run through a document."""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.rendering.typesetting.attributes import Partial, value_of, whole_number
from service.rendering.typesetting.findings import Problem
from service.rendering.typesetting.looks import Alignment
from service.rendering.typesetting.names import W, short
from service.rendering.typesetting.properties import ALIGNMENTS, read_paragraph_properties, read_run_properties

BULLETS: Final = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "o": "◦"}
"""Bullets that Word takes from its symbol fonts, by the character that stands in the file."""

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FORMATS: Final = frozenset(
    {"decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "bullet", "none"}
)
_SUFFIXES: Final = frozenset({"tab", "space", "nothing"})
_INVISIBLE_LEVEL: Final = frozenset(
    {"pStyle", "pPr", "rPr", "start", "numFmt", "lvlText", "suff", "lvlJc", "lvlRestart", "isLgl", "legacy"}
)
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list. ``restarts_after``: the deepest level (from 0) whose step sets this one back; or -1."""

    abstract: str
    start: int
    overridden: bool
    number_format: str
    text: str
    suffix: str
    align: Alignment
    legal: bool
    restarts_after: int
    paragraph: Partial
    run: Partial
    problems: tuple[Problem, ...]


class Numbering:
    """The list definitions of ``word/numbering.xml``."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, etree._Element]] = {}
        self._lists: dict[str, tuple[str, dict[int, etree._Element]]] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        for definition in () if root is None else root.iterchildren(W + "abstractNum"):
            levels = {whole_number(level.get(W + "ilvl"), 0): level for level in definition.iterchildren(W + "lvl")}
            self._abstract[definition.get(W + "abstractNumId", "")] = levels
        for instance in () if root is None else root.iterchildren(W + "num"):
            overrides = {
                whole_number(each.get(W + "ilvl"), 0): each for each in instance.iterchildren(W + "lvlOverride")
            }
            abstract = value_of(instance.find(W + "abstractNumId")) or ""
            self._lists[instance.get(W + "numId", "")] = (abstract, overrides)

    def level(self, list_id: str, level: int) -> Level | None:
        """The definition of a level; None when the list or the level is not defined."""
        key = (list_id, level)
        if key not in self._levels:
            self._levels[key] = self._read(list_id, level)
        return self._levels[key]

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        abstract, _ = self._lists.get(list_id, ("", {}))
        return next(
            (
                level
                for level, each in self._abstract.get(abstract, {}).items()
                if value_of(each.find(W + "pStyle")) == style
            ),
            None,
        )

    def _read(self, list_id: str, level: int) -> Level | None:
        abstract, overrides = self._lists.get(list_id, ("", {}))
        override = overrides.get(level)
        element = self._abstract.get(abstract, {}).get(level)
        start = None if override is None else value_of(override.find(W + "startOverride"))
        if override is not None and override.find(W + "lvl") is not None:
            element = override.find(W + "lvl")
        return None if element is None else _read_level(element, abstract, level, start)


def _read_level(element: etree._Element, abstract: str, level: int, start: str | None) -> Level:
    number_format = value_of(element.find(W + "numFmt")) or "decimal"
    suffix = value_of(element.find(W + "suff")) or "tab"
    align = value_of(element.find(W + "lvlJc")) or "left"
    paragraph, problems = read_paragraph_properties(element.find(W + "pPr"))
    run, more = read_run_properties(element.find(W + "rPr"))
    found = [*problems, *more, *_level_problems(element, number_format, suffix, align)]
    text = value_of(element.find(W + "lvlText")) or ""
    if number_format == "bullet":
        text = BULLETS.get(text, text)
        run = {name: value for name, value in run.items() if name != "font"}  # the symbol is set in a shipped font
    restart = value_of(element.find(W + "lvlRestart"))
    return Level(
        abstract=abstract,
        start=whole_number(start if start is not None else value_of(element.find(W + "start")), 1),
        overridden=start is not None,
        number_format=number_format,
        text=text,
        suffix=suffix,
        align=ALIGNMENTS.get(align, Alignment.LEFT),
        legal=element.find(W + "isLgl") is not None,
        restarts_after=whole_number(restart, level) - 1,
        paragraph=paragraph,
        run=run,
        problems=tuple(found),
    )


def _level_problems(element: etree._Element, number_format: str, suffix: str, align: str) -> list[Problem]:
    found = [
        Problem("numbering", f"<w:{short(child)}> in a list level is not typeset: choose a plain list.")
        for child in element
        if short(child) not in _INVISIBLE_LEVEL
    ]
    if number_format not in _FORMATS:
        found.append(
            Problem(
                "numbering",
                f"The number format “{number_format}” is not typeset: choose figures, letters or Roman numerals.",
            )
        )
    if suffix not in _SUFFIXES or align not in ALIGNMENTS:
        found.append(
            Problem("numbering", "The place of a list number is not typeset: align it left, centred or right.")
        )
    return found


class Counters:
    """The running numbers of one document. Lists that share a definition share their count."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def next_label(self, list_id: str, level: int, definition: Level) -> str:
        """Step the level and give its label as printed."""
        counts = self._counts.setdefault(definition.abstract, {})
        if definition.overridden and (list_id, level) not in self._started:
            counts.pop(level, None)
        self._started.add((list_id, level))
        counts[level] = counts[level] + 1 if level in counts else definition.start
        for deeper in [each for each in counts if each > level]:
            below = self._numbering.level(list_id, deeper)
            if below is None or level <= below.restarts_after:
                del counts[deeper]
        for upper in range(level):
            counts.setdefault(upper, self._start_of(list_id, upper))
        return self._printed(list_id, definition, counts)

    def _printed(self, list_id: str, definition: Level, counts: dict[int, int]) -> str:
        if definition.number_format == "bullet":
            return definition.text
        return re.sub(
            r"%([1-9])", lambda found: self._figure(list_id, int(found[1]) - 1, definition, counts), definition.text
        )

    def standing(self, list_id: str, level: int) -> tuple[tuple[int, ...], tuple[str, ...], tuple[Level | None, ...]]:
        """The counts, labels and definitions from the first level down to this one, as they are now."""
        levels = tuple(self._numbering.level(list_id, each) for each in range(level + 1))
        own = levels[-1]
        counts = {} if own is None else self._counts.get(own.abstract, {})
        labels = ("" if each is None else self._printed(list_id, each, counts) for each in levels)
        return tuple(counts.get(each, 0) for each in range(level + 1)), tuple(labels), levels

    def _start_of(self, list_id: str, level: int) -> int:
        definition = self._numbering.level(list_id, level)
        return 1 if definition is None else definition.start

    def _figure(self, list_id: str, level: int, definition: Level, counts: dict[int, int]) -> str:
        shown = self._numbering.level(list_id, level)
        if shown is None or level not in counts:
            return ""
        return format_number(counts[level], "decimal" if definition.legal else shown.number_format)


def format_number(number: int, number_format: str) -> str:
    """A list number in figures, letters (aa after z) or Roman numerals."""
    if number_format == "decimalZero":
        return f"{number:02d}"
    if number_format in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letters if number_format == "lowerLetter" else letters.upper()
    if number_format in {"lowerRoman", "upperRoman"}:
        numeral = _roman(number)
        return numeral if number_format == "lowerRoman" else numeral.upper()
    return "" if number_format == "none" else str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written
