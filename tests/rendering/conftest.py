"""Small Word documents written by hand, and eyes for the PDFs made of them."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pypdfium2
import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
STYLES = f"""
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:line="480" w:lineRule="auto"/><w:ind w:firstLine="720"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titled"><w:name w:val="Titled"/><w:rPr><w:smallCaps/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Themed"><w:name w:val="Themed"/>
<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/>
<w:tblPr><w:tblBorders>{LINES}</w:tblBorders></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Banded"><w:name w:val="Banded"/><w:tblStylePr w:type="band1Horz"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:tabs><w:tab w:val="left" w:pos="1440"/></w:tabs><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="1440" w:hanging="720"/></w:pPr></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3"/><w:suff w:val="space"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="2160" w:hanging="720"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>
<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>
<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
"""
CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Motion to Modify</dc:title><dc:creator>OCSE</dc:creator>'
    "<dcterms:modified>2026-11-14T00:00:00Z</dcterms:modified></cp:coreProperties>"
)
GEOMETRY = (
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/>'
)
WORD_2013 = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15" '
    'w:uri="http://schemas.microsoft.com/office/word"/></w:compat>'
)
ROOTS = {"header": "hdr", "footer": "ftr"}
KINDS = {"styles.xml": "styles", "numbering.xml": "numbering", "settings.xml": "settings"}

WriteWord = Callable[..., bytes]


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def _relationships(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _content_types(kinds: Mapping[str, str]) -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in {**kinds, "document.xml": "document.main"}.items()
        if name.endswith("xml")
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{parts}</Types>'
    )


def _write(
    body: str,
    *,
    section: str = GEOMETRY,
    styles: str = STYLES,
    numbering: str = NUMBERING,
    settings: str = WORD_2013,
    core: str = CORE,
    parts: Mapping[str, tuple[str, str | bytes]] | None = None,
    external: str = "",
) -> bytes:
    """A DOCX. ``parts`` are further parts by name: relationship kind and content; their ids are ``rId-NAME``."""
    kinds = KINDS | {name: kind for name, (kind, _) in (parts or {}).items()}
    links = "".join(
        f'<Relationship Id="rId-{name}" Type="{R}/{kind}" Target="{name}"/>' for name, kind in kinds.items()
    )
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(kinds),
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(links + external),
        "word/document.xml": _root("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
        "word/styles.xml": _root("styles", styles),
        "word/numbering.xml": _root("numbering", numbering),
        "word/settings.xml": _root("settings", settings),
        "docProps/core.xml": core,
    }
    for name, (kind, content) in (parts or {}).items():
        written[f"word/{name}"] = content if isinstance(content, bytes) else _root(ROOTS.get(kind, kind), content)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in written.items():
            container.writestr(name, content)
    return archive.getvalue()


@pytest.fixture
def write_word() -> WriteWord:
    """Writes a Word document around a body of WordprocessingML."""
    return _write


def _paragraph(text: str = "", properties: str = "", run: str = "") -> str:
    inner = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


@pytest.fixture
def paragraph() -> Callable[..., str]:
    """Writes one paragraph: its text, and what its ``pPr`` and its run's ``rPr`` hold."""
    return _paragraph


def _table(
    rows: list[list[str]], *, properties: str = '<w:tblStyle w:val="Grid"/>', header: int = 0, row: str = ""
) -> str:
    width = 9360 // len(rows[0])
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    written = "".join(
        f"<w:tr><w:trPr>{row}{'<w:tblHeader/>' if number < header else ''}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{cell if cell.startswith('<') else _paragraph(cell)}</w:tc>"
            for cell in cells
        )
        + "</w:tr>"
        for number, cells in enumerate(rows)
    )
    layout = f'<w:tblPr>{properties}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{layout}{written}</w:tbl>"


@pytest.fixture
def table() -> Callable[..., str]:
    """Writes a table of equal columns from rows of cell texts (or of cell paragraphs)."""
    return _table


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
        _paragraph("IN THE CIRCUIT COURT OF PULASKI COUNTY, ARKANSAS", '<w:jc w:val="center"/>', "<w:b/>"),
        _table([["DANA EXAMPLE", "§", "CASE NO. 60DR-26-1"], ["v.", "§", "OCSE NO. 900000001"]], properties=""),
        _paragraph("MOTION TO MODIFY", '<w:pStyle w:val="Heading1"/>'),
        *(_paragraph(allegation.format(200 + number, number), numbered.format(0)) for number in range(1, 13)),
        _paragraph("the first particular;", numbered.format(1)),
        _paragraph("the second particular.", numbered.format(1)),
        _paragraph("SUMS", '<w:pStyle w:val="Heading2"/>'),
        f"<w:p><w:r><w:t>The sums are these.</w:t></w:r>{note}</w:p>",
        _table(
            [["Line", "Provider", "Balance"], *([str(row), "Clinic", f"${row}0.25"] for row in range(1, 41))], header=1
        ),
        _paragraph("Respectfully submitted,", '<w:ind w:left="4680"/>'),
    ]
    footer = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9360"/></w:tabs></w:pPr><w:r><w:t>Motion to Modify</w:t></w:r>'
        '<w:r><w:tab/><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "/>'
        '<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "/></w:p>'
    )
    words = _paragraph("Redacted under Admin. Order No. 19.", "", '<w:sz w:val="20"/>')
    footnotes = f'<w:footnote w:id="2">{words}</w:footnote>'
    return _write(
        "".join(body),
        section=f'<w:footerReference w:type="default" r:id="rId-footer1.xml"/>{GEOMETRY}',
        parts={"footer1.xml": ("footer", footer), "footnotes.xml": ("footnotes", footnotes)},
    )
