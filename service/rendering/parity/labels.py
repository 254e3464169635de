"""The numbers and bullets that Word prints before paragraphs, counted once more for the parity check."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = _W + "val"
_PROPERTIES: Final = _W + "pPr"
_STYLE: Final = _W + "pStyle"
_LIST: Final = _W + "numPr"
_LEVELS: Final = 9
_BULLETS: Final = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "►", "o": "◦"}
_NUMERALS: Final = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40),
    ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip


class Labels:
    """Counts through one document from its first paragraph to its last."""

    def __init__(self, sheet: "ListSheet") -> None:
        self._sheet = sheet
        self._counts: dict[str | None, list[int | None]] = {}
        self._seen: set[tuple[str, int]] = set()
        self._last: tuple[str, int] | None = None

    def chain(self) -> list[tuple[int, str, str]]:
        """Of the last numbered paragraph: count, label and pattern of each level from the first down to its own."""
        if self._last is None:
            return []
        number, level = self._last
        counts = self._counts[self._sheet.lists[number]]
        return [
            (counts[upper] or 0, self._printed(number, upper, counts), self._sheet.level(number, upper).pattern)
            for upper in range(level + 1)
        ]

    def next_label(self, paragraph: etree._Element) -> str:
        """The label of a paragraph, or nothing where it belongs to no list."""
        return self.label_of(*style_and_list(list(paragraph)))

    def label_of(self, style: str | None, own: etree._Element | None) -> str:
        """The label of the next paragraph, which has this style and names this list, or none."""
        number, level = self._sheet.of_style(style)
        if own is not None:
            own_level = _val(own.find(_W + "ilvl"))
            number = _val(own.find(_W + "numId")) or number
            level = int(own_level) if own_level is not None else level
        if number is None or number not in self._sheet.lists:
            return ""
        return self._step(number, level or 0)

    def _step(self, number: str, level: int) -> str:
        self._last = number, level
        counts = self._counts.setdefault(self._sheet.lists[number], [None] * _LEVELS)
        definition = self._sheet.level(number, level)
        if definition.begins_anew and (number, level) not in self._seen:
            counts[level] = None
        self._seen.add((number, level))
        current = counts[level]
        counts[level] = definition.start if current is None else current + 1
        for deeper in self._sheet.set_back(number, level):
            counts[deeper] = None
        for upper in range(level):
            counts[upper] = self._sheet.level(number, upper).start if counts[upper] is None else counts[upper]
        return self._printed(number, level, counts)

    def _printed(self, number: str, level: int, counts: list[int | None]) -> str:
        definition = self._sheet.level(number, level)
        if definition.written == "bullet":
            return _BULLETS.get(definition.pattern, definition.pattern)
        pieces = list(definition.pieces)
        for place in range(1, len(pieces), 2):
            upper = int(pieces[place]) - 1
            written = "decimal" if definition.legal else self._sheet.level(number, upper).written
            pieces[place] = figure(counts[upper] or 0, written)
        return "".join(pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level as a list has it: its first number, how that is written, and whether the list begins it anew.

    ``pieces`` is the pattern taken apart, the levels whose numbers it prints at the odd places; ``rule`` is the level,
    from 1, whose step sets this one back: any above it unless told, and none where it is 0.
    """

    start: int = 1
    begins_anew: bool = False
    pattern: str = ""
    pieces: tuple[str, ...] = ("",)
    written: str = "decimal"
    legal: bool = False
    rule: int | None = None


