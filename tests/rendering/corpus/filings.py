"""Whole filings: the service's own, and such as attorneys elsewhere write in Word."""

import io
from collections.abc import Iterator

from docx import Document as WordDocument

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import FAMILIES, example
from tests.rendering.corpus.document import (
    MANNER,
    Corpus,
    Document,
    bookmark,
    cell,
    field_code,
    grid,
    listed,
    margin_parts,
    row,
    run,
    runs,
    shown_as,
    tab,
)
from tests.rendering.corpus.page_features import BANDS, LOOK
from tests.rendering.wordml import CORE, GEOMETRY, STYLES, paragraph, table

CENTRED = '<w:jc w:val="center"/>'
DOUBLE = '<w:spacing w:line="480" w:lineRule="auto"/><w:ind w:firstLine="720"/>'
CAPTION = [
    ["DANA EXAMPLE, Plaintiff", "§", "CASE NO. 60DR-26-1"],
    ["v.", "§", "DIVISION IV"],
    ["RILEY EXAMPLE, Defendant", "§", ""],
]
TAB = "<w:r><w:tab/></w:r>"


def own_filings() -> dict[str, Document]:
    """The documents of every family's example, as the service writes them."""
    templates = WordTemplates(templates_root() / "filings")
    final = Presentation(mark=PageMark.NONE, signed=True)
    made = {}
    for family in FAMILIES:
        facts = load_facts(example(family))
        filing = next(each for each in determine(facts).filings if each.kind == family)
        for draft in draft_filing(facts, filing, final):
            word = templates.render(draft)
            made[f"{family}: {draft.plan.name}"] = Document(make=lambda word=word: word)
    return made


def foreign_filings() -> dict[str, Document]:
    """Filings in the manner of other offices."""
    corpus = Corpus()
    for add in (_numbered_lines, _petition, _letter, _decree, _statement, _brief):
        add(corpus)
    corpus.documents["a file that no one styled"] = Document(
        make=_unstyled, differs="it takes the bullet from another font"
    )
    return corpus.documents


def _unstyled() -> bytes:
    """What the default template of python-docx gives: theme fonts, list styles, table styles as Word ships them."""
    document = WordDocument()
    document.core_properties.title = "Memorandum"
    document.styles["Normal"].font.name = "Times New Roman"
    for _ in range(3):
        document.add_paragraph(MANNER)
    document.add_paragraph("One particular", style="List Number")
    document.add_paragraph("Another", style="List Bullet")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _allegations(count: int) -> Iterator[str]:
    return (paragraph(f"{number} {MANNER}", listed() + DOUBLE) for number in range(1, count + 1))


def _footer(title: str) -> str:
    return runs(
        run(title),
        TAB,
        run("Page "),
        field_code("PAGE", "1"),
        run(" of "),
        field_code("NUMPAGES", "3"),
        properties=tab("right", 9360),
    )


def _numbered_lines(corpus: Corpus) -> None:
    """Pleading paper: numbered lines inside a border, a caption, a note."""
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    sides = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="6"/>' for side in ("left", "right"))
    body = [
        paragraph("IN THE CIRCUIT COURT OF PULASKI COUNTY, ARKANSAS", CENTRED, "<w:b/>"),
        table(CAPTION, properties=""),
        paragraph("MOTION FOR CONTEMPT", '<w:pStyle w:val="Heading1"/>'),
        *(paragraph(MANNER, DOUBLE) for _ in range(6)),
        runs(run(MANNER), note, properties=DOUBLE),
        paragraph("Respectfully submitted,", '<w:ind w:left="4680"/>'),
    ]
    told = paragraph("See the order of May 1, 2024.", run='<w:sz w:val="20"/>')
    notes = f'<w:footnote w:id="2">{told}</w:footnote>'
    corpus.typeset(
        "a motion on numbered lines",
        "".join(body),
        section=shown_as("footer", "footer1")
        + GEOMETRY
        + f'<w:pgBorders w:offsetFrom="text">{sides}</w:pgBorders><w:lnNumType w:countBy="1"/>',
        parts={**margin_parts(footer1=_footer("Motion")), "footnotes.xml": ("footnotes", notes)},
    )


def _petition(corpus: Corpus) -> None:
    """Arial, levels of numbers, and references from one paragraph to another."""
    arial = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/>'
    styles = STYLES.replace('<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/>', arial)
    fact = f"<w:p><w:pPr>{listed(1)}</w:pPr>{bookmark('Lapse', run('Coverage lapsed. ' + MANNER))}</w:p>"
    told = runs(
        run("The facts of paragraph "),
        field_code("REF Lapse \\w \\h", "2(a)"),
        run(" are a ground. " + MANNER),
        properties=listed(),
    )
    body = [
        paragraph("PETITION TO INTERVENE", '<w:pStyle w:val="Heading1"/>'),
        paragraph(MANNER, listed()),
        paragraph(MANNER, listed()),
        fact,
        paragraph(MANNER, listed(1)),
        told,
        paragraph("PRAYER", '<w:pStyle w:val="Heading2"/>'),
        *(paragraph(MANNER, listed(0, 2)) for _ in range(5)),
    ]
    corpus.typeset("a petition in Arial", "".join(body), styles=styles, differs="it keeps the full stop within 2.(a)")


