"""Words are found where they stand, although colours are left unread."""

import pypdfium2

from service.assembling.pdf.page_text import opened_for_words
from service.rendering.pages import PDFIUM
from service.rendering.typesetting.engine import typeset
from tests.rendering.wordml import paragraph, write_word


def places(document: pypdfium2.PdfDocument) -> list[tuple[float, float, float, float]]:
    text = document[0].get_textpage()
    return [text.get_charbox(number) for number in range(text.count_chars())]


def test_leaving_colour_profiles_unread_moves_neither_words_nor_anything_in_the_file() -> None:
    pdf = typeset(write_word(paragraph("See Exhibit B, which the Court has before it."))).pdf
    assert b"/ICCBased" in pdf
    with PDFIUM, pypdfium2.PdfDocument(pdf) as plain, opened_for_words(pdf) as unread:
        assert places(unread) == places(plain)
        assert len(places(unread)) > 40
        assert len(unread._input) == len(pdf)
