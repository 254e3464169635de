"""Proof that a PDF says exactly what its Word document says: every word, every figure, in order, on every page.

The Word document is read on its own (:mod:`service.rendering.parity.reading`), the PDF through PDFium. Nothing of the
translator takes part.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

import pypdfium2

from service.errors import Fault, ParityFailed
from service.rendering.pages import PDFIUM
from service.rendering.parity.labels import figure
from service.rendering.parity.matching import Token, match, skip_leader, tokens_of
from service.rendering.parity.pieces import Word, as_read
from service.rendering.parity.reading import Reading, SectionReading, read_word
from service.rendering.parity.references import LOWER_ROMAN, PAGE_NUMBER, PAGE_OF, PAGE_OF_END, PAGE_TOTAL, UPPER_ROMAN

_FOOTER_SLACK: Final = 12
"""How many tokens more than its words a footer may come in, where leaders fill its tabs."""
_PAGE_OF: Final = re.compile(f"{PAGE_OF}([^{PAGE_OF_END}]*){PAGE_OF_END}")
_FIGURES: Final = "([0-9]+|[ivxlcdm]+|[IVXLCDM]+|[a-z]+|[A-Z]+)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParityReport:
    """What was compared: so many pages, so many words of the body, its lists, tables and notes.

    ``texts`` is the text of each page of the PDF; ``pages_of_paragraphs`` says on which page (from 1) each paragraph of
    ``word/document.xml`` that has words begins, by its number (from 1).
    """

    pages: int
    words: int
    texts: tuple[str, ...] = ()
    pages_of_paragraphs: Mapping[int, int] = field(default_factory=dict)


def check_parity(word: bytes, pdf: bytes) -> ParityReport:
    """Compare a Word document that the typesetter accepted with the PDF made of it.

    Raises:
        ParityFailed: A word is missing, added, changed or out of order; the fault names page, part and paragraph.
    """
    reading = read_word(word)
    texts = _page_texts(pdf)
    pages = [tokens_of(text) for text in texts]
    comparison = _Comparison(reading, len(pages))
    for number, tokens in enumerate(pages, start=1):
        comparison.page(number, tokens)
    comparison.finish()
    return ParityReport(
        pages=len(pages), words=comparison.compared, texts=texts, pages_of_paragraphs=comparison.pages_of_paragraphs
    )


def _page_texts(pdf: bytes) -> tuple[str, ...]:
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(as_read(document[number].get_textpage().get_text_range()) for number in range(len(document)))
        finally:
            document.close()


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
        self._line = 0
        self._shown = ""
        self._marks: dict[str, str] = {}
        self._claims: list[tuple[str, str, Word]] = []
        self.compared = 0
        self.pages_of_paragraphs: dict[int, int] = {}

    def page(self, number: int, tokens: list[Token]) -> None:
        """Compare the next page: header, body, the notes called on it, footer; nothing may be left over."""
        self._page = number
        section = self._enter_section()
        self._shown = figure(self._number, section.page_format)
        body = self._without_line_numbers(section, self._without_margins(section, tokens))
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
        for bookmark, read, word in self._claims:
            if self._marks.get(bookmark) != read:
                self._fail("a reference to a page names another page", word)

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

    def _without_margins(self, section: SectionReading, tokens: list[Token]) -> list[Token]:
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
        return [word._replace(text=self._with_pages(word.text)) for word in margins.get(kind, ())]

    def _with_pages(self, text: str) -> str:
        """The text with the numbers of this page and of all pages in place of their marks."""
        if text.isascii():
            return text
        text = text.replace(PAGE_NUMBER, self._shown).replace(PAGE_TOTAL, str(self._total))
        lower, upper = figure(self._number, "lowerRoman"), figure(self._number, "upperRoman")
        return text.replace(LOWER_ROMAN, lower).replace(UPPER_ROMAN, upper)

    def _without_line_numbers(self, section: SectionReading, tokens: list[Token]) -> list[Token]:
        """Line numbers come after the text of a page; they must count without a gap."""
        if section.line_numbers is None or not tokens or not tokens[-1].text.isdigit():
            return tokens
        first, every, each_page = section.line_numbers
        begin = first if each_page or not self._line else self._line + 1
        begin += -begin % every
        last = int(tokens[-1].text)
        numbers = [str(number) for number in range(begin, last + 1, every)]
        if not numbers or [token.text for token in tokens[-len(numbers) :]] != numbers:
            return tokens
        self._line = last
        return tokens[: -len(numbers)]

    def _body(self, section: SectionReading, tokens: list[Token]) -> list[Token]:
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
            if passage.loose:
                tokens = self._in_any_order(self._cells, tokens)
            for cell in self._cells:
                tokens = self._take(cell, tokens, of_body=True)
            if any(self._cells):
                return tokens
            self._passage, self._cells = self._passage + 1, None
        return tokens

    def _in_any_order(self, cells: list[list[Word]], tokens: list[Token]) -> list[Token]:
        """Take whole cells as they come by; the PDF draws a merged cell once all its rows are drawn."""
        goes_on = True
        while goes_on:
            goes_on = False
            for cell in cells:
                rest = list(cell)
                self._take(rest, tokens)
                if cell and not rest:
                    tokens, goes_on = self._take(cell, tokens, of_body=True), True
                    break
        return tokens

    def _take(self, words: list[Word], tokens: list[Token], *, of_body: bool = False) -> list[Token]:
        """Take words off the front for as long as the tokens say the same; the tokens that are left come back."""
        taken = position = 0
        while taken < len(words) and position < len(tokens):
            word = words[taken]
            if word.text == tokens[position].text or self._says_page(word, tokens[position].text):
                position += 1
            else:
                matched, rest, position, tokens = match(word, tokens, position)
                if not matched:
                    break
                if rest:
                    words[taken] = word._replace(text=rest)
                    break
            taken += 1
            if len(word.after) > 1:
                position, tokens = skip_leader(word.after[1:], tokens, position)
            if of_body:
                self._took(word)
        del words[:taken]
        return tokens[position:]

    def _took(self, word: Word) -> None:
        """Keep what a word of the body brings with it: its paragraph's page, its bookmarks' page, its notes."""
        self.compared += 1
        self.pages_of_paragraphs.setdefault(word.paragraph, self._page)
        if word.marks:
            self._marks |= dict.fromkeys(word.marks, self._shown)
        if word.notes:
            self._pending += [each for note in word.notes for each in self._reading.notes.get(note, ())]

    def _says_page(self, word: Word, read: str) -> bool:
        """Whether a word with page numbers in it reads so; what it says of other pages is proved at the end."""
        text = self._with_pages(word.text)
        if text == word.text and PAGE_OF not in text:
            return False
        pattern = _FIGURES.join(re.escape(part) for part in _PAGE_OF.split(text)[::2])
        found = re.fullmatch(pattern, read)
        if found is None:
            return False
        self._claims += [
            (name, shown, word) for name, shown in zip(_PAGE_OF.findall(text), found.groups(), strict=True)
        ]
        return True

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
