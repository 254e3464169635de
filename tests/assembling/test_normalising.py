"""Exhibit pages stand upright on US Letter in the packet, and say there what they said before."""

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array

from service.assembling.normalising import normalise
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit
from service.rendering.document import RenderedDocument

MakeDocument = Callable[..., RenderedDocument]
MakeExhibit = Callable[..., Exhibit]
MakePdf = Callable[..., bytes]


def altered(content: bytes, change: Callable[[pikepdf.Page], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            change(page)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def turned(by: int) -> Callable[[pikepdf.Page], None]:
    def change(page: pikepdf.Page) -> None:
        page.obj.Rotate = by

    return change


def boxed(*edges: float, unit: float = 1) -> Callable[[pikepdf.Page], None]:
    def change(page: pikepdf.Page) -> None:
        page.obj.MediaBox = Array(edges)
        if unit != 1:
            page.obj.UserUnit = unit

    return change


CHANGES = {
    "turned right": (turned(90), (792, 612)),
    "upside down": (turned(180), (612, 792)),
    "turned left": (turned(270), (792, 612)),
    "A4": (boxed(0, 0, 595.3, 841.9), (612, 792)),
    "legal": (boxed(0, -108, 612, 900), (612, 792)),
    "off the corner": (boxed(-20, -30, 592, 762), (612, 792)),
    "a poster": (boxed(-600, -800, 1200, 1600), (612, 792)),
    "in other units": (boxed(0, 0, 612, 792, unit=2), (612, 792)),
    "a small receipt": (boxed(60, 400, 560, 760), (792, 612)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_page_comes_upright_on_letter_with_its_words_and_its_stamp(
    name: str, document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    change, size = CHANGES[name]
    sent = altered(tagged_pdf("Decree", 1), change)
    packet = assemble([document("motion-to-modify")], [exhibit("A", sent)], flat=True)
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
    assert packet.exhibits[0].content == sent
    with pypdfium2.PdfDocument(packet.pdf) as pdf, pypdfium2.PdfDocument(sent) as before:
        page = pdf[len(pdf) - 1]
        assert (page.get_size(), page.get_rotation()) == (size, 0)
        words = page.get_textpage().get_text_range()
        assert before[len(before) - 1].get_textpage().get_text_range()[:60] in words
        stamp = page.get_textpage().get_text_bounded(size[0] - 130, 10, size[0] - 30, 40)
        assert " ".join(stamp.split()) == f"EXHIBIT A packet page {len(pdf)}"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_looks_as_it_did(turn: int, tagged_pdf: MakePdf) -> None:
    sent = altered(tagged_pdf("Decree", 1), turned(turn))
    with pikepdf.open(io.BytesIO(sent)) as pdf:
        assert normalise(pdf)
        target = io.BytesIO()
        pdf.save(target)
    pictures = []
    for content in (sent, target.getvalue()):
        with pypdfium2.PdfDocument(content) as read:
            pictures.append(read[0].render(scale=0.5).to_pil().convert("L"))
    assert pictures[0].size == pictures[1].size
    assert sum(abs(a - b) > 96 for a, b in zip(*(each.tobytes() for each in pictures), strict=True)) < 60


def test_a_letter_page_is_left_as_it_is(tagged_pdf: MakePdf) -> None:
    with pikepdf.open(io.BytesIO(tagged_pdf("Decree", 2))) as pdf:
        before = [page.obj.Contents.objgen for page in pdf.pages]
        assert not normalise(pdf)
        assert [page.obj.Contents.objgen for page in pdf.pages] == before


def test_links_inside_a_turned_exhibit_stay_on_their_words(tagged_pdf: MakePdf) -> None:
    with pikepdf.open(io.BytesIO(altered(tagged_pdf("Decree", 2), turned(90)))) as pdf:
        normalise(pdf)
        target = io.BytesIO()
        pdf.save(target)
        rectangles = [[float(edge) for edge in link.Rect] for link in pdf.pages[0].obj.Annots]
    with pypdfium2.PdfDocument(target.getvalue()) as read:
        words = [read[0].get_textpage().get_text_bounded(*edges) for edges in rectangles]
    assert rectangles
    assert all("Section" in each or each.strip(". ") for each in words)
