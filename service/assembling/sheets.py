"""The index of exhibits and a cover sheet for each, typeset as PDF/A-2a and PDF/UA-1."""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from service.assembling.typesetting import NotSettable, typeset_page
from service.assembling.volumes import Place, Volume, places_of
from service.errors import ExhibitRefused, Fault, PacketFailed

_ATTEMPTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """One volume's index, ``index_pages`` long, and after it a cover sheet for each exhibit of that volume.

    ``places`` are those of all exhibits, in every volume.
    """

    pdf: bytes
    index_pages: int
    places: tuple[Place, ...]

    def places_in(self, volume: int) -> tuple[Place, ...]:
        """The places in one volume."""
        return tuple(place for place in self.places if place.volume == volume)


def typeset_sheets(volumes: Sequence[Volume], number: int, title: str, mark: str) -> Sheets:
    """Set the index of all exhibits and the cover sheets of volume ``number`` (from 0).

    Every page bears the ``mark`` at its head. How long the index is decides the pages that it names; it is set again
    until both agree.

    Raises:
        ExhibitRefused: A title cannot be set in the shipped typefaces.
        PacketFailed: No length of the index agrees with itself.
    """
    index_pages = 1
    for _ in range(_ATTEMPTS):
        places = places_of(volumes, index_pages)
        pdf = _typeset({"title": title, "mark": mark, **_content(volumes, number, places, index_pages)})
        found = _pages(pdf) - len(volumes[number].exhibits)
        if found == index_pages:
            return Sheets(pdf=pdf, index_pages=index_pages, places=places)
        index_pages = found
    raise PacketFailed("The index of exhibits cannot be set. Report this.")


def _content(volumes: Sequence[Volume], number: int, places: Sequence[Place], index_pages: int) -> dict[str, object]:
    here = [place for place in places if place.volume == number]
    return {
        "first": here[0].page - index_pages,
        "pages": index_pages,
        "index": [
            {
                "label": place.exhibit.label,
                "title": place.exhibit.title,
                "note": place.exhibit.apart,
                "place": place.printed(len(volumes)),
                "sheet": index_pages + 1 + here.index(place) if place in here else None,
            }
            for place in places
        ],
        "covers": [
            {
                "heading": place.exhibit.heading,
                "title": place.exhibit.title,
                "note": place.exhibit.apart,
                "page": place.page,
            }
            for place in here
        ],
    }


def _typeset(content: dict[str, object]) -> bytes:
    try:
        return typeset_page("sheets.typ", "sheets", content)
    except NotSettable as refusal:
        message = "The title of an exhibit holds a character that no shipped typeface has. Write it otherwise."
        fault = Fault(code="exhibit_title", message=message, pointer="/exhibits")
        raise ExhibitRefused("The cover sheets of the exhibits cannot be set.", [fault]) from refusal


def _pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
