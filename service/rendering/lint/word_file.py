"""A Word file opened for linting: its texts with numbered paragraphs, however faulty they are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from service.errors import DocumentRefused, Fault, TemplateRefused
from service.rendering.typesetting.archive import MAIN_PART, WordArchive, parse_part
from service.rendering.word.compiling import BRACES, CORE_PROPERTIES, RENDERED_TYPES
from service.rendering.word.package import read_package
from service.rendering.word.tags import NUMBER_ATTRIBUTE, Passage, W, text_of

MAX_TAGS: Final = 5_000
"""Many times what the longest template of the house holds."""

_OPENING: Final = re.compile(r"\{[{%#]")
_BEARABLE: Final = frozenset({"active_content", "external_link"})
"""Faults of a whole file that keep nobody from reading the rest of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedWord:
    """The parts of a file; ``stories`` are those that hold its text, the body first, each paragraph numbered.

    ``faults`` are those of the file as a whole.
    """

    word: bytes
    parts: Mapping[str, bytes]
    stories: Mapping[str, etree._Element]
    faults: tuple[Fault, ...]

    @property
    def core(self) -> etree._Element | None:
        """The core properties, where the file has them."""
        return parse_part(CORE_PROPERTIES, self.parts[CORE_PROPERTIES]) if CORE_PROPERTIES in self.parts else None

    @property
    def has_tags(self) -> bool:
        """Whether anything in the file looks like the template language."""
        texts = ("".join(root.itertext()) for root in (*self.stories.values(), self.core) if root is not None)
        return any(BRACES.search(text) for text in texts)

    def passages(self, part: str) -> Iterator[tuple[Passage, etree._Element]]:
        """The paragraphs of a part in document order, with their text."""
        for paragraph in self.stories[part].iter(W + "p"):
            yield Passage(number=int(paragraph.get(NUMBER_ATTRIBUTE, "0")), text=text_of(paragraph)), paragraph


def open_word(word: bytes) -> OpenedWord:
    """Open a file for linting.

    Raises:
        DocumentRefused: It is no Word document, cannot be unpacked safely, one of its texts cannot be parsed, or it
            holds more tags than any template would.
    """
    faults: tuple[Fault, ...] = ()
    try:
        WordArchive(word)
    except DocumentRefused as refused:
        if any(fault.code not in _BEARABLE for fault in refused.faults):
            raise
        faults = refused.faults
    try:
        package = read_package(word)
    except TemplateRefused as refused:
        raise DocumentRefused(refused.message, refused.faults) from refused
    names = [name for name, kind in package.types.items() if kind in RENDERED_TYPES and name != MAIN_PART]
    stories = {name: parse_part(name, package.parts[name]) for name in (MAIN_PART, *names)}
    if sum(len(_OPENING.findall("".join(root.itertext()))) for root in stories.values()) > MAX_TAGS:
        message = f"The file holds more than {MAX_TAGS:,} template tags: split it up."
        raise DocumentRefused(message, [Fault(code="too_large", message=message)])
    for root in stories.values():
        for number, paragraph in enumerate(root.iter(W + "p"), start=1):
            paragraph.set(NUMBER_ATTRIBUTE, str(number))
    return OpenedWord(word=word, parts=package.parts, stories=stories, faults=faults)
