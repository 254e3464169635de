"""The exhibit sticker on the packet's pages: an artifact, so that it is not read out as the exhibit's own text."""

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from service.assembling.pdf.balance import unbalanced
from service.assembling.pdf.embedded_font import Face, embed, encode, width
from service.assembling.pdf.page_box import PageBox

_LABEL_SIZE, _PAGE_SIZE = 11.0, 8.0
_RIGHT_MARGIN, _BOTTOM_MARGIN = 36.0, 26.0
_LINE = 9.0


def stamp_font(packet: pikepdf.Pdf) -> pikepdf.Object:
    """The face of stamps, embedded once for all of them."""

    def add(entries: Mapping[str, Any], stream: bytes | None) -> pikepdf.Object:
        made = Dictionary(dict(entries))
        return packet.make_indirect(made) if stream is None else packet.make_stream(stream, made)

    font: pikepdf.Object = embed(add, Face.BOLD)
    return font


def stamp(packet: pikepdf.Pdf, page: pikepdf.Page, font: pikepdf.Object, label: str, place: str) -> None:
    """Print the label at the bottom right of an upright page, and below it where the page stands in the packet.

    Raises:
        UnicodeEncodeError: The label has a character outside WinAnsiEncoding.
    """
    name = _add_resource(packet, page, _drawn(packet, font, label, place))
    before, after = unbalanced(page)
    box = PageBox.of(page)
    opening = b"q\n" * (1 + before)
    closing = b"\n" + b"Q\n" * (1 + after)
    drawing = b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\nq %s cm %s Do Q\nEMC\n"
    corner = b"1 0 0 1 %.2f %.2f" % (box.right - _RIGHT_MARGIN, box.bottom + _BOTTOM_MARGIN)
    page.contents_add(packet.make_stream(opening), prepend=True)
    page.contents_add(packet.make_stream(closing + drawing % (corner, name.encode())))


def _drawn(packet: pikepdf.Pdf, font: pikepdf.Object, label: str, place: str) -> pikepdf.Object:
    """Both lines, ending at the form's origin."""
    lines = ((label, _LABEL_SIZE, 0.0), (place, _PAGE_SIZE, -_LINE))
    wide = max(width(text, Face.BOLD, size) for text, size, _ in lines)
    return packet.make_stream(
        b"".join(
            b"BT /F1 %.0f Tf 0 g %.2f %.2f Td (%s) Tj ET\n"
            % (size, -width(text, Face.BOLD, size), height, _literal(text))
            for text, size, height in lines
        ),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(-wide, 2), round(-_LINE - 3, 2), 0, _LABEL_SIZE]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )


def _literal(text: str) -> bytes:
    return encode(text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _add_resource(packet: pikepdf.Pdf, page: pikepdf.Page, form: pikepdf.Object) -> str:
    """Under a free name, in resources of the page's own: pages may share theirs."""
    resources = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
    drawn = dict(resources.get("/XObject", Dictionary()).items())
    name = next(f"/OcseStamp{number}" for number in range(len(drawn) + 1) if f"/OcseStamp{number}" not in drawn)
    resources.XObject = Dictionary(drawn | {name: form})
    page.obj.Resources = packet.make_indirect(resources)
    return name
