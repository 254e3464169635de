"""Proof that a PDF says exactly what its Word document says: every word, every figure, in order, on every page.

The Word document is read on its own (:mod:`service.rendering.parity.reading`), the PDF through PDFium. Nothing of the
translator takes part.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, NoReturn

import pypdfium2

from service.errors import Fault, ParityFailed
from service.rendering.pages import PDFIUM
from service.rendering.parity.labels import figure
from service.rendering.parity.matching import PageWords, match, skip_leader
from service.rendering.parity.pieces import Stretch, as_read
from service.rendering.parity.reading import Reading, SectionReading, read_word
from service.rendering.parity.references import LOWER_ROMAN, PAGE_NUMBER, PAGE_OF, PAGE_OF_END, PAGE_TOTAL, UPPER_ROMAN

_FOOTER_SLACK: Final = 12
"""How many tokens more than its words a footer may come in, where leaders fill its tabs."""
_NUMERALS: Final = {LOWER_ROMAN: "lowerRoman", UPPER_ROMAN: "upperRoman"}
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
    comparison = _Comparison(reading, len(texts))
    for number, text in enumerate(texts, start=1):
        comparison.page(number, PageWords(text))
    comparison.finish()
    return ParityReport(
        pages=len(texts), words=comparison.compared, texts=texts, pages_of_paragraphs=comparison.pages_of_paragraphs
    )


def _page_texts(pdf: bytes) -> tuple[str, ...]:
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return tuple(_page_text(document, number) for number in range(len(document)))


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of a page, which is closed at once: its memory serves the next."""
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        return as_read(text.get_text_range())


