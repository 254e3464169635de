"""The numbers and bullets that Word prints before paragraphs, counted once more for the parity check."""

import re
from functools import lru_cache
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = _W + "val"
_STYLE: Final = _W + "pStyle"
_LIST: Final = _W + "numPr"
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
        counts = self._counts[_val(self._sheet.lists[number].find(_W + "abstractNumId"))]
        patterns = [_val(each.find(_W + "lvlText")) or "" if each is not None else "" for each in
                    (self._sheet.level(number, upper) for upper in range(level + 1))]  # fmt: skip
        return [
            (counts[upper] or 0, self._printed(number, upper, counts), patterns[upper]) for upper in range(level + 1)
        ]

    def next_label(self, paragraph: etree._Element) -> str:
        """The label of a paragraph, or nothing where it belongs to no list."""
        return self.label_of(*style_and_list(paragraph))

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
        abstract = _val(self._sheet.lists[number].find(_W + "abstractNumId"))
        counts = self._counts.setdefault(abstract, [None] * 9)
        override = self._sheet.override(number, level)
        if (
            override is not None
            and override.find(_W + "startOverride") is not None
            and (number, level) not in self._seen
        ):
            counts[level] = None
        self._seen.add((number, level))
        current = counts[level]
        counts[level] = self._sheet.start(number, level) if current is None else current + 1
        for deeper in range(level + 1, 9):
            if self._sheet.restarts(number, deeper, level):
                counts[deeper] = None
        for upper in range(level):
            counts[upper] = self._sheet.start(number, upper) if counts[upper] is None else counts[upper]
        return self._printed(number, level, counts)

    def _printed(self, number: str, level: int, counts: list[int | None]) -> str:
        definition = self._sheet.level(number, level)
        if definition is None:
            return ""
        text = _val(definition.find(_W + "lvlText")) or ""
        if _val(definition.find(_W + "numFmt")) == "bullet":
            return _BULLETS.get(text, text)
        legal = definition.find(_W + "isLgl") is not None

        def shown_figure(found: re.Match[str]) -> str:
            shown = self._sheet.level(number, int(found[1]) - 1)
            written = "decimal" if legal or shown is None else _val(shown.find(_W + "numFmt")) or "decimal"
            return figure(counts[int(found[1]) - 1] or 0, written)

        return re.sub("%([1-9])", shown_figure, text)


class ListSheet:
    """The lists of a template and the paragraph styles tied to them; holds no count."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        root = etree.fromstring(numbering) if numbering else etree.Element("none")
        self._definitions = {each.get(_W + "abstractNumId"): each for each in root.iter(_W + "abstractNum")}
        self.lists = {each.get(_W + "numId", ""): each for each in root.iter(_W + "num")}
        sheet = etree.fromstring(styles) if styles else etree.Element("none")
        self._styles = {each.get(_W + "styleId"): each for each in sheet.iter(_W + "style")}
        self._by_style: dict[str | None, tuple[str | None, int | None]] = {}
        self._levels: dict[tuple[str, int], etree._Element | None] = {}
        self._overrides: dict[tuple[str, int], etree._Element | None] = {}

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
        definition = (
            self._definitions.get(_val(self.lists[number].find(_W + "abstractNumId"))) if number in self.lists else None
        )
        levels = () if definition is None else definition.iterchildren(_W + "lvl")
        tied = next((each.get(_W + "ilvl", "0") for each in levels if _val(each.find(_W + "pStyle")) == style), "0")
        return number, int(tied)

    def level(self, number: str, level: int) -> etree._Element | None:
        """The definition of a level, the list's own before the shared one."""
        if (number, level) not in self._levels:
            self._levels[number, level] = self._search_level(number, level)
        return self._levels[number, level]

    def _search_level(self, number: str, level: int) -> etree._Element | None:
        override = self.override(number, level)
        replaced = None if override is None else override.find(_W + "lvl")
        if replaced is not None:
            return replaced
        definition = self._definitions.get(_val(self.lists[number].find(_W + "abstractNumId")))
        return None if definition is None else definition.find(f"{_W}lvl[@{_W}ilvl='{level}']")

    def override(self, number: str, level: int) -> etree._Element | None:
        """What a list says of a level for itself."""
        if (number, level) not in self._overrides:
            self._overrides[number, level] = self.lists[number].find(f"{_W}lvlOverride[@{_W}ilvl='{level}']")
        return self._overrides[number, level]

    def start(self, number: str, level: int) -> int:
        """The first number of a level."""
        override, definition = self.override(number, level), self.level(number, level)
        replaced = None if override is None else _val(override.find(_W + "startOverride"))
        defined = None if definition is None else _val(definition.find(_W + "start"))
        return int(replaced or defined or 1)

    def restarts(self, number: str, deeper: int, stepped: int) -> bool:
        """Whether a step of one level sets a deeper one back."""
        definition = self.level(number, deeper)
        rule = None if definition is None else _val(definition.find(_W + "lvlRestart"))
        return rule is None or stepped <= int(rule) - 1


def style_and_list(paragraph: etree._Element) -> tuple[str | None, etree._Element | None]:
    """The style that a paragraph names, and what it says of a list itself."""
    style, own = None, None
    for properties in paragraph.iterchildren(_W + "pPr"):
        for each in properties:
            if each.tag == _STYLE:
                style = each.get(_VAL)
            elif each.tag == _LIST:
                own = each
    return style, own


@lru_cache(maxsize=64)
def list_sheet(numbering: bytes | None, styles: bytes | None) -> ListSheet:
    """The sheet of these parts; documents of one template share it."""
    return ListSheet(numbering, styles)


def figure(count: int, written: str) -> str:
    """A number as Word writes it: in figures, letters or Roman numerals."""
    letters = "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count + 25) // 26)
    roman, rest = "", count
    for numeral, worth in _NUMERALS:
        while rest >= worth:
            roman, rest = roman + numeral, rest - worth
    forms = {"lowerLetter": letters, "upperLetter": letters.upper(), "lowerRoman": roman, "upperRoman": roman.upper()}
    return {**forms, "none": "", "decimalZero": f"{count:02}"}.get(written, str(count))


def _val(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(_VAL)
