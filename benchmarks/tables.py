"""Word documents with one long table on wide pages, made with python-docx; no two rows are alike."""

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

_WIDTHS: Final = (700, 1500, 1400, 3200, 1600, 1500, 1500, 1560)
"""Twips."""
_HEADS: Final = ("No.", "Date", "Child", "Provider and service", "Billed", "Insurance", "Paid", "Balance")
_ALIGNED: Final = ("center", "left", "left", "left", "right", "right", "right", "right")
_CARE: Final = ("visit", "filling", "prescription", "therapy", "laboratory", "imaging", "lenses", "consultation")
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def tables(rows: int, number: int) -> Iterator[bytes]:
    """So many documents, each with a table of that many rows under a header row that comes again on every page."""
    return (_table_document(rows, random.Random(seed)) for seed in range(number))  # noqa: S311 - nothing secret


def _table_document(rows: int, chance: random.Random) -> bytes:
    document = Document()
    document.core_properties.title = "Itemized Statement"
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = Inches(1)
    _footer(section.footer.paragraphs[0])
    lines = [_row(_HEADS, header=True), *(_row(_expense(number + 1, chance)) for number in range(rows))]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
    layout = f'<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    table = f"<w:tbl {nsdecls('w')}>{layout}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    document.element.body.insert(0, parse_xml(table))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _footer(paragraph: Paragraph) -> None:
    """Page so-and-so of so many, in fields."""
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(text)
        simple = etree.SubElement(paragraph._p, qn("w:fldSimple"))  # noqa: SLF001 - python-docx has no fields
        simple.set(qn("w:instr"), field)


def _expense(number: int, chance: random.Random) -> tuple[str, ...]:
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
    care = f"{chance.choice(_CARE).title()} Clinic No. {chance.randrange(1000)}, {chance.choice(_CARE)}"
    sums = (f"${chance.randrange(1, 2000):,}.{chance.randrange(100):02}" for _ in range(4))
    return (str(number), day.strftime("%m/%d/%Y"), chance.choice("ABCDE") + ".B.", care, *sums)


def _row(texts: tuple[str, ...], *, header: bool = False) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:before="0" w:after="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
        for text, width, align in zip(texts, _WIDTHS, _ALIGNED, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"
