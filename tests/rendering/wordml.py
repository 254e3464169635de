"""Small Word documents written by hand: the parts, and the archive around them."""

import io
import zipfile
from collections.abc import Mapping

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


def write_word(
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


def paragraph(text: str = "", properties: str = "", run: str = "") -> str:
    """One paragraph: its text, and what its ``pPr`` and its run's ``rPr`` hold."""
    inner = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(
    rows: list[list[str]], *, properties: str = '<w:tblStyle w:val="Grid"/>', header: int = 0, row: str = ""
) -> str:
    """A table of equal columns from rows of cell texts (or of cell paragraphs)."""
    width = 9360 // len(rows[0])
    grid = f'<w:gridCol w:w="{width}"/>' * len(rows[0])
    written = "".join(
        f"<w:tr><w:trPr>{row}{'<w:tblHeader/>' if number < header else ''}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{cell if cell.startswith('<') else paragraph(cell)}</w:tc>"
            for cell in cells
        )
        + "</w:tr>"
        for number, cells in enumerate(rows)
    )
    layout = f'<w:tblPr>{properties}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{layout}{written}</w:tbl>"
