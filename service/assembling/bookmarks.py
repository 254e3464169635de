"""Bookmarks and page labels of a packet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from service.assembling.destinations import Destinations
from service.assembling.pdf.entries import entry

_DOWN = 3
_DEEPEST = 15


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
    outlines = part.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return ()
    found = _Reading(Destinations(part), heights=heights).level(outlines.get("/First"), 0)
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


@dataclass
class _Reading:
    """A part's bookmarks while they are read: each once, however they lead round in circles, and not all too deep."""

    destinations: Destinations
    heights: bool
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def level(self, item: pikepdf.Object | None, depth: int) -> tuple[Bookmark, ...]:
        """The bookmark and those that follow it, with what is below each."""
        found: list[Bookmark] = []
        while isinstance(item, Dictionary) and item.objgen not in self._seen:
            if item.is_indirect:
                self._seen.add(item.objgen)
            first = entry(item, "/First") if depth < _DEEPEST else None
            found.append(self._bookmark(item, () if first is None else self.level(first, depth + 1)))
            item = entry(item, "/Next")
        return tuple(found)

    def _bookmark(self, item: pikepdf.Object, below: tuple[Bookmark, ...]) -> Bookmark:
        target = self.destinations.explicit(_destination(item))
        return Bookmark(
            title=str(item.get("/Title", "")),
            page=None if target is None else self.destinations.page_number(target),
            top=None if target is None or not self.heights else _top(target),
            below=below,
        )


def _destination(item: pikepdf.Object) -> Any:
    """Where a bookmark leads in its own file, be it said directly or by a go-to action."""
    if "/Dest" in item:
        return item["/Dest"]
    action = entry(item, "/A")
    return action.get("/D") if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo else None


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
