"""What the pages of an accepted exhibit say, for whoever has to find a sum on them.

Runs inside the examining process (:mod:`service.assembling.exhibits.process`), never in the service itself.
"""

import hashlib

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary

from service.assembling.packet_parts import PageReading

_TEXT_ON_A_PAGE = 20_000
_TEXT_IN_ALL = 2_000_000


def read_pages(content: bytes, pdf: pikepdf.Pdf) -> tuple[PageReading, ...]:
    """Each page's text, cut at 20,000 characters a page and two million in all, and the digest of what it draws."""
    readings: list[PageReading] = []
    left = _TEXT_IN_ALL
    with pypdfium2.PdfDocument(content) as second:
        for number, page in enumerate(pdf.pages):
            text, objects = _text(second, number, min(left, _TEXT_ON_A_PAGE))
            left -= len(text)
            readings.append(PageReading(text=text, blank=not text and not objects, digest=_digest(page, text)))
    return tuple(readings)


def _text(document: pypdfium2.PdfDocument, number: int, most: int) -> tuple[str, int]:
    """The words, and how many things the page draws."""
    page = document[number]
    words = page.get_textpage()
    try:
        count = min(words.count_chars(), most)
        text: str = words.get_text_range(0, count) if count > 0 else ""
        return " ".join(text.split()), pdfium.FPDFPage_CountObjects(page)
    finally:
        words.close()
        page.close()


def _digest(page: pikepdf.Page, text: str) -> str:
    """Over the drawing, the pictures it shows and the words: fonts may be cut and named differently in another file."""
    digest = hashlib.sha256(text.encode())
    contents = page.obj.get("/Contents", Array())
    for stream in contents if isinstance(contents, Array) else [contents]:
        digest.update(stream.read_bytes())
    drawn = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for _, shown in sorted(drawn.items()):
        if isinstance(shown, pikepdf.Stream):
            digest.update(shown.read_raw_bytes())
    return digest.hexdigest()
