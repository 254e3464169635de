"""Small Word documents written by hand, and eyes for the PDFs made of them."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pypdfium2
import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="24"/></w:rPr>
</w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:line="480" w:lineRule="auto"/><w:ind w:firstLine="720"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/>
<w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>
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
<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
"""
CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Motion to Modify</dc:title><dc:creator>OCSE</dc:creator>'
    "<dcterms:modified>2026-11-14T00:00:00Z</dcterms:modified></cp:coreProperties>"
)
SECTION = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'

WriteWord = Callable[..., bytes]


def _root(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def _write(
    body: str,
    *,
    section: str = SECTION,
    styles: str = STYLES,
    numbering: str = NUMBERING,
    settings: str = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
    core: str = CORE,
    parts: Mapping[str, tuple[str, str | bytes]] | None = None,
    external: str = "",
) -> bytes:
    """A DOCX of this body. ``parts`` are further parts by file name, each with its relationship kind; ids are ``rId-NAME``."""
    written: dict[str, str | bytes] = {
        "word/document.xml": _root("document", f"<w:body>{body}{section}</w:body>"),
        "word/styles.xml": _root("styles", styles),
        "word/numbering.xml": _root("numbering", numbering),
        "word/settings.xml": _root("settings", settings),
        "docProps/core.xml": core,
    }
    kinds = {"styles.xml": "styles", "numbering.xml": "numbering", "settings.xml": "settings"}
    for name, (kind, content) in (parts or {}).items():
        written[f"word/{name}"] = content if isinstance(content, bytes) else _root({"header": "hdr", "footer": "ftr"}.get(kind, kind), content)
        kinds[name] = kind
    links = "".join(f'<Relationship Id="rId-{name}" Type="{R}/{kind}" Target="{name}"/>' for name, kind in kinds.items())
    written["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{links}{external}</Relationships>'
    written["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    written["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{name}" ContentType="{_OFFICE}.{kind}+xml"/>' for name, kind in kinds.items() if name.endswith("xml"))
        + "</Types>"
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in written.items():
            container.writestr(name, content)
    return archive.getvalue()


@pytest.fixture
def write_word() -> WriteWord:
    """Writes a Word document around a body of WordprocessingML."""
    return _write


@pytest.fixture
def paragraph() -> Callable[..., str]:
    """Writes one paragraph: its text, and what its ``pPr`` and its run's ``rPr`` hold."""

    def write(text: str = "", properties: str = "", run: str = "") -> str:
        inner = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
        return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"

    return write


@pytest.fixture
def page_texts() -> Callable[[bytes], list[str]]:
    """The text of each page of a PDF."""

    def read(pdf: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(pdf)
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]

    return read
