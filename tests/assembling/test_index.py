"""The index of exhibits names the pages where the exhibits are, however many there are and however long."""

import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.assembling import binding
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit, Packet
from service.assembling.sheets import Sheets, typeset_sheets
from service.assembling.volumes import Volume
from service.errors import ExhibitRefused, PacketFailed
from service.rendering.document import RenderedDocument

MakeDocument = Callable[..., RenderedDocument]
MakeExhibit = Callable[..., Exhibit]
MakePdf = Callable[..., bytes]
RANDOM_PACKETS = int(os.environ.get("OCSE_TEST_PACKETS", "60"))
_LABELS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"{letter}-1" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def indexed(pdf: bytes) -> dict[str, int]:
    """What the index says in print: label to packet page."""
    pages = texts(pdf)
    index = " ".join(
        re.sub(r"Packet page \d+$", "", text)
        for text in pages
        if text.startswith(("INDEX OF EXHIBITS", "Exhibit Title Packet page"))
    )
    entry = (
        r"([A-Z](?:-1)?) Paper [\w-]+ of Sample County (?:Filed separately as [^ ]+, because it is not tagged\. )?(\d+)"
    )
    return {label: int(page) for label, page in re.findall(entry, index)}


def assert_index_is_right(packet: Packet) -> None:
    pages = texts(packet.pdf)
    found = indexed(packet.pdf)
    assert list(found) == [exhibit.label for exhibit in packet.exhibits]
    for exhibit in packet.exhibits:
        sheet = pages[found[exhibit.label] - 1]
        assert sheet.startswith(f"EXHIBIT {exhibit.label} {exhibit.title}")
        assert sheet.endswith(f"Packet page {found[exhibit.label]}")


@settings(max_examples=RANDOM_PACKETS, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    documents=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    exhibits=st.lists(st.integers(0, 3), min_size=1, max_size=12),
)
def test_index_entries_are_right_in_any_packet(
    documents: list[int],
    exhibits: list[int],
    document: MakeDocument,
    exhibit: MakeExhibit,
    tagged_pdf: MakePdf,
) -> None:
    """Nought pages stand for an exhibit that is filed apart."""
    drawn = [document(f"paper-{place}", pages) for place, pages in enumerate(documents)]
    sent = [
        replace(
            exhibit(label, tagged_pdf("Bill", max(pages, 1)), title=f"Paper {label} of Sample County"),
            shortfall=None if pages else "is not tagged",
        )
        for label, pages in zip(_LABELS, exhibits, strict=False)
    ]
    assert_index_is_right(assemble(drawn, sent, flat=True))


def test_an_index_of_several_pages_counts_itself(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    bill = tagged_pdf("Bill")
    sent = [exhibit(label, bill, title=f"Paper {label} of Sample County") for label in _LABELS]
    packet = assemble([document("motion-to-modify")], sent, flat=True)
    assert sum(text.startswith(("INDEX", "Exhibit Title")) for text in texts(packet.pdf)) > 1
    assert_index_is_right(packet)


def test_a_click_on_an_entry_opens_the_sheet_of_that_exhibit(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    sent = [exhibit(label, tagged_pdf("Bill", 2), title=f"Paper {label} of Sample County") for label in "ABC"]
    packet = assemble([document("motion-to-modify")], sent, flat=True)
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    found = indexed(packet.pdf)
    index = reader.pages[found["A"] - 2]
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, start=1)}
    leads = [numbers[link.get_object()["/Dest"][0].idnum] for link in index["/Annots"]]
    assert leads == list(found.values())


def test_an_index_that_is_wrong_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misprinted(volumes: Sequence[Volume], number: int, title: str, mark: str) -> Sheets:
        right = typeset_sheets(volumes, number, title, mark)
        later = [replace(volume, documents=volume.documents * 2) for volume in volumes]
        return replace(right, pdf=typeset_sheets(later, number, title, mark).pdf)

    monkeypatch.setattr(binding, "typeset_sheets", misprinted)
    with pytest.raises(PacketFailed) as failure:
        assemble([document("motion-to-modify")], [exhibit("A", tagged_pdf("Bill"))], flat=True)
    assert {fault.part for fault in failure.value.faults} == {"exhibit A"}


def test_every_sheet_bears_the_mark_of_the_documents(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    sent = [exhibit("A", tagged_pdf("Bill"), title="Paper A of Sample County")]
    packet = assemble([document("motion-to-modify", 2)], sent, mark="DRAFT", flat=True)
    marked = [text for text in texts(packet.pdf) if text.startswith("DRAFT ")]
    assert len(marked) == 2


@pytest.mark.parametrize(
    "title",
    ["#let x = 1", "Smith & Sons <Freight> LLC", "{{ 7*7 }} $x$ *b* _i_", "María José Núñez-O’Brien", "@ref <x>"],
)
def test_a_title_is_words_and_never_markup(
    title: str, document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    packet = assemble([document("motion-to-modify")], [exhibit("A", tagged_pdf("Bill"), title=title)], flat=True)
    assert sum(title in text for text in texts(packet.pdf)) == 2


def test_a_title_that_no_typeface_can_set_is_refused(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    with pytest.raises(ExhibitRefused) as refusal:
        assemble([document("motion-to-modify")], [exhibit("A", tagged_pdf("Bill"), title="請求書")], flat=True)
    assert [(fault.code, fault.pointer) for fault in refusal.value.faults] == [("exhibit_title", "/exhibits")]
