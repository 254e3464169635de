"""A Word document of the corpus, and what is to become of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.rendering import wordml

MANNER = (
    "The noncustodial parent was ordered to provide accessible health insurance for the minor children at a reasonable "
    "cost, and to pay one half of the medical, dental and vision expenses that no insurance covers, within thirty days "
    "after the custodial parent sends the statement of the provider; the Office of Child Support Enforcement has "
    "reviewed the order and finds that the coverage lapsed through no fault of the custodial parent. "
)
"""A text of several lines, for whatever needs lines to break."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The fault a document must be refused for, and where."""

    code: str
    part: str = "word/document.xml"
    paragraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: how it is made, and the refusal it must meet; without one, its PDF must say the same.

    ``differs`` tells why LibreOffice does not set it as Word does, where it does not.
    """

    make: Callable[[], bytes]
    refusal: Refusal | None = None
    differs: str = ""


@dataclass(slots=True)
class Corpus:
    """Documents by name."""

    documents: dict[str, Document] = field(default_factory=dict)

    def typeset(self, name: str, body: str, *, differs: str = "", **rest: Any) -> None:
        """Add a document that is to be typeset."""
        self.documents[name] = Document(make=lambda: wordml.write_word(body, **rest), differs=differs)

    def refused(self, name: str, body: str, refusal: Refusal, **rest: Any) -> None:
        """Add a document that is to be refused."""
        self.documents[name] = Document(make=lambda: wordml.write_word(body, **rest), refusal=refusal)


def lines(count: int, text: str = "Line {} of the page.") -> str:
    """That many one-line paragraphs."""
    return "".join(wordml.paragraph(text.format(number)) for number in range(1, count + 1))


def run(text: str, properties: str = "") -> str:
    """One run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def runs(*parts: str, properties: str = "") -> str:
    """One paragraph made of what is given."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(parts)}</w:p>"


def field_code(instruction: str, result: str = "0", properties: str = "") -> str:
    """A complex field, with the result that Word kept last."""

    def mark(kind: str) -> str:
        return f'<w:r><w:rPr>{properties}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{mark('begin')}{code}{mark('separate')}{run(result, properties)}{mark('end')}"


def bookmark(name: str, inner: str, number: int = 1) -> str:
    """A bookmark around runs."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def listed(level: int = 0, number: int = 1) -> str:
    """The properties of a numbered paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def tab(kind: str, position: int, leader: str = "none") -> str:
    """The properties of a paragraph with one tab stop."""
    return f'<w:tabs><w:tab w:val="{kind}" w:leader="{leader}" w:pos="{position}"/></w:tabs>'


def cell(content: str, width: int, properties: str = "") -> str:
    """A table cell: a text, or blocks."""
    blocks = content if content.startswith("<w:") else wordml.paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{blocks}</w:tc>'


def grid(widths: list[int], rows: list[str], properties: str = '<w:tblStyle w:val="Grid"/>') -> str:
    """A table of rows already written."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    layout = f'<w:tblPr>{properties}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    return f"<w:tbl>{layout}{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """One table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def margin_parts(**texts: str) -> Mapping[str, tuple[str, str]]:
    """Header and footer parts by name (``header1``, ``footer1``), from their paragraphs."""
    return {f"{name}.xml": (name.rstrip("0123456789"), blocks) for name, blocks in texts.items()}


def shown_as(kind: str, name: str, pages: str = "default") -> str:
    """A section's reference to one of these parts."""
    return f'<w:{kind}Reference w:type="{pages}" r:id="rId-{name}.xml"/>'
