"""A validator that is not ours finds packets to be what they claim: PDF/A-2a and PDF/UA-1."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from service.assembling.exhibits.picture_page import page_of
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit
from service.law.outcomes import DocumentRole
from service.rendering.document import RenderedDocument
from tests.builders import parity_of

validator = pytest.importorskip("page", reason="the validator (page-validation) is not installed")

#: Raised by mistake where the last byte of a stream happens to be a carriage return.
MISTAKEN = {"PDFA2A-STREAM-LENGTH-001"}
PROFILES = ("2a", "ua1")


def failures(pdf: bytes) -> list[str]:
    return [
        f"{profile}: {failure.message}"
        for profile in PROFILES
        for failure in validator.validate_pdf_bytes(pdf, profile=profile).failures
        if failure.rule_id not in MISTAKEN
    ]


def turned(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].obj.Rotate = 90
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def test_documents_and_every_kind_of_exhibit_make_a_valid_packet(
    document: Callable[..., RenderedDocument], exhibit: Callable[..., Exhibit], tagged_pdf: Callable[..., bytes]
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(picture, "PNG")
    page = page_of(picture.getvalue(), "png", "Photograph", lying=True)
    motion = document("motion-to-modify", 2)
    pdf = tagged_pdf("Motion To Modify", 2, "See Exhibits A, B, and C and Exhibit D.")
    citing = replace(motion, pdf=pdf, parity=parity_of(pdf))
    packet = assemble(
        [citing, document("proposed-order", role=DocumentRole.PROPOSED_ORDER)],
        [
            exhibit("A", tagged_pdf("Decree", 2)),
            exhibit("B", turned(tagged_pdf("Bill"))),
            exhibit("C", page),
            replace(exhibit("D", tagged_pdf("Scan")), shortfall="is not tagged"),
        ],
        mark="DRAFT",
    )
    assert failures(packet.pdf) == []
    for item in packet.documents:
        assert failures(item.document.pdf) == []


def test_every_part_of_a_divided_packet_is_valid(
    document: Callable[..., RenderedDocument], exhibit: Callable[..., Exhibit], tagged_pdf: Callable[..., bytes]
) -> None:
    sent = [exhibit(label, tagged_pdf(f"Bill {label}", 6)) for label in "ABCDEF"]
    packet = assemble([document("motion-to-modify")], sent, largest_bytes=420_000)
    assert len(packet.volumes) > 1
    assert [failures(volume.pdf) for volume in packet.volumes] == [[]] * len(packet.volumes)