def _letter(corpus: Corpus) -> None:
    """A letter in Calibri: a letterhead on the first page, a plain header after it."""
    calibri = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/>'
    styles = STYLES.replace(
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/>', calibri
    )
    spaced = '<w:spacing w:after="160" w:line="259" w:lineRule="auto"/>'
    head = "".join(
        paragraph(text, CENTRED, "<w:b/>")
        for text in (
            "OFFICE OF CHILD SUPPORT ENFORCEMENT",
            "400 Example Street",
            "Little Rock, AR 72201",
            "501-555-0100",
        )
    )
    first = shown_as("header", "header1") + shown_as("header", "header2", "first") + "<w:titlePg/>"
    body = "".join(paragraph(MANNER * 2, spaced) for _ in range(10)) + table(
        [["Name", "Sum"], ["Dana", "$447.39"]], header=1
    )
    corpus.typeset(
        "a letter in Calibri",
        body,
        styles=styles,
        section=first + GEOMETRY,
        parts=margin_parts(header1=paragraph("November 14, 2026"), header2=head),
    )


def _decree(corpus: Corpus) -> None:
    """An order with boxes to tick, small capitals and lines to sign on."""
    sign = runs(TAB, properties=tab("left", 4320, "underscore"))
    body = [
        paragraph("IN THE CIRCUIT COURT OF SALINE COUNTY", CENTRED, "<w:b/>"),
        paragraph("ORDER", '<w:pStyle w:val="Heading1"/>'),
        runs(run("On this day", "<w:b/>"), run(" comes the matter before the Court. " + MANNER), properties=DOUBLE),
        *(paragraph(f"{box} {MANNER}", '<w:ind w:left="720" w:hanging="360"/>') for box in "☐☒☐"),
        paragraph("It is so ordered.", DOUBLE + "<w:keepNext/>", "<w:b/>"),
        grid(
            [4680] * 2, [row(cell(sign + paragraph("Circuit Judge"), 4680), cell(sign + paragraph("Date"), 4680))], ""
        ),
    ]
    corpus.typeset("a decree with boxes", "".join(body), differs="it draws lines with underscores")


def _statement(corpus: Corpus) -> None:
    """A statement in a landscape section, in a banded style, after a portrait page."""
    wide = '<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>'
    upright = f"<w:p><w:pPr><w:sectPr>{GEOMETRY}</w:sectPr></w:pPr></w:p>"
    right = '<w:jc w:val="right"/>'
    widths = [1440, 5760, 2880, 2880]
    lines = (
        [["No.", "Provider", "Date", "Sum"]]
        + [
            [str(number), f"Example Clinic No. {number}, Little Rock", f"{number % 12 + 1}/3/2026", f"${number * 7}.25"]
            for number in range(1, 46)
        ]
        + [["", "Total", "", "$7,256.25"]]
    )
    rows = [
        row(
            *(cell(paragraph(text, right if column == 3 else ""), widths[column]) for column, text in enumerate(each)),
            properties="<w:cantSplit/>" + ("" if number else "<w:tblHeader/>"),
        )
        for number, each in enumerate(lines)
    ]
    body = (
        paragraph("ITEMIZED STATEMENT", '<w:pStyle w:val="Heading1"/>')
        + paragraph(MANNER)
        + upright
        + paragraph("Attachment")
    )
    corpus.typeset(
        "a statement on wide pages",
        body + grid(widths, rows, LOOK),
        styles=STYLES + BANDS,
        section=wide + GEOMETRY.partition("/>")[2],
    )


def _brief(corpus: Corpus) -> None:
    """A brief: contents with page references and dots, headings, quotations, notes, Roman page numbers."""
    heads = ("STATEMENT OF THE CASE", "ARGUMENT", "CONCLUSION")
    contents = [
        runs(run(text), TAB, field_code(f"PAGEREF _Toc{number} \\h", "1"), properties=tab("right", 9360, "dot"))
        for number, text in enumerate(heads)
    ]
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    quoted = '<w:ind w:left="1440" w:right="1440"/><w:spacing w:after="240"/><w:jc w:val="both"/>'
    parts = []
    for number, text in enumerate(heads):
        head = bookmark(f"_Toc{number}", run(text), number)
        parts += [
            runs(head, properties='<w:pStyle w:val="Heading2"/>'),
            runs(run(MANNER * 3), note.format(number + 2), properties=DOUBLE),
            paragraph(MANNER, quoted),
            *(paragraph(MANNER * 2, DOUBLE) for _ in range(4)),
        ]
    front = paragraph("BRIEF IN SUPPORT", '<w:pStyle w:val="Heading1"/>') + "".join(contents)
    roman = f'<w:sectPr>{shown_as("footer", "footer1")}{GEOMETRY}<w:pgNumType w:fmt="lowerRoman"/></w:sectPr>'
    small = '<w:sz w:val="20"/>'
    notes = "".join(f'<w:footnote w:id="{number}">{paragraph(MANNER, run=small)}</w:footnote>' for number in (2, 3, 4))
    corpus.typeset(
        "a brief with contents",
        front + f"<w:p><w:pPr>{roman}</w:pPr></w:p>" + "".join(parts),
        section=GEOMETRY + '<w:pgNumType w:start="1"/>',
        core=CORE.replace("Motion to Modify", "Brief"),
        parts={
            **margin_parts(footer1=runs(field_code("PAGE", "1"), properties=CENTRED)),
            "footnotes.xml": ("footnotes", notes),
        },
    )
