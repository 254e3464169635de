"""Inline pictures: PNG and JPEG with alternative text."""

import hashlib
import struct
from typing import Final

from lxml import etree

from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.items import Picture
from service.rendering.typesetting.names import PIC, WP, A, R

EMU_PER_POINT: Final = 12_700
"""English Metric Units, in which DrawingML measures (ECMA-376-1, 20.1.2.1)."""

MAX_PIXELS: Final = 40_000_000
_SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_MARKER: Final = 0xFF
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_COLOURS: Final = frozenset({1, 3})
_PLACED: Final = frozenset({WP + "extent", WP + "effectExtent", WP + "docPr", WP + "cNvGraphicFramePr", A + "graphic"})
_DRAWN: Final = frozenset({PIC + "nvPicPr", PIC + "blipFill", PIC + "spPr"})
_PLAIN_SHAPE: Final = frozenset({A + "xfrm", A + "off", A + "ext", A + "prstGeom", A + "avLst", A + "noFill", A + "ln"})


def read_picture(composition: Composition, drawing: etree._Element) -> Picture | None:
    """The picture of a drawing; None after a fault."""
    findings = composition.findings
    inline = drawing.find(WP + "inline")
    picture = None if inline is None else inline.find(f"{A}graphic/{A}graphicData/{PIC}pic")
    if inline is None or picture is None or not _is_plain(inline, picture):
        findings.refuse(
            "unsupported_element", "Only plain pictures in line with the text are typeset: insert the picture anew."
        )
        return None
    properties, extent, blip = (
        inline.find(WP + "docPr"),
        inline.find(WP + "extent"),
        picture.find(f"{PIC}blipFill/{A}blip"),
    )
    description = None if properties is None else properties.get("descr")
    if not description:
        findings.refuse("alternative_text", "A picture has no alternative text: describe it under “Edit Alt Text”.")
    relationship = None if blip is None else composition.relationships.get(blip.get(R + "embed", ""))
    if extent is None or relationship is None or relationship.external:
        findings.refuse("unsupported_element", "A picture is not stored in the document: insert it anew.")
        return None
    content = composition.archive.content(relationship.target)
    kind = next((kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)), None)
    width, height = _measure(extent.get("cx", "")), _measure(extent.get("cy", ""))
    if kind is None or not width or not height:
        findings.refuse(
            "unsupported_element", "A picture is neither PNG nor JPEG, or has no size: insert it anew as PNG."
        )
        return None
    size = png_size(content) if kind == "png" else jpeg_size(content)
    if size is None:
        findings.refuse("unsupported_element", "A picture is damaged or made for print (CMYK): insert it anew as PNG.")
        return None
    if size[0] * size[1] > MAX_PIXELS:
        findings.refuse("too_large", f"A picture has more than {MAX_PIXELS:,} pixels: make it smaller.")
        return None
    file = f"{hashlib.sha256(content).hexdigest()}.{kind}"
    composition.pictures[file] = content
    return Picture(width, height, file, description or "")


def _is_plain(inline: etree._Element, picture: etree._Element) -> bool:
    """Whether nothing crops, turns, frames or tints the picture."""
    blip, fill = picture.find(f"{PIC}blipFill/{A}blip"), picture.find(PIC + "blipFill")
    shape, line = picture.find(PIC + "spPr"), picture.find(f"{PIC}spPr/{A}ln")
    geometry, frame = picture.find(f"{PIC}spPr/{A}prstGeom"), picture.find(f"{PIC}spPr/{A}xfrm")
    crop = None if fill is None else fill.find(A + "srcRect")
    return (
        all(child.tag in _PLACED for child in inline)
        and all(child.tag in _DRAWN for child in picture)
        and (shape is None or all(each.tag in _PLAIN_SHAPE for each in shape.iterdescendants()))
        and (line is None or line.find(A + "noFill") is not None)
        and (geometry is None or geometry.get("prst") == "rect")
        and (frame is None or not frame.attrib)
        and (crop is None or not crop.attrib)
        and (blip is None or all(each.tag == A + "extLst" for each in blip))
    )


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from the header chunk that a PNG begins with (PNG specification, 11.2.1)."""
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from the frame header (ITU-T T.81, B.2.2); None without one.

    None as well for four colours: print colours have no place in a file whose output intent is sRGB.
    """
    position = 2
    while position + 9 < len(content) and content[position] == _MARKER:
        marker = content[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return (width, height) if content[position + 9] in _COLOURS else None
        if marker == _MARKER:
            position += 1
        elif marker in _ALONE:
            position += 2
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


def _measure(value: str) -> float | None:
    return int(value) / EMU_PER_POINT if value.isdigit() else None
