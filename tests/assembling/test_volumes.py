"""A packet too large for a court is divided; each part is small enough, whole, and its index right across the parts."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit, Packet
from service.assembling.pdf.memory_files import opened, saved
from service.assembling.volumes import ExhibitPart, Part, Volume, divide
from service.errors import ExhibitRefused
from service.facts.case import ExhibitReference
from service.rendering.document import RenderedDocument

MakeDocument = Callable[..., RenderedDocument]
MakeExhibit = Callable[..., Exhibit]
MakePdf = Callable[..., bytes]
LARGEST = 420_000


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="module")
def divided(document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf) -> Packet:
    sent = [exhibit(label, tagged_pdf(f"Bill {label}", 6), title=f"Bill {label}") for label in "ABCDEF"]
    return assemble([document("motion-to-modify", 3)], sent, flat=True, largest_bytes=LARGEST)


def test_every_part_is_small_enough_and_conforms(divided: Packet) -> None:
    assert [volume.file_name for volume in divided.volumes] == [
        f"packet-{number}" for number in range(1, len(divided.volumes) + 1)
    ]
    assert len(divided.volumes) > 1
    assert all(len(volume.pdf) <= LARGEST for volume in divided.volumes)
    assert {volume.profile for volume in divided.volumes} == {"PDF/A-2a, PDF/UA-1"}


def test_the_index_of_each_part_is_right_for_all_parts(divided: Packet) -> None:
    pages = [texts(volume.pdf) for volume in divided.volumes]
    for own in (each for each in pages if any(text.startswith("EXHIBIT ") for text in each)):
        (index,) = (text for text in own if text.startswith("INDEX OF EXHIBITS"))
        entries = re.findall(r"([A-F]) Bill [A-F] Part (\d+), page (\d+)", index)
        assert [label for label, _, _ in entries] == list("ABCDEF")
        for label, part, page in entries:
            assert pages[int(part) - 1][int(page) - 1].startswith(f"EXHIBIT {label} ")


def test_every_exhibit_is_in_just_one_part(divided: Packet) -> None:
    pages = [text for volume in divided.volumes for text in texts(volume.pdf)]
    assert [text.split()[1] for text in pages if text.startswith("EXHIBIT ")] == list("ABCDEF")


def test_a_packet_within_the_limit_is_not_divided(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    packet = assemble([document("motion-to-modify")], [exhibit("A", tagged_pdf("Bill"))], largest_bytes=10_000_000)
    assert packet.volumes == ()


def test_an_exhibit_too_large_for_any_part_is_filed_apart(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    bill = tagged_pdf("Bill", 6)
    limit = len(bill) + 290_000
    packet = assemble([document("motion-to-modify")], [exhibit("A", bill)], flat=True, largest_bytes=limit)
    assert "because it is larger than the court takes in one packet" in texts(packet.pdf)[-1]


@pytest.mark.parametrize("tagged", [True, False])
def test_an_exhibit_that_the_court_would_not_take_by_itself_is_refused(tagged_pdf: MakePdf, *, tagged: bool) -> None:
    content = tagged_pdf("Bill", 2) if tagged else untagged(tagged_pdf("Bill", 2))
    references = [ExhibitReference(id=label, label=label, title="Bill", file=f"{label}.pdf") for label in "AB"]
    sent = {"A": content, "B": content}
    assert len(examine_exhibits(references, sent, ExhibitLimits(), largest_bytes=len(content))) == len(references)
    with pytest.raises(ExhibitRefused) as refusal:
        examine_exhibits(references, sent, ExhibitLimits(), largest_bytes=len(content) - 1)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        (f"/exhibits/{place}/file", "exhibit_too_large_for_court") for place in range(2)
    ]
    assert all("Divide it or scan it smaller." in fault.message for fault in refusal.value.faults)


def untagged(pdf: bytes) -> bytes:
    with opened(pdf) as document:
        del document.Root["/StructTreeRoot"]
        return saved(document)


@given(
    documents=st.lists(st.integers(1, 60), min_size=1, max_size=5), exhibits=st.lists(st.integers(0, 60), max_size=12)
)
def test_division_keeps_order_and_everything(documents: list[int], exhibits: list[int]) -> None:
    whole = Volume(
        documents=tuple(part(f"d{place}", size) for place, size in enumerate(documents)),
        exhibits=tuple(
            ExhibitPart(label=str(place), title="", part=part("x", size) if size else None, apart=None if size else "y")
            for place, size in enumerate(exhibits)
        ),
    )
    volumes = divide(whole, 100, 20)
    assert tuple(each for volume in volumes for each in volume.documents) == whole.documents
    assert tuple(each for volume in volumes for each in volume.exhibits) == whole.exhibits
    for volume in volumes:
        sizes = [each.size for each in (*volume.documents, *volume.exhibits)]
        assert sum(sizes) <= 80
        assert sizes


def part(called: str, size: int) -> Part:
    return Part(called=called, title=called, content=bytes(size), pages=1, label_prefix="")
