"""Fields: page numbers and cross-references are computed, links within the document are kept, others are refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.items import Field, Item, Text
from service.rendering.typesetting.looks import RunLook
from service.rendering.typesetting.markup import literal

_WORDS: Final = re.compile(r'"([^"]*)"|(\S+)')
_FORMAT: Final = "\\*"
_AS_BEFORE: Final = frozenset({"MERGEFORMAT", "mergeformat", "Mergeformat", "CHARFORMAT"})
_PAGE_FORMATS: Final = {"Arabic": "1", "ARABIC": "1", "roman": "i", "ROMAN": "I", "alphabetic": "a", "ALPHABETIC": "A"}
_WIDEST: Final = {"1": "000", "i": "xxxviii", "I": "XXXVIII", "a": "mm", "A": "MM"}
_NARROWEST: Final = {"1": "0", "i": "i", "I": "I", "a": "i", "A": "I"}
_NUMBER_SWITCHES: Final = frozenset({"\\n", "\\r", "\\w"})


@dataclass(frozen=True, slots=True)
class Instruction:
    """A field's name, what it is about, its switches and the number format it asks for."""

    name: str
    arguments: tuple[str, ...]
    switches: frozenset[str]
    number_format: str | None


def read_instruction(written: str) -> Instruction | None:
    """Take a field's code apart; None where it asks for a format that is not known here."""
    words = [quoted or plain for quoted, plain in _WORDS.findall(written)]
    formats = [after for word, after in pairwise(words) if word == _FORMAT]
    numbered = [each for each in formats if each not in _AS_BEFORE]
    if not words or len(numbered) > 1 or any(each not in _PAGE_FORMATS for each in numbered):
        return None
    rest = [
        word for position, word in enumerate(words[1:], start=1) if word != _FORMAT and words[position - 1] != _FORMAT
    ]
    return Instruction(
        words[0].upper(),
        tuple(word for word in rest if not word.startswith("\\")),
        frozenset(word for word in rest if word.startswith("\\")),
        _PAGE_FORMATS[numbered[0]] if numbered else None,
    )


class FieldReader:
    """Turns field codes into items; what it cannot compute it refuses."""

    def __init__(self, composition: Composition, paragraph: etree._Element) -> None:
        self._composition = composition
        self._paragraph = paragraph

    def read(self, written: str, look: RunLook) -> list[Item]:
        """The items of a field; none after a fault."""
        instruction = read_instruction(written)
        readers: dict[str, Callable[[Instruction, RunLook], list[Item] | None]] = {
            "PAGE": self._page,
            "NUMPAGES": self._total,
            "REF": self._reference,
            "PAGEREF": self._page_reference,
        }
        name = next(iter(written.split()), "empty")
        read = None if instruction is None else readers.get(instruction.name)
        items = None if read is None or instruction is None else read(instruction, look)
        if items is None:
            self._refuse("field_unsupported", f"The field {name} is not typeset as it is: replace it by its text.")
        return items or []

    def link_target(self, written: str) -> str | None:
        """The bookmark of a ``HYPERLINK`` that leads to a place in this document; None for any other field."""
        instruction = read_instruction(written)
        if instruction is None or instruction.name != "HYPERLINK":
            return None
        if instruction.switches != {"\\l"} or len(instruction.arguments) != 1:
            self._refuse("external_link", "A link leads out of the document: remove the link and keep its text.")
            return ""
        return self._known(instruction.arguments[0]) or ""

    def _page(self, instruction: Instruction, look: RunLook) -> list[Item] | None:
        if instruction.arguments or instruction.switches:
            return None
        pattern = instruction.number_format or self._composition.place.page_numbers
        code = "PageNow" if instruction.number_format is None else f"PageAs({literal(instruction.number_format)})"
        return [Field(code, look, _NARROWEST[pattern], _WIDEST[pattern])]

    def _total(self, instruction: Instruction, look: RunLook) -> list[Item] | None:
        if instruction.arguments or instruction.switches or instruction.number_format not in {None, "1"}:
            return None
        return [Field("PageLast", look, _NARROWEST["1"], _WIDEST["1"])]

    def _page_reference(self, instruction: Instruction, look: RunLook) -> list[Item] | None:
        if len(instruction.arguments) != 1 or instruction.switches - {"\\h"} or instruction.number_format:
            return None
        bookmark = self._known(instruction.arguments[0])
        if bookmark is None:
            return []
        target = bookmark if "\\h" in instruction.switches else None
        return [Field(f"PageOf({literal(bookmark)})", look, _NARROWEST["1"], _WIDEST["i"], target)]

    def _reference(self, instruction: Instruction, look: RunLook) -> list[Item] | None:
        numbers = instruction.switches & _NUMBER_SWITCHES
        others = instruction.switches - _NUMBER_SWITCHES - {"\\h"}
        if len(instruction.arguments) != 1 or others or len(numbers) > 1 or instruction.number_format:
            return None
        bookmark = self._known(instruction.arguments[0])
        if bookmark is None:
            return []
        references = self._composition.references
        number = references.number(bookmark, min(numbers)[1:], self._paragraph) if numbers else None
        text = number if numbers else references.text(bookmark)
        if not text:
            self._refuse(
                "reference", "What a cross-reference leads to has no number or plain text: type the words instead."
            )
            return []
        return [Text(text, look, bookmark if "\\h" in instruction.switches else None)]

    def _known(self, bookmark: str) -> str | None:
        if bookmark in self._composition.bookmarks:
            return bookmark
        self._refuse("link_target", "A link leads to a bookmark that is not there: set the link again.")
        return None

    def _refuse(self, code: str, message: str) -> None:
        self._composition.findings.refuse(code, message)
