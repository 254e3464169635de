"""Small Word documents written by hand, and eyes for the PDFs made of them."""

from collections.abc import Callable

import pypdfium2
import pytest

from tests.rendering import wordml

WriteWord = Callable[..., bytes]


@pytest.fixture
def write_word() -> WriteWord:
    """Writes a Word document around a body of WordprocessingML."""
    return wordml.write_word


@pytest.fixture
def paragraph() -> Callable[..., str]:
    """Writes one paragraph: its text, and what its ``pPr`` and its run's ``rPr`` hold."""
    return wordml.paragraph


@pytest.fixture
def table() -> Callable[..., str]:
    """Writes a table of equal columns from rows of cell texts (or of cell paragraphs)."""
    return wordml.table


def _page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()


@pytest.fixture
def page_texts() -> Callable[[bytes], list[str]]:
    """Reads the text of each page of a PDF."""
    return _page_texts


@pytest.fixture
def pleading() -> bytes:
    """Three pages like ours: a caption, headings, numbered allegations, a figure table, a footnote, a footer."""
    numbered = '<w:pStyle w:val="Body"/><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    allegation = "OCSE represents the State of Arkansas under Ark. Code Ann. § 9-14-{} and states the facts of line {}."
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = [
        wordml.paragraph("IN THE CIRCUIT COURT OF PULASKI COUNTY, ARKANSAS", '<w:jc w:val="center"/>', "<w:b/>"),
        wordml.table([["DANA EXAMPLE", "§", "CASE NO. 60DR-26-1"], ["v.", "§", "OCSE NO. 900000001"]], properties=""),
        wordml.paragraph("MOTION TO MODIFY", '<w:pStyle w:val="Heading1"/>'),
        *(wordml.paragraph(allegation.format(200 + number, number), numbered.format(0)) for number in range(1, 13)),
        wordml.paragraph("the first particular;", numbered.format(1)),
        wordml.paragraph("the second particular.", numbered.format(1)),
        wordml.paragraph("SUMS", '<w:pStyle w:val="Heading2"/>'),
        f"<w:p><w:r><w:t>The sums are these.</w:t></w:r>{note}</w:p>",
        wordml.table(
            [["Line", "Provider", "Balance"], *([str(row), "Clinic", f"${row}0.25"] for row in range(1, 41))], header=1
        ),
        wordml.paragraph("Respectfully submitted,", '<w:ind w:left="4680"/>'),
    ]
    footer = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9360"/></w:tabs></w:pPr><w:r><w:t>Motion to Modify</w:t></w:r>'
        '<w:r><w:tab/><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "/>'
        '<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "/></w:p>'
    )
    words = wordml.paragraph("Redacted under Admin. Order No. 19.", "", '<w:sz w:val="20"/>')
    footnotes = f'<w:footnote w:id="2">{words}</w:footnote>'
    return wordml.write_word(
        "".join(body),
        section=f'<w:footerReference w:type="default" r:id="rId-footer1.xml"/>{wordml.GEOMETRY}',
        parts={"footer1.xml": ("footer", footer), "footnotes.xml": ("footnotes", footnotes)},
    )
