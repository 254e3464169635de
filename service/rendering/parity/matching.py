"""Matching the words of a Word document with those read from a PDF, which breaks some and runs others together."""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from service.rendering.parity.pieces import Word

_SUM: Final = re.compile(r"\(?\$?[\d,]+\.\d\d\)?[.,;:]?")
_LONG_WORD: Final = 12
"""Words of this many characters may be wider than a table column, and are then broken where it ends."""


class Token(NamedTuple):
    """A word of the PDF; ``ends_line`` where the PDF breaks the line after it."""

    text: str
    ends_line: bool


def tokens_of(text: str) -> list[Token]:
    """The words of a page's text."""
    tokens = []
    for line in text.splitlines():
        *inner, last = line.split() or [""]
        tokens += [Token(each, ends_line=False) for each in inner]
        if last:
            tokens.append(Token(last, ends_line=True))
    return tokens


def match(word: Word, tokens: list[Token], position: int) -> tuple[bool, str, int, list[Token]]:
    """Match a word that is no token of its own: broken at a line's end, or run together with the next across a tab.

    Gives whether it matched, what of the word is still to come (on the next page), and the tokens from where to go on.
    """
    text = word.text
    if word.divisions and _divided(word, tokens[position].text):
        return True, "", position + 1, tokens
    while position < len(tokens):
        token = tokens[position]
        if token.text == text:
            return True, "", position + 1, tokens
        if token.text.startswith(text) and word.after != " ":
            return True, "", 0, [Token(token.text[len(text) :], token.ends_line), *tokens[position + 1 :]]
        at_seam = len(word.text) - len(text) + len(token.text) in word.seams
        if not (token.ends_line and text.startswith(token.text) and (at_seam or _may_break(token.text, text))):
            break
        text = text[len(token.text) :]
        position += 1
    return text != word.text, text, position, tokens


def _divided(word: Word, read: str) -> bool:
    """Whether a token is the word with hyphens where soft ones allow to divide it."""
    places = [0, *word.divisions, len(word.text)]
    return re.fullmatch("-?".join(re.escape(word.text[start:end]) for start, end in pairwise(places)), read) is not None


def _may_break(start: str, text: str) -> bool:
    """Whether a line may end after this start of a word: beside a hyphen, a dash or another mark, or in a long word.

    A sum of money is never divided: half of it would read as another sum.
    """
    if _SUM.fullmatch(text):
        return False
    return len(text) >= _LONG_WORD or not (start[-1].isalnum() and text[len(start)].isalnum())


def skip_leader(leader: str, tokens: list[Token], position: int) -> tuple[int, list[Token]]:
    """Pass over the characters that fill a tab; gives from where to go on, and in which tokens."""
    while position < len(tokens):
        token = tokens[position]
        rest = token.text.lstrip(leader)
        if rest == token.text:
            break
        if rest:
            return 0, [Token(rest, token.ends_line), *tokens[position + 1 :]]
        position += 1
    return position, tokens
