"""A PNG or JPEG becomes one tagged page; nothing of the camera's own remarks goes to the court."""

import io
from collections.abc import Callable, Iterator

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.exhibits.process import ExhibitExaminer
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit
from service.assembling.pdf.conformance import shortfall
from service.assembling.pdf.structure import elements_under
from service.facts.case import ExhibitReference
from service.rendering.document import RenderedDocument

GPS, ORIENTATION, TURNED_RIGHT = 0x8825, 0x0112, 6


@pytest.fixture(scope="module")
def examiner() -> Iterator[ExhibitExaminer]:
    with ExhibitExaminer() as examiner:
        yield examiner


@pytest.fixture
def accepted(examiner: ExhibitExaminer) -> Callable[[bytes], Exhibit]:
    def take(content: bytes) -> Exhibit:
        reference = ExhibitReference(id="a", label="A", title="Photograph of a receipt", file="receipt.jpg")
        (exhibit,) = examine_exhibits([reference], {"a": content}, ExhibitLimits(), examiner=examiner)
        return exhibit

    return take


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def photograph() -> bytes:
    """Red above, blue below as the sensor saw it; the camera was held upright; it noted where."""
    seen = Image.new("RGB", (400, 300), "blue")
    seen.paste("red", (0, 0, 400, 150))
    remarks = Image.Exif()
    remarks[ORIENTATION] = TURNED_RIGHT
    remarks[0x010F] = "SECRETCAMERA"
    remarks.get_ifd(GPS)[2] = (36.0, 22.0, 11.0)
    return saved(seen, "JPEG", exif=remarks, quality=95)


def colours(content: bytes) -> list[tuple[int, int, int]]:
    """Left and right of the middle of the page."""
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0].render(scale=0.25).to_pil().convert("RGB")
    return [page.getpixel((page.width * part // 4, page.height // 2)) for part in (1, 3)]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *((mode, "PNG") for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *((mode, "JPEG") for mode in ("L", "RGB", "CMYK")),
    ],
)
def test_any_picture_becomes_one_conforming_letter_page(
    mode: str, kind: str, accepted: Callable[[bytes], Exhibit]
) -> None:
    content = saved(Image.new(mode, (300, 200)), kind)
    exhibit = accepted(content)
    assert exhibit.sent_image is not None
    assert exhibit.sent_image.content == content
    assert (exhibit.pages, exhibit.shortfall) == (1, None)
    with pikepdf.open(io.BytesIO(exhibit.content)) as pdf:
        assert shortfall(pdf) is None
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 792, 612]
        (figure,) = (each for each in elements_under(pdf.Root.StructTreeRoot) if str(each.S) == "/Figure")
        assert str(figure.Alt) == "Photograph of a receipt"


def test_a_photograph_stands_as_the_camera_was_held_and_keeps_no_remarks(
    accepted: Callable[[bytes], Exhibit],
) -> None:
    exhibit = accepted(photograph())
    left, right = colours(exhibit.content)
    assert left[2] > 200 > left[0]
    assert right[0] > 200 > right[2]
    with pikepdf.open(io.BytesIO(exhibit.content)) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 612, 792]
        streams = [entry.read_raw_bytes() for entry in pdf.objects if isinstance(entry, pikepdf.Stream)]
    assert not any(b"SECRETCAMERA" in stream or b"Exif" in stream for stream in streams)


def test_what_shines_through_becomes_paper(accepted: Callable[[bytes], Exhibit]) -> None:
    exhibit = accepted(saved(Image.new("RGBA", (300, 400), (0, 0, 0, 0)), "PNG"))
    assert colours(exhibit.content) == [(255, 255, 255)] * 2


def test_a_fine_picture_is_made_no_finer_than_a_page_shows(accepted: Callable[[bytes], Exhibit]) -> None:
    exhibit = accepted(saved(Image.new("L", (6_000, 5_000), 99), "PNG"))
    with pikepdf.open(io.BytesIO(exhibit.content)) as pdf:
        (shown,) = pdf.pages[0].get_images().values()
        assert int(shown.Width) == 3_800


def test_a_picture_goes_into_the_packet(
    accepted: Callable[[bytes], Exhibit], document: Callable[..., RenderedDocument]
) -> None:
    packet = assemble([document("motion-to-modify")], [accepted(photograph())])
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
