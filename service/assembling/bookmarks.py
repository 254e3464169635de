"""Bookmarks and page labels of a packet."""

from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from service.assembling.destinations import Destinations

_DOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry: ``page`` from 0 in its part, ``None`` if it leads nowhere; ``top`` in points on it, if said."""

    title: str
    page: int | None
    top: float | None = None
    below: tuple["Bookmark", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part's bookmark; ``page`` from 0, ``own_from`` the page from which the part's own bookmarks count."""

    title: str
    page: int
    own: tuple[Bookmark, ...] = ()
    own_from: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLabel:
    """What page numbers are called from ``page`` (from 0) on; a page that is not ``numbered`` has the prefix alone."""

    page: int
    prefix: str
    numbered: bool = True


def own_bookmarks(part: pikepdf.Pdf, title: str, *, heights: bool = True) -> tuple[Bookmark, ...]:
    """A part's bookmarks; a single one that only repeats the part's title gives way to those below it.

    Without ``heights`` they lead to pages, not to places on them.
    """
    if "/Outlines" not in part.Root:
        return ()
    destinations = Destinations(part)
    found = _read(pikepdf.Outline(part).root, destinations, heights=heights)
    if len(found) == 1 and found[0].title.casefold() == title.casefold():
        return found[0].below
    return found


def write_bookmarks(packet: pikepdf.Pdf, sections: Iterable[Section]) -> None:
    """One bookmark for each section, its own ones folded up below it."""
    with packet.open_outline() as outline:
        for section in sections:
            top = OutlineItem(section.title, Array([packet.pages[section.page].obj, Name.Fit]))
            top.is_closed = True
            top.children.extend(_written(packet, below, section.own_from) for below in section.own)
            outline.root.append(top)
    packet.Root.PageMode = Name.UseOutlines


def write_page_labels(packet: pikepdf.Pdf, labels: Iterable[PageLabel]) -> None:
    """Page numbers that say which part they count: ``2-1`` in the second document, ``Ex. A-3`` in exhibit A."""
    numbers: list[int | Dictionary] = []
    for label in labels:
        counted = Dictionary(S=Name.D, St=1) if label.numbered else Dictionary()
        counted.P = String(label.prefix)
        numbers += [label.page, counted]
    packet.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _read(items: Iterable[OutlineItem], destinations: Destinations, *, heights: bool) -> tuple[Bookmark, ...]:
    return tuple(_read_one(item, destinations, heights=heights) for item in items)


def _read_one(item: OutlineItem, destinations: Destinations, *, heights: bool) -> Bookmark:
    explicit = destinations.explicit(_destination(item))
    return Bookmark(
        title=item.title,
        page=None if explicit is None else destinations.page_number(explicit),
        top=_top(explicit) if heights and explicit is not None else None,
        below=_read(item.children, destinations, heights=heights),
    )


def _destination(item: OutlineItem) -> pikepdf.Object | None:
    """Where an item leads in its own file, be it said directly or by a go-to action."""
    if isinstance(item.destination, Array | Name | String):
        return item.destination
    if isinstance(item.action, Dictionary) and item.action.get("/S") == Name.GoTo:
        return item.action.get("/D")
    return None


def _top(destination: Array) -> float | None:
    if len(destination) > _DOWN and destination[1] == Name.XYZ and destination[_DOWN] is not None:
        return float(destination[_DOWN])
    return None


def _written(packet: pikepdf.Pdf, bookmark: Bookmark, first_page: int) -> OutlineItem:
    destination = None
    if bookmark.page is not None:
        page = packet.pages[first_page + bookmark.page].obj
        fit = [Name.Fit] if bookmark.top is None else [Name.XYZ, 0, bookmark.top, 0]
        destination = Array([page, *fit])
    item = OutlineItem(bookmark.title, destination)
    item.is_closed = True
    item.children.extend(_written(packet, below, first_page) for below in bookmark.below)
    return item
