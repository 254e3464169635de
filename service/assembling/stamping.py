"""The exhibit sticker on the packet's pages: an artifact, so that it is not read out as the exhibit's own text."""

from collections.abc import Mapping
from copy import copy
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from service.assembling.pdf.balance import unbalanced
from service.assembling.pdf.embedded_font import Face, embed, encode, width
from service.assembling.pdf.page_box import PageBox
from service.assembling.pdf.structure import listed

_LABEL_SIZE, _PAGE_SIZE = 11.0, 8.0
_RIGHT_MARGIN, _BOTTOM_MARGIN = 36.0, 26.0
_LINE = 9.0
_DRAWING = b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\nq %s cm %s Do Q\nEMC\n"


class Stamps:
    """The stamps of one packet: they share their face, and pages that are stamped alike share what is alike."""

    def __init__(self, packet: pikepdf.Pdf) -> None:
        """Embed the face."""
        self._packet = packet
        self._streams: dict[bytes, pikepdf.Object] = {}

        def add(entries: Mapping[str, Any], stream: bytes | None) -> pikepdf.Object:
            made = Dictionary(dict(entries))
            return packet.make_indirect(made) if stream is None else packet.make_stream(stream, made)

        resources = packet.make_indirect(Dictionary(Font=Dictionary(F1=embed(add, Face.BOLD))))
        self._form = Dictionary(Type=Name.XObject, Subtype=Name.Form, Resources=resources)

    def stamp(self, page: pikepdf.Page, label: str, place: str) -> None:
        """Print the label at the bottom right of an upright page, and below it where the page stands in the packet.

        Raises:
            UnicodeEncodeError: The label has a character outside WinAnsiEncoding.
        """
        before, after = unbalanced(page)
        name = self._add_resource(page, self._drawn(label, place))
        box = PageBox.of(page)
        corner = b"1 0 0 1 %.2f %.2f" % (box.right - _RIGHT_MARGIN, box.bottom + _BOTTOM_MARGIN)
        opening = self._stream(b"q\n" * (1 + before))
        closing = self._stream(b"\n" + b"Q\n" * (1 + after) + _DRAWING % (corner, name.encode()))
        page.obj.Contents = Array([opening, *listed(page.obj.get("/Contents")), closing])

    def _stream(self, content: bytes) -> pikepdf.Object:
        if content not in self._streams:
            self._streams[content] = self._packet.make_stream(content)
        return self._streams[content]

    def _drawn(self, label: str, place: str) -> pikepdf.Object:
        """Both lines, ending at the form's origin."""
        lines = ((label, _LABEL_SIZE, 0.0), (place, _PAGE_SIZE, -_LINE))
        wide = max(width(text, Face.BOLD, size) for text, size, _ in lines)
        form = copy(self._form)
        form.BBox = Array([round(-wide, 2), round(-_LINE - 3, 2), 0, _LABEL_SIZE])
        drawing = (
            b"BT /F1 %.0f Tf 0 g %.2f %.2f Td (%s) Tj ET\n"
            % (size, -width(text, Face.BOLD, size), height, _literal(text))
            for text, size, height in lines
        )
        return self._packet.make_stream(b"".join(drawing), form)

    def _add_resource(self, page: pikepdf.Page, form: pikepdf.Object) -> str:
        """Under a free name, in resources of the page's own: pages may share theirs."""
        resources = copy(page.obj.get("/Resources", Dictionary()))
        drawn = copy(resources.XObject) if "/XObject" in resources else Dictionary()
        name = next(f"/OcseStamp{number}" for number in range(len(drawn) + 1) if f"/OcseStamp{number}" not in drawn)
        drawn[name] = form
        resources.XObject = drawn
        page.obj.Resources = self._packet.make_indirect(resources)
        return name


def _literal(text: str) -> bytes:
    return encode(text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