class ListSheet:
    """The lists of a template and the paragraph styles tied to them; holds no count."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        root = etree.fromstring(numbering) if numbering else etree.Element("none")
        self._definitions = {each.get(_W + "abstractNumId"): each for each in root.iter(_W + "abstractNum")}
        self._lists = {each.get(_W + "numId", ""): each for each in root.iter(_W + "num")}
        self.lists = {number: _val(each.find(_W + "abstractNumId")) for number, each in self._lists.items()}
        """The shared definition of each list, by the list's number."""
        sheet = etree.fromstring(styles) if styles else etree.Element("none")
        self._styles = {each.get(_W + "styleId"): each for each in sheet.iter(_W + "style")}
        self._by_style: dict[str | None, tuple[str | None, int | None]] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        self._set_back: dict[tuple[str, int], tuple[int, ...]] = {}

    def of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """The list and level of a paragraph style, its own or inherited."""
        if style not in self._by_style:
            self._by_style[style] = self._search_style(style)
        return self._by_style[style]

    def _search_style(self, style: str | None) -> tuple[str | None, int | None]:
        element = self._styles.get(style)
        if element is None:
            return None, None
        number = _val(element.find(f"{_W}pPr/{_W}numPr/{_W}numId"))
        if number is None:
            return self.of_style(_val(element.find(_W + "basedOn")))
        level = _val(element.find(f"{_W}pPr/{_W}numPr/{_W}ilvl"))
        if level is not None:
            return number, int(level)
        definition = self._definitions.get(self.lists[number]) if number in self.lists else None
        levels = () if definition is None else definition.iterchildren(_W + "lvl")
        tied = next((each.get(_W + "ilvl", "0") for each in levels if _val(each.find(_W + "pStyle")) == style), "0")
        return number, int(tied)

    def level(self, number: str, level: int) -> Level:
        """A level of a list, as the list has it."""
        if (number, level) not in self._levels:
            self._levels[number, level] = self._read_level(number, level)
        return self._levels[number, level]

    def _read_level(self, number: str, level: int) -> Level:
        """What the list says of the level for itself goes before the shared definition."""
        override = self._lists[number].find(f"{_W}lvlOverride[@{_W}ilvl='{level}']")
        first = None if override is None else override.find(_W + "startOverride")
        definition = None if override is None else override.find(_W + "lvl")
        shared = self._definitions.get(self.lists[number])
        if definition is None and shared is not None:
            definition = shared.find(f"{_W}lvl[@{_W}ilvl='{level}']")
        if definition is None:
            return Level(start=int(_val(first) or 1), begins_anew=first is not None)
        pattern = _val(definition.find(_W + "lvlText")) or ""
        rule = _val(definition.find(_W + "lvlRestart"))
        return Level(
            start=int(_val(first) or _val(definition.find(_W + "start")) or 1),
            begins_anew=first is not None,
            pattern=pattern,
            pieces=tuple(re.split("%([1-9])", pattern)),
            written=_val(definition.find(_W + "numFmt")) or "decimal",
            legal=definition.find(_W + "isLgl") is not None,
            rule=None if rule is None else int(rule),
        )

    def set_back(self, number: str, stepped: int) -> tuple[int, ...]:
        """The deeper levels that a step of one sets back."""
        if (number, stepped) not in self._set_back:
            rules = {deeper: self.level(number, deeper).rule for deeper in range(stepped + 1, _LEVELS)}
            self._set_back[number, stepped] = tuple(
                deeper for deeper, rule in rules.items() if rule is None or stepped <= rule - 1
            )
        return self._set_back[number, stepped]


def style_and_list(children: Iterable[etree._Element]) -> tuple[str | None, etree._Element | None]:
    """The style that a paragraph of these children names, and what it says of a list itself."""
    style, own = None, None
    for child in children:
        if child.tag == _PROPERTIES:
            for each in child:
                name = each.tag
                if name == _STYLE:
                    style = each.get(_VAL)
                elif name == _LIST:
                    own = each
    return style, own


@lru_cache(maxsize=64)
def list_sheet(numbering: bytes | None, styles: bytes | None) -> ListSheet:
    """The sheet of these parts; documents of one template share it."""
    return ListSheet(numbering, styles)


def figure(count: int, written: str) -> str:
    """A number as Word writes it: in figures, letters or Roman numerals."""
    if written in {"lowerLetter", "upperLetter"}:
        letters = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count + 25) // 26)
        return letters.upper() if written == "upperLetter" else letters
    if written in {"lowerRoman", "upperRoman"}:
        roman, rest = "", count
        for numeral, worth in _NUMERALS:
            times, rest = divmod(rest, worth) if rest > 0 else (0, rest)
            roman += numeral * times
        return roman.upper() if written == "upperRoman" else roman
    return {"none": "", "decimalZero": f"{count:02}"}.get(written, str(count))


def _val(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(_VAL)
