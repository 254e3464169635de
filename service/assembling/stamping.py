"""The exhibit sticker on the packet's pages: an artifact, so that it is not read out as the exhibit's own text."""

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from service.assembling.embedded_font import Face, embed, encode, width
from service.assembling.page_box import PageBox

_SIZE = 11.0
_RIGHT_MARGIN, _BOTTOM_MARGIN = 36.0, 26.0
_FULL_SIZE_FROM = 288.0
_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A drawn text that can be put on any number of pages."""

    form: pikepdf.Object
    width: float

    @classmethod
    def of(cls, packet: pikepdf.Pdf, text: str, font: pikepdf.Object) -> "Stamp":
        """Draw the text once, in 11 pt bold."""
        wide = width(text, Face.BOLD, _SIZE)
        code = encode(text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        form = packet.make_stream(
            b"BT /F1 %.0f Tf 0 g (%s) Tj ET" % (_SIZE, code),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, -3, round(wide, 2), _SIZE]),
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        return cls(form=form, width=wide)


def stamp_font(packet: pikepdf.Pdf) -> pikepdf.Object:
    """The face of stamps, embedded once for all of them."""
    return embed(packet, Face.BOLD)


def put(stamp: Stamp, packet: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Stamp the corner that is at the bottom right as the page is shown, whatever its turn and size."""
    name = _add_resource(page, stamp.form)
    before, after = _unbalanced(page)
    opening = b"q\n" * (1 + before)
    closing = b"\n" + b"Q\n" * (1 + after)
    drawing = b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\nq %s cm %s Do Q\nEMC\n"
    page.contents_add(packet.make_stream(opening), prepend=True)
    page.contents_add(packet.make_stream(closing + drawing % (_placement(stamp, page), name.encode())))


def _placement(stamp: Stamp, page: pikepdf.Page) -> bytes:
    """The matrix that puts the stamp upright at the shown bottom right; small pages get a smaller stamp."""
    turn = int(page.obj.get("/Rotate", 0)) % 360
    box = PageBox.of(page)
    shown_width = box.height if turn in {90, 270} else box.width
    scale = min(1.0, shown_width / _FULL_SIZE_FROM)
    corner = {
        0: (box.right, box.bottom),
        90: (box.right, box.top),
        180: (box.left, box.top),
        270: (box.left, box.bottom),
    }[turn]
    a, b, c, d = _TURNS[turn]
    inwards, upwards = (_RIGHT_MARGIN + stamp.width) * scale, _BOTTOM_MARGIN * scale
    x = corner[0] - a * inwards + c * upwards
    y = corner[1] - b * inwards + d * upwards
    return b"%.4g %.4g %.4g %.4g %.2f %.2f" % (a * scale, b * scale, c * scale, d * scale, x, y)


def _add_resource(page: pikepdf.Page, form: pikepdf.Object) -> str:
    """Under a free name, in resources of the page's own: pages may share theirs."""
    resources = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
    drawn = dict(resources.get("/XObject", Dictionary()).items())
    name = next(f"/OcseStamp{number}" for number in range(len(drawn) + 1) if f"/OcseStamp{number}" not in drawn)
    resources.XObject = Dictionary(drawn | {name: form})
    page.obj.Resources = resources
    return name


def _unbalanced(page: pikepdf.Page) -> tuple[int, int]:
    """How many graphics states the content restores without saving, and how many it leaves saved."""
    depth = lowest = 0
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        depth += 1 if str(instruction.operator) == "q" else -1
        lowest = min(lowest, depth)
    return -lowest, depth - lowest
