"""Collecting everything that is wrong with one document, each with its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from lxml import etree

from service.errors import Fault
from service.rendering.typesetting.names import W

SNIPPET_LENGTH: Final = 40
MAX_FAULTS: Final = 200
"""A document with more faults than this is reported up to here; the rest would only repeat them."""


class Problem(NamedTuple):
    """A fault before its place is known, so that a memoised reading can be reported wherever it is used."""

    code: str
    message: str


class Findings:
    """The faults of one document and the place now being read.

    Paragraphs are counted from 1 within their part, in document order, those in tables included.
    """

    def __init__(self) -> None:
        self._faults: dict[Fault, None] = {}
        self._part = "word/document.xml"
        self._paragraph: int | None = None
        self._counted = 0
        self._snippet: str | None = None

    @property
    def faults(self) -> list[Fault]:
        """What was found so far, in reading order, without repetition."""
        return list(self._faults)

    @property
    def any(self) -> bool:
        """Whether anything was found so far."""
        return bool(self._faults)

    @property
    def part(self) -> str:
        """The part now being read."""
        return self._part

    @contextmanager
    def reading(self, part: str) -> Iterator[None]:
        """Count paragraphs of another part, then come back to where the reading was."""
        before = self._part, self._paragraph, self._counted, self._snippet
        self._part, self._paragraph, self._counted, self._snippet = part, None, 0, None
        try:
            yield
        finally:
            self._part, self._paragraph, self._counted, self._snippet = before

    def enter_paragraph(self, paragraph: etree._Element) -> None:
        """Move the place to the next paragraph of the part."""
        self._counted += 1
        self._paragraph = self._counted
        self._snippet = None
        self._element = paragraph

    def enter_paragraphs(self, number: int, last: etree._Element) -> None:
        """Move the place over so many paragraphs of the part, to the last of them."""
        self._counted += number - 1
        self.enter_paragraph(last)

    def refuse(self, code: str, message: str) -> None:
        """Note a fault at the present place."""
        if len(self._faults) < MAX_FAULTS:
            snippet = snippet_of(self._element) if self._paragraph is not None else None
            self._faults[
                Fault(code=code, message=message, part=self._part, paragraph=self._paragraph, snippet=snippet)
            ] = None

    def refuse_all(self, problems: tuple[Problem, ...]) -> None:
        """Note the problems of a reading at the present place."""
        for problem in problems:
            self.refuse(problem.code, problem.message)


def snippet_of(element: etree._Element) -> str | None:
    """The first words of an element's text, at most forty characters, to find the place again."""
    text = " ".join("".join(part.text or "" for part in element.iter(W + "t")).split())
    return text[:SNIPPET_LENGTH] or None
