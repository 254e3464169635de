"""A packet is read back before it is handed on: every page of every part, in order, with its text; and a true index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pikepdf
import pypdfium2

from service.assembling.destinations import Destinations
from service.assembling.pdf.fingerprint import fingerprints
from service.assembling.pdf.memory_files import opened
from service.assembling.pdf.page_box import PageBox
from service.assembling.volumes import Place
from service.errors import Fault, PacketFailed

_INCOMPLETE = "The packet does not hold all of its parts. Report this."


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPages:
    """What a part must contribute: the pages it was said to have, and the fingerprint of each."""

    called: str
    pages: int
    prints: tuple[bytes, ...]
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class PrintedIndex:
    """The index of a volume: its length, and where the exhibits of this volume stand, of so many volumes."""

    pages: int
    places: tuple[Place, ...]
    volumes: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry of the index prints, and the page, from 1, that a click on it opens."""

    printed: str
    page: int | None


def require_whole(pdf: bytes, parts: Sequence[PartPages], index: PrintedIndex | None = None) -> None:
    """Read the saved packet with two parsers; compare it with its parts, and its index with its pages.

    Raises:
        PacketFailed: With one fault for each part that is not wholly there and each entry that is not right.
    """
    with opened(pdf) as packet, pypdfium2.PdfDocument(pdf) as second:
        faults = list(_missing(packet, parts))
        stated = sum(part.pages for part in parts)
        if not faults and not stated == len(packet.pages) == len(second):
            faults = [_fault("The packet has another number of pages than its parts together.", "packet")]
        if not faults and index is not None:
            faults = list(_untrue(packet, second, index))
    if faults:
        raise PacketFailed(_INCOMPLETE, faults)


def require_all_pages(called: str, found: int, stated: int) -> None:
    """Notice at once that a part came without some of its pages: nothing behind it would be where it should.

    Raises:
        PacketFailed: The numbers differ.
    """
    if found != stated:
        fault = _fault("This part has another number of pages than was stated for it.", called)
        raise PacketFailed(_INCOMPLETE, [fault])


def _missing(packet: pikepdf.Pdf, parts: Sequence[PartPages]) -> Iterator[Fault]:
    first = 0
    pages = list(packet.pages)
    for part in parts:
        own = pages[first : first + len(part.prints)]
        found = fingerprints(own, wrapped=part.stamped)
        if len(part.prints) != part.pages:
            yield _fault("This part has another number of pages than was stated for it.", part.called)
        elif found != part.prints:
            yield _fault("Pages of this part are missing from the packet or say something else there.", part.called)
        first += len(part.prints)


def _untrue(packet: pikepdf.Pdf, second: pypdfium2.PdfDocument, index: PrintedIndex) -> Iterator[Fault]:
    """Each printed number must be the exhibit's page, lead there, and the sheet there must bear its letter."""
    end = index.places[0].page - 1
    entries = [entry for number in range(end - index.pages, end) for entry in _entries(packet, second, number)]
    for place, entry in zip_longest(index.places, entries):
        right = (
            place is not None
            and entry == _Entry(place.printed(index.volumes), place.page)
            and place.exhibit.heading in _words(second, place.page - 1)
        )
        if not right:
            called = f"exhibit {place.exhibit.label}" if place else "index of exhibits"
            yield _fault("The index of exhibits and the page of this exhibit do not agree.", called)


def _entries(packet: pikepdf.Pdf, second: pypdfium2.PdfDocument, number: int) -> Iterator[_Entry]:
    destinations = Destinations(packet)
    text = second[number].get_textpage()
    for link in packet.pages[number].obj.get("/Annots", pikepdf.Array()):
        box = PageBox.around(link.Rect)
        target = destinations.explicit(link.get("/Dest") or link.get("/A", pikepdf.Dictionary()).get("/D"))
        leads = destinations.page_number(target) if target is not None else None
        printed = text.get_text_bounded(box.left, box.bottom, box.right, box.top).strip()
        yield _Entry(printed, None if leads is None else leads + 1)


def _words(second: pypdfium2.PdfDocument, number: int) -> str:
    words: str = second[number].get_textpage().get_text_range()
    return words


def _fault(message: str, part: str) -> Fault:
    return Fault(code="packet_incomplete", message=message, part=part)
