"""Proof that a PDF says exactly what its Word document says: every word, every figure, in order, on every page.

The Word document is read on its own (:mod:`service.rendering.word_reading`), the PDF through PDFium. Nothing of the
translator takes part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, NoReturn

import pypdfium2

from service.errors import Fault, ParityFailed
from service.rendering.pages import PDFIUM
from service.rendering.word_reading import PAGE_NUMBER, PAGE_TOTAL, Reading, SectionReading, Word, as_read, read_word

_FOOTER_SLACK: Final = 12
"""How many tokens more than its words a footer may come in, where leaders fill its tabs."""
_LONG_WORD: Final = 12
"""Words of this many characters may be wider than a table column, and are then broken where it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParityReport:
    """What was compared: so many pages, so many words of the body, its lists, tables and notes."""

    pages: int
    words: int


def check_parity(word: bytes, pdf: bytes) -> ParityReport:
    """Compare a Word document that the typesetter accepted with the PDF made of it.

    Raises:
        ParityFailed: A word is missing, added, changed or out of order; the fault names page, part and paragraph.
    """
    reading = read_word(word)
    pages = _pdf_words(pdf)
    comparison = _Comparison(reading, len(pages))
    for number, tokens in enumerate(pages, start=1):
        comparison.page(number, tokens)
    comparison.finish()
    return ParityReport(pages=len(pages), words=comparison.compared)


class _Token(NamedTuple):
    """A word of the PDF; ``ends_line`` where the PDF breaks the line after it."""

    text: str
    ends_line: bool


def _pdf_words(pdf: bytes) -> list[list[_Token]]:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            texts = [as_read(document[number].get_textpage().get_text_range()) for number in range(len(document))]
        finally:
            document.close()
    return [_tokens(text) for text in texts]


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for line in text.splitlines():
        *inner, last = line.split() or [""]
        tokens += [_Token(each, ends_line=False) for each in inner]
        if last:
            tokens.append(_Token(last, ends_line=True))
    return tokens


