"""Small tagged PDFs as the typesetter makes them, and what is built from them."""

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
import typst

from service.assembling.packet_parts import Exhibit
from service.assembling.pdf.conformance import shortfall
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument
from templates import templates_root
from tests.builders import parity_of

_HEAD = """
#set document(title: "{title}", date: datetime(year: 2026, month: 11, day: 23))
#set text(lang: "en", region: "US", font: "Liberation Serif", size: 12pt)
#set page(paper: "us-letter", margin: 1in)
#v(2in)
= {title}
"""
_PAGE = """
== Section {number} of {title}
See @last-{slug}. Words of page {number} of {title}, and #lorem(40)
#table(columns: 2, table.header([Item], [Sum]), [Filling {number}], [\\$10.00])
#pagebreak(weak: true)
"""
_JUDGE = """
IT IS SO ORDERED this \\_\\_\\_\\_ day of \\_\\_\\_\\_\\_\\_, 20\\_\\_.
#v(4em)
#pad(left: 3.25in)[#("_" * 24) \\ CIRCUIT JUDGE \\ Date: \\_\\_\\_\\_\\_\\_]
"""


@cache
def _tagged(title: str, pages: int, ending: str) -> bytes:
    slug = "".join(letter for letter in title.lower() if letter.isalnum())
    source = _HEAD.format(title=title)
    source += "".join(_PAGE.format(title=title, number=number, slug=slug) for number in range(1, pages + 1))
    source += f"=== Last of {title} <last-{slug}>\n#set heading(numbering: none)\n{ending}"
    source = f'#set heading(numbering: "1.")\n{source}'
    pdf: bytes = typst.compile(
        source.encode(),
        font_paths=[templates_root() / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
    )
    return pdf


@pytest.fixture(scope="session")
def tagged_pdf() -> Callable[..., bytes]:
    """``tagged_pdf(title, pages=1, ending="")``: PDF/A-2a and PDF/UA-1, with a table, a link ahead and an outline."""

    def make(title: str, pages: int = 1, ending: str = "") -> bytes:
        return _tagged(title, pages, ending)

    return make


@pytest.fixture(scope="session")
def document(tagged_pdf: Callable[..., bytes]) -> Callable[..., RenderedDocument]:
    """``document(name, pages=1, role=…, audience=…)``: a rendered document; an order has its judge's line."""

    def make(
        name: str,
        pages: int = 1,
        role: DocumentRole = DocumentRole.PLEADING,
        audience: DocumentAudience = DocumentAudience.PUBLIC,
    ) -> RenderedDocument:
        title = name.replace("-", " ").title()
        pdf = tagged_pdf(title, pages, _JUDGE if role is DocumentRole.PROPOSED_ORDER else "")
        return RenderedDocument(
            plan=DocumentPlan(name=name, title=title, role=role, audience=audience),
            word=b"PK",
            pdf=pdf,
            pages=_count(pdf),
            profile="PDF/A-2a, PDF/UA-1",
            template_digest="0" * 64,
            parity=parity_of(pdf),
        )

    return make


@pytest.fixture(scope="session")
def exhibit() -> Callable[..., Exhibit]:
    """``exhibit(label, content)``: an exhibit as examination returns it."""

    def make(label: str, content: bytes, title: str = "Decree of Divorce entered June 5, 2019") -> Exhibit:
        return Exhibit(
            id=f"exhibit-{label.lower()}",
            label=label,
            title=title,
            file_name=f"01-exhibit-{label.lower()}",
            content=content,
            pages=_count(content),
            shortfall=_shortfall(content),
        )

    return make


def _shortfall(pdf: bytes) -> str | None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return shortfall(opened)


def _count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
