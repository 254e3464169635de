"""Packets that differ, each of ten documents and sixty exhibit pages, as the typesetter makes them."""

from collections.abc import Iterator
from functools import cache

import pypdfium2
import typst

from service.assembling.packet_parts import Exhibit
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument
from service.rendering.pages import PDFIUM, page_count
from service.rendering.parity.check import ParityReport
from templates import templates_root

DOCUMENTS, EXHIBITS, PAGES_AN_EXHIBIT = 10, 10, 6
_LABELS = "ABCDEFGHIJ"
_HEAD = """
#set document(title: "{title}", date: datetime(year: 2026, month: 11, day: 23))
#set text(lang: "en", region: "US", font: "Liberation Serif", size: 12pt)
#set page(paper: "us-letter", margin: 1in)
#v(2in)
= {title}
See Exhibit {label}.
"""
_PAGE = """
== Part {number}
#lorem(150)
#table(columns: 2, table.header([Item], [Sum]), [Filling {number}], [\\$10.00])
"""


def packet_parts(packets: int) -> Iterator[tuple[list[RenderedDocument], list[Exhibit]]]:
    """Documents of two or three pages that cite the exhibits, and exhibits of six pages."""
    for packet in range(packets):
        documents = [_document(f"Paper {packet}-{number}", _LABELS[number]) for number in range(DOCUMENTS)]
        yield documents, [_exhibit(f"Bill {packet}-{number}", number) for number in range(EXHIBITS)]


def _document(title: str, label: str) -> RenderedDocument:
    pdf = _typeset(title, label, 2, "")
    texts = _texts(pdf)
    plan = DocumentPlan(
        name=title.lower().replace(" ", "-"),
        title=title,
        role=DocumentRole.PLEADING,
        audience=DocumentAudience.PUBLIC,
    )
    return RenderedDocument(
        plan=plan,
        word=b"",
        pdf=pdf,
        pages=len(texts),
        profile="PDF/A-2a, PDF/UA-1",
        template_digest="",
        parity=ParityReport(pages=len(texts), words=sum(len(text.split()) for text in texts), texts=texts),
    )


def _texts(pdf: bytes) -> tuple[str, ...]:
    """What the parity check of a document leaves for those who come after it."""
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        return tuple(page.get_textpage().get_text_range() for page in document)


def _exhibit(title: str, number: int) -> Exhibit:
    pdf = _typeset(title, _LABELS[number], PAGES_AN_EXHIBIT, "#pagebreak(weak: true)\n")
    return Exhibit(
        id=f"exhibit-{number}",
        label=_LABELS[number],
        title=title,
        file_name=f"{number + 1:02d}-exhibit-{_LABELS[number].lower()}",
        content=pdf,
        pages=page_count(pdf),
    )


def _typeset(title: str, label: str, parts: int, between: str) -> bytes:
    source = _HEAD.format(title=title, label=label)
    source += between.join(_PAGE.format(number=number) for number in range(1, parts + 1))
    pdf = _compiler().compile(source.encode(), pdf_standards=["a-2a", "ua-1"])
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter made several files of one document")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[templates_root() / "fonts"], ignore_system_fonts=True)