class _Comparison:
    """Walks through the Word document's words as the pages come by."""

    def __init__(self, reading: Reading, pages: int) -> None:
        self._reading = reading
        self._total = pages
        self._section = 0
        self._passage = 0
        self._cells: list[list[Stretch]] | None = None
        self._pending: list[Stretch] = []
        self._first_of_section = True
        self._number = 0
        self._page = 0
        self._line = 0
        self._shown = ""
        self._marks: dict[str, str] = {}
        self._claims: list[tuple[str, str, Stretch]] = []
        self.compared = 0
        self.pages_of_paragraphs: dict[int, int] = {}

    def page(self, number: int, page: PageWords) -> None:
        """Compare the next page: header, body, the notes called on it, footer; nothing may be left over."""
        self._page = number
        section = self._enter_section()
        self._shown = figure(self._number, section.page_format)
        self._take_margins(section, page)
        self._drop_line_numbers(section, page)
        self._body(section, page)
        self._take(self._pending, page)
        if page:
            self._fail("words that the Word document does not have here", self._next_stretch(section))
        self._first_of_section = False

    def finish(self) -> None:
        """After the last page every word must have come by."""
        for section in self._reading.sections[self._section :]:
            missing = self._next_stretch(section)
            if missing is not None:
                self._fail("words of the Word document are missing", missing)
            self._section += 1
            self._passage, self._cells = 0, None
        if self._pending:
            self._fail("words of a footnote are missing", self._pending[0])
        for bookmark, read, stretch in self._claims:
            if self._marks.get(bookmark) != read:
                self._fail("a reference to a page names another page", stretch)

    def _enter_section(self) -> SectionReading:
        section = self._reading.sections[self._section]
        done = self._next_stretch(section) is None and self._page > 1
        if done and self._section + 1 < len(self._reading.sections):
            self._section += 1
            self._passage, self._cells, self._first_of_section = 0, None, True
            section = self._reading.sections[self._section]
        starts = section.starts_at if self._first_of_section else None
        self._number = self._number + 1 if starts is None else starts
        return section

    def _take_margins(self, section: SectionReading, page: PageWords) -> None:
        header, footer = self._margin(section, section.headers), self._margin(section, section.footers)
        self._take(header, page)
        if header:
            self._fail("the header is not the Word document's", header[0])
        if not footer:
            return
        length = sum(len(word) for stretch in footer for word in stretch.words)
        start, held = len(page.words), 0
        while start > page.at and held < length:
            start -= 1
            held += len(page.words[start])
        for begins in range(start, max(page.at, start - _FOOTER_SLACK) - 1, -1):
            stretches, last = list(footer), page.beginning(begins)
            self._take(stretches, last)
            if not stretches and not last:
                del page.words[begins:]
                return
        self._fail("the footer is not the Word document's", footer[0])

    def _margin(self, section: SectionReading, margins: Mapping[str, list[Stretch]]) -> list[Stretch]:
        kind = "default"
        if self._reading.even_and_odd and self._number % 2 == 0:
            kind = "even"
        if section.first_differs and self._first_of_section:
            kind = "first"
        return [
            stretch._replace(words=[self._with_pages(word) for word in stretch.words])
            for stretch in margins.get(kind, ())
        ]

    def _with_pages(self, text: str) -> str:
        """The text with the numbers of this page and of all pages in place of their marks."""
        if text.isascii():
            return text
        text = text.replace(PAGE_NUMBER, self._shown).replace(PAGE_TOTAL, str(self._total))
        for mark, written in _NUMERALS.items():
            if mark in text:
                text = text.replace(mark, figure(self._number, written))
        return text

    def _drop_line_numbers(self, section: SectionReading, page: PageWords) -> None:
        """Line numbers come after the text of a page; they must count without a gap."""
        if section.line_numbers is None or not page or not page.words[-1].isdigit():
            return
        first, every, each_page = section.line_numbers
        begin = first if each_page or not self._line else self._line + 1
        begin += -begin % every
        last = int(page.words[-1])
        if not 0 <= (last - begin) // every < len(page.words):
            return
        numbers = [str(number) for number in range(begin, last + 1, every)]
        if page.words[max(page.at, len(page.words) - len(numbers)) :] != numbers:
            return
        self._line = last
        del page.words[-len(numbers) :]

    def _body(self, section: SectionReading, page: PageWords) -> None:
        """Take words off the passages as far as they go; a row may go on with each of its cells on the next page."""
        at_top = True
        while self._passage < len(section.passages):
            passage = section.passages[self._passage]
            if at_top and passage.repeats and page:
                repeated = list(passage.repeats)
                self._take(repeated, page)
                if repeated:
                    self._fail("the table's header row does not come again", repeated[0])
            at_top = False
            if self._cells is None:
                self._cells = passage.cells
            if passage.loose:
                self._in_any_order(self._cells, page)
            for cell in self._cells:
                self._take(cell, page, of_body=True)
            if any(self._cells):
                return
            self._passage, self._cells = self._passage + 1, None

    def _in_any_order(self, cells: list[list[Stretch]], page: PageWords) -> None:
        """Take whole cells as they come by; the PDF draws a merged cell once all its rows are drawn."""
        goes_on = True
        while goes_on:
            goes_on = False
            for cell in cells:
                rest = list(cell)
                self._take(rest, page.beginning(page.at))
                if cell and not rest:
                    self._take(cell, page, of_body=True)
                    goes_on = True
                    break

    def _take(self, stretches: list[Stretch], page: PageWords, *, of_body: bool = False) -> None:
        """Take words off the front for as long as the page says the same."""
        done = 0
        for stretch in stretches:
            taken, rest = self._take_words(stretch, page)
            if of_body and taken:
                self._took(stretch, taken)
            if rest:
                stretches[done] = stretch._replace(words=rest)
                break
            done += 1
        del stretches[:done]

    def _take_words(self, stretch: Stretch, page: PageWords) -> tuple[int, list[str]]:
        """How many whole words of a stretch the page went on with, and those, or the rest of one, that it did not."""
        words = stretch.words
        if not page.take_if_next(words):
            for position, word in enumerate(words):
                if not page:
                    return position, words[position:]
                if word == page.words[page.at] or self._says_page(stretch, word, page.words[page.at]):
                    page.at += 1
                    continue
                after = " " if position + 1 < len(words) else stretch.after
                rest = match(stretch, word, after, page)
                if rest:
                    return position, [rest, *words[position + 1 :]]
        if len(stretch.after) > 1:
            skip_leader(stretch.after[1:], page)
        return len(words), []

    def _took(self, stretch: Stretch, taken: int) -> None:
        """Keep what words of the body bring with them: their paragraph's page, bookmarks' pages, notes."""
        self.compared += taken
        self.pages_of_paragraphs.setdefault(stretch.paragraph, self._page)
        if stretch.marks:
            self._marks |= dict.fromkeys(stretch.marks, self._shown)
        if stretch.notes:
            self._pending += [each for note in stretch.notes for each in self._reading.notes.get(note, ())]

    def _says_page(self, stretch: Stretch, word: str, read: str) -> bool:
        """Whether a word with page numbers in it reads so; what it says of other pages is proved at the end."""
        text = self._with_pages(word)
        if text == word and PAGE_OF not in text:
            return False
        pattern = _FIGURES.join(re.escape(part) for part in _PAGE_OF.split(text)[::2])
        found = re.fullmatch(pattern, read)
        if found is None:
            return False
        self._claims += [
            (name, shown, stretch) for name, shown in zip(_PAGE_OF.findall(text), found.groups(), strict=True)
        ]
        return True

    def _next_stretch(self, section: SectionReading) -> Stretch | None:
        """The first words of the section that have not come by."""
        later = islice(section.passages, self._passage + bool(self._cells), None)
        cells = chain(self._cells or (), (cell for passage in later for cell in passage.cells))
        return next((cell[0] for cell in cells if cell), None)

    def _fail(self, what: str, stretch: Stretch | None) -> NoReturn:
        place = Fault(
            code="parity",
            message=f"Page {self._page}: {what}. The PDF is withheld; report this document to the service's keeper.",
            part=None if stretch is None else stretch.part,
            paragraph=None if stretch is None else stretch.paragraph,
        )
        raise ParityFailed("The PDF does not say exactly what the Word document says.", [place])
