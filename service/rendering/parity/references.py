"""What cross-references in a Word document must say, worked out once more for the parity check."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from service.rendering.parity.labels import Labels, ListSheet

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
PAGE_NUMBER: Final = "\ue000"
PAGE_TOTAL: Final = "\ue001"
PAGE_OF: Final = "\ue004"
PAGE_OF_END: Final = "\ue005"
"""Stand for the page's number, the number of pages, and around the bookmark whose page is meant."""
LOWER_ROMAN: Final = "\ue006"
UPPER_ROMAN: Final = "\ue007"
"""Stand for the page's number in a Roman numeral that the field asks for, whatever the section does."""
_PAGES: Final = {"roman": LOWER_ROMAN, "ROMAN": UPPER_ROMAN}


class References:
    """The bookmarks of a document, and the numbers of the paragraphs that they stand in."""

    def __init__(self, body: etree._Element, sheet: ListSheet) -> None:
        self._body = body
        self._sheet = sheet
        self._numbers: dict[etree._Element, list[tuple[int, str, str]]] | None = None

    def printed(self, instruction: str, paragraph: etree._Element) -> str:
        """What a field prints; nothing for a field that prints nothing."""
        words = instruction.replace('"', " ").split()
        name = words[0].upper() if words else ""
        if name == "PAGE":
            return next((_PAGES[word] for word in words if word in _PAGES), PAGE_NUMBER)
        if name == "NUMPAGES":
            return PAGE_TOTAL
        if name == "PAGEREF":
            return f"{PAGE_OF}{words[1]}{PAGE_OF_END}"
        if name == "REF":
            kind = next((word[1] for word in words if word in {"\\n", "\\r", "\\w"}), "")
            return self._number(words[1], kind, paragraph) if kind else self._text(words[1])
        return ""

    def _text(self, bookmark: str) -> str:
        start = self._start(bookmark)
        written = []
        for element in start.itersiblings():
            if element.tag == _W + "bookmarkEnd" and element.get(_W + "id") == start.get(_W + "id"):
                break
            for each in element.iter(_W + "t", _W + "noBreakHyphen"):
                text = "-" if each.tag != _W + "t" else each.text or ""
                written.append(text if each.get(_SPACE) == "preserve" else text.strip())
        return "".join(written)

    def _start(self, bookmark: str) -> etree._Element:
        return next(each for each in self._body.iter(_W + "bookmarkStart") if each.get(_W + "name") == bookmark)

    def _number(self, bookmark: str, kind: str, paragraph: etree._Element) -> str:
        """Join the labels from the highest level wanted downwards; each level is printed once."""
        if self._numbers is None:
            self._numbers = dict(self._walk())
        start = self._start(bookmark)
        around = [*start.iterancestors(_W + "p"), *start.itersiblings(_W + "p")]
        chain = self._numbers.get(around[0], []) if around else []
        here = self._numbers.get(paragraph, []) if kind == "r" else []
        common = 0
        while common < min(len(chain), len(here)) and chain[common][0] == here[common][0]:
            common += 1
        first = {"n": len(chain) - 1, "w": 0, "r": min(common, len(chain) - 1)}[kind]
        wanted: list[tuple[str, str]] = []
        for position in range(len(chain) - 1, first - 1, -1):
            shown = wanted and int(min(re.findall("%([1-9])", wanted[0][1]), default="9")) - 1 <= position
            if not shown:
                wanted.insert(0, chain[position][1:])
        return "".join(_joinable(wanted)).rstrip(".")

    def _walk(self) -> Iterator[tuple[etree._Element, list[tuple[int, str, str]]]]:
        labels = Labels(self._sheet)
        for paragraph in self._body.iter(_W + "p"):
            if labels.next_label(paragraph):
                yield paragraph, labels.chain()


def _joinable(parts: list[tuple[str, str]]) -> Iterator[str]:
    """A full stop or the like after one number goes when a bracket follows: ``1.`` and ``(a)`` make ``1(a)``."""
    for position, (label, pattern) in enumerate(parts):
        opens = position + 1 < len(parts) and not parts[position + 1][1].startswith("%")
        closing = re.split("%[1-9]", pattern)[-1]
        yield label.removesuffix(closing) if opens and closing and pattern.startswith("%") else label
