"""Looking at finished pages: how many there are, and pictures of them."""

import io
import threading
from typing import Final

import pypdfium2

MAX_SCALE: Final = 6.0
"""432 dots an inch; a Letter page is then 24 megapixels."""

PDFIUM: Final = threading.Lock()
"""PDFium may not be entered by two threads at once."""


def page_count(pdf: bytes) -> int:
    """The number of pages; ``ValueError`` when the bytes are no readable PDF."""
    with PDFIUM, _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, scale: float) -> bytes:
    """One page (from 1) as a PNG in colour, at ``scale`` times 72 dots an inch.

    Raises:
        ValueError: no such page, a scale outside 0 to 6, or no readable PDF.
    """
    if not 0 < scale <= MAX_SCALE:
        raise ValueError(f"The scale must lie between 0 and {MAX_SCALE}.")
    with PDFIUM, _opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise ValueError(f"The document has pages 1 to {len(document)}.")
        picture = document[page - 1].render(scale=scale).to_pil()
    png = io.BytesIO()
    picture.save(png, format="PNG")
    return png.getvalue()


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("The bytes are not a readable PDF.") from error
