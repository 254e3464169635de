"""WordprocessingML elements (ECMA-376 part 1, transitional), as few kinds of them as the house style needs."""

from collections.abc import Iterable

from lxml import etree

from templates.authoring.manuscript import Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_INCH = 1440
TWIPS_PER_POINT = 20
_ELEMENTS = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen"}


def el(tag: str, /, *children: etree._Element | None, **attributes: str | int) -> etree._Element:
    """A ``w:`` element; attributes are in the same namespace, children that are ``None`` are left out."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for key, setting in attributes.items():
        element.set(f"{{{W}}}{key}", str(setting))
    element.extend(child for child in children if child is not None)
    return element


def flag(name: str, *, on: bool) -> etree._Element | None:
    """An on/off property, or nothing."""
    return el(name) if on else None


def twips(inches: float) -> int:
    """Twentieths of a point."""
    return round(inches * TWIPS_PER_INCH)


def text_run(run: Run, size_pt: float | None = None) -> etree._Element:
    """A ``w:r``; tab, newline and no-break hyphen become ``w:tab``, ``w:br`` and ``w:noBreakHyphen``."""
    element = el("r", _run_properties(run, size_pt))
    piece = ""
    for character in run.text:
        if character in _ELEMENTS:
            _append_text(element, piece)
            element.append(el(_ELEMENTS[character]))
            piece = ""
        else:
            piece += character
    _append_text(element, piece)
    return element


def _append_text(run: etree._Element, text: str) -> None:
    if text:
        piece = el("t")
        piece.text = text
        piece.set(XML_SPACE, "preserve")
        run.append(piece)


def _run_properties(run: Run, size_pt: float | None) -> etree._Element | None:
    properties = el("rPr", flag("b", on=run.bold), flag("i", on=run.italic))
    properties.extend(font_size(size_pt) if size_pt else ())
    if run.underline:
        properties.append(el("u", val="single"))
    return properties if len(properties) else None


def font_size(points: float) -> Iterable[etree._Element]:
    """Size in half points, for Latin and complex scripts alike."""
    return el("sz", val=round(points * 2)), el("szCs", val=round(points * 2))


def field_runs(instruction: str) -> list[etree._Element]:
    """A complex field such as ``PAGE``; its shown result is made when the pages are."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(XML_SPACE, "preserve")
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        text_run(Run(text="1")),
        el("r", el("fldChar", fldCharType="end")),
    ]


def tag_paragraph(tag: str) -> etree._Element:
    """A paragraph that holds a template tag and vanishes with it."""
    return el("p", text_run(Run(text=tag)))


def serialize(root: etree._Element) -> bytes:
    """A part's bytes, UTF-8 with an XML declaration."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
