"""A packet that would lead its readers astray is not filed: bookmarks, page labels and links are read by pypdf."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from service.assembling import packet as packet_module
from service.assembling.binding import Bearings
from service.assembling.packet import assemble
from service.assembling.second_reading import require_bearings
from service.errors import PacketFailed
from tests.builders import parity_of

Bound = tuple[bytes, Bearings]


@pytest.fixture(scope="module")
def bound(document: Callable[..., Any], exhibit: Callable[..., Any], tagged_pdf: Callable[..., bytes]) -> Bound:
    """A packet of two papers, the first citing exhibits, an index and two exhibits, and where all of it stands."""
    seen: list[Bound] = []
    citing = tagged_pdf("Motion", 2, "See Exhibit A and Exhibit B.")
    motion = replace(document("motion", pages=2), pdf=citing, parity=parity_of(citing))
    papers = [motion, document("brief")]
    exhibits = [exhibit("A", tagged_pdf("Decree", pages=2)), exhibit("B", tagged_pdf("Bill"))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packet_module, "require_bearings", lambda pdf, bearings: seen.append((pdf, bearings)))
        assemble(papers, exhibits)
    (found,) = seen
    return found


def test_a_packet_as_it_was_bound_is_in_order(bound: Bound) -> None:
    require_bearings(*bound)


def retitle(packet: pikepdf.Pdf) -> None:
    packet.Root.Outlines.First.Title = String("Another Motion")


def lead_a_bookmark_elsewhere(packet: pikepdf.Pdf) -> None:
    packet.Root.Outlines.First.Next.Dest = Array([packet.pages[0].obj, Name.Fit])


def cut_the_bookmarks_short(packet: pikepdf.Pdf) -> None:
    del packet.Root.Outlines.First.Next.Next


def make_the_bookmarks_go_round(packet: pikepdf.Pdf) -> None:
    packet.Root.Outlines.First.Next.Next = packet.Root.Outlines.First


def leave_out_a_label(packet: pikepdf.Pdf) -> None:
    packet.Root.PageLabels.Nums = Array(list(packet.Root.PageLabels.Nums)[:-2])


def relabel(packet: pikepdf.Pdf) -> None:
    packet.Root.PageLabels.Nums[1] = Dictionary(S=Name.D, P=String("9-"))


def put_the_last_page_first(packet: pikepdf.Pdf) -> None:
    last = packet.pages[-1]
    del packet.pages[-1]
    packet.pages.insert(0, last)


def lead_the_index_elsewhere(packet: pikepdf.Pdf) -> None:
    index_page(packet).Annots[0].Dest = Array([packet.pages[0].obj, Name.Fit])


def leave_out_an_entry_of_the_index(packet: pikepdf.Pdf) -> None:
    page = index_page(packet)
    page.Annots = Array(list(page.Annots)[1:])


def lead_a_citation_elsewhere(packet: pikepdf.Pdf) -> None:
    citation(packet).Dest = Array([packet.pages[0].obj, Name.Fit])


def lead_a_citation_nowhere(packet: pikepdf.Pdf) -> None:
    citation(packet).Dest = Array([0, Name.Fit])


def announce_another_exhibit(packet: pikepdf.Pdf) -> None:
    citation(packet).Contents = String("Exhibit Q, packet page 5")


ASTRAY: dict[Callable[[pikepdf.Pdf], None], str] = {
    retitle: "bookmark",
    lead_a_bookmark_elsewhere: "bookmark",
    cut_the_bookmarks_short: "bookmark",
    make_the_bookmarks_go_round: "bookmark",
    leave_out_a_label: "page labels",
    relabel: "page labels",
    put_the_last_page_first: "bookmark",
    lead_the_index_elsewhere: "entries of the index",
    leave_out_an_entry_of_the_index: "entries of the index",
    lead_a_citation_elsewhere: "link in a paper",
    lead_a_citation_nowhere: "link in a paper",
    announce_another_exhibit: "link in a paper",
}


@pytest.mark.parametrize("change", ASTRAY, ids=lambda change: change.__name__)
def test_what_leads_elsewhere_is_found(change: Callable[[pikepdf.Pdf], None], bound: Bound) -> None:
    pdf, bearings = bound
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as packet:
        change(packet)
        packet.save(changed)
    with pytest.raises(PacketFailed) as failure:
        require_bearings(changed.getvalue(), bearings)
    assert any(ASTRAY[change] in fault.message for fault in failure.value.faults)


@pytest.mark.parametrize("damage", [lambda pdf: pdf[: len(pdf) // 2], lambda _: b"", lambda _: b"%PDF-1.7\n%%EOF\n"])
def test_what_cannot_be_read_again_is_not_filed(damage: Callable[[bytes], bytes], bound: Bound) -> None:
    with pytest.raises(PacketFailed):
        require_bearings(damage(bound[0]), bound[1])


def test_a_lost_page_is_noticed(bound: Bound) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(bound[0])) as packet:
        del packet.pages[-1]
        packet.save(changed)
    with pytest.raises(PacketFailed) as failure:
        require_bearings(changed.getvalue(), bound[1])
    assert failure.value.faults[0].message == "Another program counts other pages in the packet."


def index_page(packet: pikepdf.Pdf) -> pikepdf.Object:
    labels = [packet.pages[number].label for number in range(len(packet.pages))]
    return packet.pages[labels.index("Index-1")].obj


def citation(packet: pikepdf.Pdf) -> pikepdf.Object:
    links = [one for page in packet.pages for one in page.obj.get("/Annots", Array())]
    return next(one for one in links if str(one.get("/Contents", "")).startswith("Exhibit A"))
