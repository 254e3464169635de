"""Where words stand on a page, as PDFium reads it."""

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

_CALIBRATED, _UNKNOWN = b"/ICCBased", b"/ICCOther"


def opened_for_words(pdf: bytes) -> pypdfium2.PdfDocument:
    """A PDF of which only words and their places will be read; to be closed by the caller.

    PDFium computes the curves of each colour profile anew in every file, which takes as long as all the words of a
    page. Under a name that it does not know, and that is as long, it leaves profiles alone; nothing moves for that.

    Raises:
        pypdfium2.PdfiumError: It is no PDF that can be read.
    """
    return pypdfium2.PdfDocument(pdf.replace(_CALIBRATED, _UNKNOWN))


def occurrences(text: pypdfium2.PdfTextPage, words: str, *, match_case: bool) -> Iterator[int]:
    """Where the words begin, each time they stand on the page, as the number of a character."""
    searcher = text.search(words, match_case=match_case)
    try:
        while (found := searcher.get_next()) is not None:
            yield found[0]
    finally:
        searcher.close()


def marked_content(text: pypdfium2.PdfTextPage, place: int) -> int | None:
    """The MCID of the character at a place; ``None`` where it is not tagged."""
    printed = pdfium.FPDFText_GetTextObject(text, place)
    identifier = pdfium.FPDFPageObj_GetMarkedContentID(printed) if printed else -1
    return identifier if identifier >= 0 else None
