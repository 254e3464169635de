"""The Word file around the document: header, footer, settings, properties, relationships, zip with fixed bytes."""

import io
import zipfile

from lxml import etree

from templates.authoring.body import FOOTER_RELATION, HEADER_RELATION, document_part, text_width
from templates.authoring.manuscript import Manuscript, Orientation, Paragraph, Run, SectionBreak
from templates.authoring.numbering import numbering_part
from templates.authoring.styles import styles_part
from templates.authoring.wordml import el, field_runs, serialize, tag_paragraph, text_run, twips

_CREATOR = "State of Arkansas, Office of Child Support Enforcement"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o644 << 16
_UNIX = 3
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def word_file(manuscript: Manuscript) -> bytes:
    """A Word template; the same manuscript yields the same bytes.

    Raises:
        ManuscriptRefused: What can be read and yet not be set in Word.
    """
    orientations = {Orientation.PORTRAIT} | {
        block.orientation for block in manuscript.blocks if isinstance(block, SectionBreak)
    }
    footers = {orientation: orientation.value for orientation in Orientation if orientation in orientations}
    restarts = sum(1 for block in manuscript.blocks if isinstance(block, Paragraph) and block.restart)
    parts = {
        "[Content_Types].xml": _content_types(footers),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(manuscript.title),
        "word/document.xml": document_part(manuscript),
        "word/_rels/document.xml.rels": _document_relations(footers),
        "word/styles.xml": styles_part(manuscript.spacing),
        "word/numbering.xml": numbering_part(restarts),
        "word/settings.xml": _settings(),
        "word/header.xml": _header(),
    }
    for orientation, name in footers.items():
        parts[f"word/footer-{name}.xml"] = _footer(manuscript.footer, orientation)
    return _zip(parts)


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE_FILE
            entry.create_system = _UNIX
            file.writestr(entry, content)
    return buffer.getvalue()


def _header() -> bytes:
    mark = el("p", el("pPr", el("pStyle", val="PageMark")), text_run(Run(text="{{ mark }}")))
    return serialize(el("hdr", tag_paragraph("{%p if mark %}"), mark, tag_paragraph("{%p endif %}")))


def _footer(running: tuple[Run, ...], orientation: Orientation) -> bytes:
    properties = el("pPr", el("pStyle", val="Footer"))
    if orientation is Orientation.LANDSCAPE:
        old = el("tab", val="clear", pos=twips(text_width(Orientation.PORTRAIT)))
        properties.append(el("tabs", old, el("tab", val="right", pos=twips(text_width(orientation)))))
    runs = [text_run(run) for run in running]
    numbers = [text_run(Run(text="\tPage ")), *field_runs("PAGE"), text_run(Run(text=" of ")), *field_runs("NUMPAGES")]
    return serialize(el("ftr", el("p", properties, *runs, *numbers)))


def _settings() -> bytes:
    compatibility = el("compatSetting", name="compatibilityMode", uri=_COMPATIBILITY_URI, val=15)
    return serialize(
        el(
            "settings",
            el("defaultTabStop", val=720),
            el("characterSpacingControl", val="doNotCompress"),
            el("compat", compatibility),
            el("themeFontLang", val="en-US"),
            el("decimalSymbol", val="."),
            el("listSeparator", val=","),
        )
    )


def _core_properties(title: str) -> bytes:
    """Title and dates are filled in when the document is rendered: the date is the filing's, not the machine's."""
    terms = {
        "cp": f"{_PACKAGE}/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    root = etree.Element(f"{{{terms['cp']}}}coreProperties", nsmap=terms)
    for name, text in (("title", title), ("creator", _CREATOR), ("language", "en-US")):
        etree.SubElement(root, f"{{{terms['dc']}}}{name}").text = text
    for name in ("created", "modified"):
        date = etree.SubElement(root, f"{{{terms['dcterms']}}}{name}")
        date.set(f"{{{terms['xsi']}}}type", "dcterms:W3CDTF")
        date.text = "{{ document.dated }}T00:00:00Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types(footers: dict[Orientation, str]) -> bytes:
    overrides = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/header.xml": f"{_WORD}.header+xml",
    }
    overrides |= {f"/word/footer-{name}.xml": f"{_WORD}.footer+xml" for name in footers.values()}
    entries = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{entries}</Types>'.encode()


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    entries = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{part}"/>' for id_, kind, part in relations)
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'.encode()


def _package_relations() -> bytes:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        [("rId1", f"{_OFFICE_RELATIONS}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
    )


def _document_relations(footers: dict[Orientation, str]) -> bytes:
    fixed = [
        ("rId1", f"{_OFFICE_RELATIONS}/styles", "styles.xml"),
        ("rId2", f"{_OFFICE_RELATIONS}/numbering", "numbering.xml"),
        (HEADER_RELATION, f"{_OFFICE_RELATIONS}/header", "header.xml"),
        ("rId6", f"{_OFFICE_RELATIONS}/settings", "settings.xml"),
    ]
    footer = f"{_OFFICE_RELATIONS}/footer"
    return _relations(
        [*fixed, *((FOOTER_RELATION[turn], footer, f"footer-{name}.xml") for turn, name in footers.items())]
    )
