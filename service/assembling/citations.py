"""Where a document's words name an exhibit: "Exhibit B", or each letter of "Exhibits B, C, and D"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from service.assembling.pdf.page_box import PageBox
from service.assembling.pdf.page_text import marked_content, occurrences, opened_for_words

_WORD = "exhibit"
_REACH = 160
_SAME_LINE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An exhibit named on a page: ``page`` from 0, ``marked_content`` the MCID of the words, if they are tagged."""

    label: str
    page: int
    box: PageBox
    marked_content: int | None


def find_citations(pdf: bytes, labels: Iterable[str], texts: Sequence[str] | None = None) -> tuple[Citation, ...]:
    """Every mention of one of these exhibits, in reading order; other labels are somebody else's exhibits.

    Of ``texts``, what the pages say, only those with the word lead to a closer look; without them each page gets one.
    """
    pages = None if texts is None else [number for number, text in enumerate(texts) if _WORD in text.casefold()]
    if pages == []:
        return ()
    series = _series(labels)
    found: list[Citation] = []
    with opened_for_words(pdf) as document:
        for number in range(len(document)) if pages is None else pages:
            page = document[number]
            text = page.get_textpage()
            try:
                found += _on_page(text, number, series)
            finally:
                text.close()
                page.close()
    return tuple(found)


def _series(labels: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows the word "Exhibit" when these are meant, and one label in it; the longest label wins."""
    known = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    label = rf"(?:{known})(?![\w-])"
    joint = r"(?:,\s+and\s+|,\s+or\s+|,\s+|\s+and\s+|\s+or\s+|\s+through\s+|\s+to\s+)"
    return re.compile(rf"s?\s+{label}(?:{joint}{label})*"), re.compile(rf"(?<!\w){label}")


def _on_page(
    text: pypdfium2.PdfTextPage, number: int, series: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[Citation]:
    whole, one = series
    for start in occurrences(text, _WORD, match_case=False):
        tail = start + len(_WORD)
        following = text.get_text_range(tail, min(_REACH, text.count_chars() - tail))
        named = whole.match(following)
        if named is None:
            continue
        for place, label in enumerate(one.finditer(named.group())):
            first, last = tail + label.start(), tail + label.end() - 1
            if text.get_text_range(first, last - first + 1) != label.group():
                continue
            yield Citation(
                label=label.group(),
                page=number,
                box=_box(text, start if place == 0 else first, first, last),
                marked_content=marked_content(text, first),
            )


def _box(text: pypdfium2.PdfTextPage, start: int, first: int, last: int) -> PageBox:
    """Around the words where they stand on one line, around the label alone where a line ends between them."""
    opening = text.get_charbox(start, loose=True)
    label = text.get_charbox(first, loose=True)
    begin = start if abs(opening[1] - label[1]) < _SAME_LINE and opening[0] <= label[0] else first
    boxes = [text.get_charbox(each, loose=True) for each in {begin, first, last}]
    return PageBox(
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
