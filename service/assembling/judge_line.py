"""Where a circuit judge signs: the line over the last words "CIRCUIT JUDGE" of a proposed order."""

from dataclasses import dataclass

import pypdfium2

from service.assembling.pdf.page_box import PageBox
from service.assembling.pdf.page_text import marked_content, occurrences, opened_for_words
from service.errors import Fault, TemplateRefused
from service.law.outcomes import DocumentPlan

_WORDS = "CIRCUIT JUDGE"
_LINE_OVER_WORDS = 3.0
_WIDTH = 216.0
_HEIGHTS = (40.0, 32.0, 24.0)
_LEAST_HEIGHT = 18.0
_RIGHT_MARGIN = 72.0
_RULE = " _\r\n\t\xa0"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLine:
    """The signing space; ``page`` from 0, ``marked_content`` the MCID of the words below the line, if tagged."""

    page: int
    above: PageBox
    marked_content: int | None


def find_judge_line(pdf: bytes, plan: DocumentPlan) -> JudgeLine:
    """Find the line, looking from the last page backwards.

    Raises:
        TemplateRefused: The words stand nowhere in the order.
    """
    with opened_for_words(pdf) as document:
        for number in reversed(range(len(document))):
            page = document[number]
            text = page.get_textpage()
            try:
                if places := list(occurrences(text, _WORDS, match_case=True)):
                    return _line_over(text, places[-1], number, page.get_width())
            finally:
                text.close()
                page.close()
    message = f'A proposed order needs the words "{_WORDS}" under the line on which the judge signs.'
    fault = Fault(code="judge_line_missing", message=message, part=plan.name)
    raise TemplateRefused("A proposed order has no place for the judge's signature.", [fault])


def _line_over(text: pypdfium2.PdfTextPage, place: int, number: int, page_width: float) -> JudgeLine:
    left, _, _, top = text.get_charbox(place)
    bottom = top + _LINE_OVER_WORDS
    right = min(left + _WIDTH, page_width - _RIGHT_MARGIN)
    clear = (height for height in _HEIGHTS if not _words_in(text, PageBox(left, bottom, right, bottom + height)))
    box = PageBox(left, bottom, right, bottom + next(clear, _LEAST_HEIGHT))
    return JudgeLine(page=number, above=box, marked_content=marked_content(text, place))


def _words_in(text: pypdfium2.PdfTextPage, box: PageBox) -> str:
    """What is printed in the space besides the rule that is signed on."""
    words: str = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return words.strip(_RULE)
