"""Matching the words of a Word document with those read from a PDF, which breaks some and runs others together."""

import re
from copy import copy
from itertools import accumulate, pairwise
from typing import Final, Self

from service.rendering.parity.pieces import Stretch

_SUM: Final = re.compile(r"\(?\$?[\d,]+\.\d\d\)?[.,;:]?")
_LONG_WORD: Final = 12
"""Words of this many characters may be wider than a table column, and are then broken where it ends."""


class PageWords:
    """The words of a page as the PDF has them; those before ``at`` are taken."""

    def __init__(self, text: str) -> None:
        self.words = text.split()
        self.at = 0
        self._text = text
        self._line_ends: frozenset[int] | None = None

    def __bool__(self) -> bool:
        return self.at < len(self.words)

    def beginning(self, at: int) -> Self:
        """The same page with all words before a place taken; taking words from it leaves this one as it is."""
        other = copy(self)
        other.words, other.at = list(self.words), at
        return other

    def take_if_next(self, words: list[str]) -> bool:
        """Take these words if exactly they come next."""
        end = self.at + len(words)
        if self.words[self.at : end] != words:
            return False
        self.at = end
        return True

    def take_start(self, length: int) -> None:
        """Take so many characters of the next word, which is longer."""
        self.words[self.at] = self.words[self.at][length:]

    def ends_line(self) -> bool:
        """Whether the PDF breaks the line after the next word."""
        if self._line_ends is None:
            self._line_ends = frozenset(accumulate(len(line.split()) for line in self._text.splitlines()))
        return self.at + 1 in self._line_ends


def match(stretch: Stretch, word: str, after: str, page: PageWords) -> str:
    """Take a word that is none of the page: broken at a line's end, or run together with the next across a tab.

    Gives what of the word is still to come on the next page: nothing where it matched, all of it where it did not.
    """
    if stretch.divisions and _divided(stretch, page.words[page.at]):
        page.at += 1
        return ""
    text = word
    while page:
        read = page.words[page.at]
        if read == text:
            page.at += 1
            return ""
        if read.startswith(text) and after != " ":
            page.take_start(len(text))
            return ""
        at_seam = len(word) - len(text) + len(read) in stretch.seams
        if not (text.startswith(read) and page.ends_line() and (at_seam or _may_break(read, text))):
            break
        text = text[len(read) :]
        page.at += 1
    return text


def _divided(stretch: Stretch, read: str) -> bool:
    """Whether what was read is the word with hyphens where soft ones allow to divide it."""
    word = stretch.words[0]
    places = [0, *stretch.divisions, len(word)]
    return re.fullmatch("-?".join(re.escape(word[start:end]) for start, end in pairwise(places)), read) is not None


def _may_break(start: str, text: str) -> bool:
    """Whether a line may end after this start of a word: beside a hyphen, a dash or another mark, or in a long word.

    A sum of money is never divided: half of it would read as another sum.
    """
    if _SUM.fullmatch(text):
        return False
    return len(text) >= _LONG_WORD or not (start[-1].isalnum() and text[len(start)].isalnum())


def skip_leader(leader: str, page: PageWords) -> None:
    """Pass over the characters that fill a tab."""
    while page:
        read = page.words[page.at]
        rest = read.lstrip(leader)
        if rest == read:
            break
        if rest:
            page.take_start(len(read) - len(rest))
            break
        page.at += 1