class _Comparison:
    """Walks through the Word document's words as the pages come by."""

    def __init__(self, reading: Reading, pages: int) -> None:
        self._reading = reading
        self._total = pages
        self._section = 0
        self._passage = 0
        self._cells: list[list[Word]] | None = None
        self._pending: list[Word] = []
        self._first_of_section = True
        self._number = 0
        self._page = 0
        self.compared = 0

    def page(self, number: int, tokens: list[_Token]) -> None:
        """Compare the next page: header, body, the notes called on it, footer; nothing may be left over."""
        self._page = number
        section = self._enter_section()
        body = self._without_margins(section, tokens)
        rest = self._body(section, body)
        rest = self._take(self._pending, rest)
        if rest:
            self._fail("words that the Word document does not have here", self._next_word(section))
        self._first_of_section = False

    def finish(self) -> None:
        """After the last page every word must have come by."""
        for section in self._reading.sections[self._section :]:
            missing = self._next_word(section)
            if missing is not None:
                self._fail("words of the Word document are missing", missing)
            self._section += 1
            self._passage, self._cells = 0, None
        if self._pending:
            self._fail("words of a footnote are missing", self._pending[0])

    def _enter_section(self) -> SectionReading:
        section = self._reading.sections[self._section]
        done = self._next_word(section) is None and self._page > 1
        if done and self._section + 1 < len(self._reading.sections):
            self._section += 1
            self._passage, self._cells, self._first_of_section = 0, None, True
            section = self._reading.sections[self._section]
        starts = section.starts_at if self._first_of_section else None
        self._number = self._number + 1 if starts is None else starts
        return section

    def _without_margins(self, section: SectionReading, tokens: list[_Token]) -> list[_Token]:
        header, footer = self._margin(section, section.headers), self._margin(section, section.footers)
        body = self._take(header, tokens)
        if header:
            self._fail("the header is not the Word document's", header[0])
        if not footer:
            return body
        length = sum(len(word.text) for word in footer)
        start, held = len(body), 0
        while start and held < length:
            start -= 1
            held += len(body[start].text)
        for earlier in range(min(_FOOTER_SLACK, start) + 1):
            words = list(footer)
            if not self._take(words, body[start - earlier :]) and not words:
                return body[: start - earlier]
        return self._fail("the footer is not the Word document's", footer[0])

    def _margin(self, section: SectionReading, margins: Mapping[str, list[Word]]) -> list[Word]:
        kind = "default"
        if self._reading.even_and_odd and self._number % 2 == 0:
            kind = "even"
        if section.first_differs and self._first_of_section:
            kind = "first"
        number, total = str(self._number), str(self._total)
        return [
            word._replace(text=word.text.replace(PAGE_NUMBER, number).replace(PAGE_TOTAL, total))
            for word in margins.get(kind, ())
        ]

    def _body(self, section: SectionReading, tokens: list[_Token]) -> list[_Token]:
        """Take words off the passages as far as they go; a row may go on with each of its cells on the next page."""
        at_top = True
        while self._passage < len(section.passages):
            passage = section.passages[self._passage]
            if at_top and passage.repeats and tokens:
                repeated = list(passage.repeats)
                tokens = self._take(repeated, tokens)
                if repeated:
                    self._fail("the table's header row does not come again", repeated[0])
            at_top = False
            if self._cells is None:
                self._cells = [list(cell) for cell in passage.cells]
            for cell in self._cells:
                before = len(cell)
                tokens = self._take(cell, tokens, calls_notes=True)
                self.compared += before - len(cell)
            if any(self._cells):
                return tokens
            self._passage, self._cells = self._passage + 1, None
        return tokens

    def _take(self, words: list[Word], tokens: list[_Token], *, calls_notes: bool = False) -> list[_Token]:
        """Take words off the front for as long as the tokens say the same; the tokens that are left come back."""
        taken = position = 0
        while taken < len(words) and position < len(tokens):
            word = words[taken]
            if word.text == tokens[position].text:
                position += 1
            else:
                matched, rest, position, tokens = _match(word, tokens, position)
                if not matched:
                    break
                if rest:
                    words[taken] = word._replace(text=rest)
                    break
            taken += 1
            if len(word.after) > 1:
                position, tokens = _skip_leader(word.after[1:], tokens, position)
            if calls_notes and word.notes:
                self._pending += [each for note in word.notes for each in self._reading.notes.get(note, ())]
        del words[:taken]
        return tokens[position:]

    def _next_word(self, section: SectionReading) -> Word | None:
        """The first word of the section that has not come by."""
        cells = self._cells or []
        later = (cell for passage in section.passages[self._passage + bool(cells) :] for cell in passage.cells)
        return next((cell[0] for cell in (*cells, *later) if cell), None)

    def _fail(self, what: str, word: Word | None) -> NoReturn:
        place = Fault(
            code="parity",
            message=f"Page {self._page}: {what}. The PDF is withheld; report this document to the service's keeper.",
            part=None if word is None else word.part,
            paragraph=None if word is None else word.paragraph,
        )
        raise ParityFailed("The PDF does not say exactly what the Word document says.", [place])


def _match(word: Word, tokens: list[_Token], position: int) -> tuple[bool, str, int, list[_Token]]:
    """Match a word that is no token of its own: broken at a line's end, or run together with the next across a tab.

    Gives whether it matched, what of the word is still to come (on the next page), and the tokens from where to go on.
    """
    text = word.text
    while position < len(tokens):
        token = tokens[position]
        if token.text == text:
            return True, "", position + 1, tokens
        if token.text.startswith(text) and word.after != " ":
            return True, "", 0, [_Token(token.text[len(text) :], token.ends_line), *tokens[position + 1 :]]
        if not (token.ends_line and text.startswith(token.text) and _may_break(token.text, text)):
            break
        text = text[len(token.text) :]
        position += 1
    return text != word.text, text, position, tokens


def _may_break(start: str, text: str) -> bool:
    """Whether a line may end after this start of a word: beside a hyphen, a dash or another mark, or in a long word."""
    return len(text) >= _LONG_WORD or not (start[-1].isalnum() and text[len(start)].isalnum())


def _skip_leader(leader: str, tokens: list[_Token], position: int) -> tuple[int, list[_Token]]:
    while position < len(tokens):
        token = tokens[position]
        rest = token.text.lstrip(leader)
        if rest == token.text:
            break
        if rest:
            return 0, [_Token(rest, token.ends_line), *tokens[position + 1 :]]
        position += 1
    return position, tokens
