"""The finished packet, read once more by a library that had no part in making it.

pikepdf writes and PDFium reads pages; both rest on what the packet says of its own structure. So a third parser, pypdf,
follows what leads a reader through it - bookmarks, page labels, the links from index and papers to exhibits - and finds
each where the parts say it must be. It looks at nothing that an exhibit brought along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NullObject

from service.assembling.binding import Bearings
from service.assembling.completeness import PrintedIndex
from service.errors import Fault, PacketFailed

_UNREADABLE = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)
_ASTRAY = "The packet would lead its readers astray. Report this."
_NOWHERE = DictionaryObject()


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to a page, from 0, and the words that announce it to those who cannot see it."""

    words: str
    page: int | None


def require_bearings(pdf: bytes, bearings: Bearings) -> None:
    """Read the saved packet with pypdf; compare what leads through it with where its parts stand.

    Raises:
        PacketFailed: With one fault for each bookmark, page label or link that leads elsewhere.
    """
    try:
        faults = list(_faults(PdfReader(BytesIO(pdf), strict=True), bearings))
    except _UNREADABLE as reason:
        faults = [_fault("The packet cannot be read again by another program.", "packet")]
        raise PacketFailed(_ASTRAY, faults) from reason
    if faults:
        raise PacketFailed(_ASTRAY, faults)


def _faults(packet: PdfReader, bearings: Bearings) -> Iterator[Fault]:
    pages = list(packet.pages)
    if len(pages) != bearings.pages:
        yield _fault("Another program counts other pages in the packet.", "packet")
        return
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(pages) if page.indirect_reference}
    for found, section in zip_longest(_bookmarks(packet, numbers, len(bearings.sections) + 1), bearings.sections):
        if section is None or found != (section.title, section.page):
            yield _fault("A bookmark does not lead to the part it names.", section.title if section else "bookmarks")
    if packet.page_labels != _labels(bearings):
        yield _fault("The page labels are not those of the parts.", "page labels")
    if bearings.index:
        links = [_links(page, numbers) for page in pages[: bearings.index.places[0].page - 1]]
        yield from _astray(links, bearings.index)


def _bookmarks(packet: PdfReader, numbers: dict[int, int], most: int) -> Iterator[tuple[str, int | None]]:
    """Title and page of the topmost bookmarks; those below come with a part, or from an exhibit."""
    entry: Any = packet.root_object.get("/Outlines", _NOWHERE).get_object().get("/First")
    for _ in range(most):
        if entry is None or isinstance(entry, NullObject):
            return
        entry = entry.get_object()
        yield str(entry["/Title"]), numbers.get(_target(entry))
        entry = entry.get("/Next")


def _labels(bearings: Bearings) -> list[str]:
    """What every page is called, from the places where a new count begins."""
    ends = [label.page for label in bearings.labels[1:]] + [bearings.pages]
    return [
        f"{label.prefix}{count}" if label.numbered else label.prefix
        for label, end in zip(bearings.labels, ends, strict=True)
        for count in range(1, end - label.page + 1)
    ]


def _links(page: Any, numbers: dict[int, int]) -> list[_Link]:
    annotations = [one.get_object() for one in page.get("/Annots", ArrayObject()).get_object()]
    return [
        _Link(str(one.get("/Contents", "")), numbers.get(_target(one)))
        for one in annotations
        if one.get("/Subtype") == "/Link"
        and (one.get("/Dest") or one.get("/A", _NOWHERE).get_object().get("/S") == "/GoTo")
    ]


def _target(entry: Any) -> int:
    """The object number of the page that a bookmark or link names; 0, which no page has, where it names none."""
    destination = entry.get("/Dest") or entry.get("/A", _NOWHERE).get_object().get("/D", _NOWHERE)
    destination = destination.get_object()
    return int(getattr(destination[0], "idnum", 0)) if isinstance(destination, list) and destination else 0


def _astray(links: Sequence[Sequence[_Link]], index: PrintedIndex) -> Iterator[Fault]:
    """Every entry of the index leads to the next exhibit, and "Exhibit B" in a paper to the sheet of that exhibit."""
    papers, indexed = links[: -index.pages], [link.page for page in links[-index.pages :] for link in page]
    if indexed != [place.page - 1 for place in index.places]:
        yield _fault("The entries of the index do not lead to the exhibits in their order.", "index of exhibits")
    sheets = {f"Exhibit {place.exhibit.label}, packet {place.spoken(index.volumes)}": place for place in index.places}
    for link in (link for page in papers for link in page if link.words.startswith("Exhibit ")):
        place = sheets.get(link.words)
        if place is None or link.page != place.page - 1:
            yield _fault("A link in a paper does not lead to the exhibit it announces.", link.words)


def _fault(message: str, part: str) -> Fault:
    return Fault(code="packet_astray", message=message, part=part)
