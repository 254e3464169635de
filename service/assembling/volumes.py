"""What goes into each file of a packet, and on which page each exhibit then stands.

A packet is one volume unless a court limits the size of a file; page numbers count from 1 in each volume.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file on its way into the packet; ``called`` names it in messages, ``title`` in the bookmarks.

    ``texts`` is what its pages say, where they were read before.
    """

    called: str
    title: str
    content: bytes
    pages: int
    label_prefix: str
    texts: tuple[str, ...] | None = None

    @property
    def size(self) -> int:
        """Bytes that the file brings into the packet."""
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitPart:
    """An exhibit in a packet: a cover sheet, and behind it ``part``, unless the exhibit is filed ``apart``.

    ``apart`` says where the exhibit is filed instead and why, in words that stand on the cover sheet and in the index.
    """

    label: str
    title: str
    part: Part | None
    apart: str | None

    @property
    def heading(self) -> str:
        """The first line of the cover sheet."""
        return f"EXHIBIT {self.label}"

    @property
    def pages(self) -> int:
        """Pages in the packet, the cover sheet included."""
        return 1 + (self.part.pages if self.part else 0)

    @property
    def size(self) -> int:
        """Bytes that the exhibit brings into the packet."""
        return self.part.size if self.part else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One file of a packet: documents, then an index and the exhibits."""

    documents: tuple[Part, ...]
    exhibits: tuple[ExhibitPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an exhibit's cover sheet stands; ``volume`` from 0, ``page`` from 1 in that volume."""

    exhibit: ExhibitPart
    volume: int
    page: int

    def on(self, page: int) -> "Place":
        """A page of the exhibit itself, in the same volume."""
        return replace(self, page=page)

    def spoken(self, volumes: int) -> str:
        """In running words: ``page 14``, or ``part 2, page 14`` where there are several volumes."""
        return f"page {self.page}" if volumes == 1 else f"part {self.volume + 1}, page {self.page}"

    def printed(self, volumes: int) -> str:
        """As the index prints it: the number alone where there is but one volume."""
        return str(self.page) if volumes == 1 else self.spoken(volumes).capitalize()


def places_of(volumes: Sequence[Volume], index_pages: int) -> tuple[Place, ...]:
    """Every exhibit's place when the index takes that many pages in each volume that holds exhibits."""
    places: list[Place] = []
    for number, volume in enumerate(volumes):
        page = 1 + sum(part.pages for part in volume.documents) + index_pages
        for exhibit in volume.exhibits:
            places.append(Place(exhibit=exhibit, volume=number, page=page))
            page += exhibit.pages
    return tuple(places)


def divide(whole: Volume, largest: int, allowance: int) -> tuple[Volume, ...]:
    """Volumes in filing order whose contents stay under ``largest`` bytes, less an ``allowance`` for what is added.

    Nothing is cut in two: a document or exhibit that is larger by itself makes a volume by itself.
    """
    volumes: list[Volume] = []
    documents: list[Part] = []
    exhibits: list[ExhibitPart] = []
    filled = 0

    def close() -> None:
        nonlocal filled
        volumes.append(Volume(documents=tuple(documents), exhibits=tuple(exhibits)))
        documents.clear()
        exhibits.clear()
        filled = 0

    items: tuple[Part | ExhibitPart, ...] = (*whole.documents, *whole.exhibits)
    for item in items:
        if (documents or exhibits) and filled + item.size > largest - allowance:
            close()
        filled += item.size
        if isinstance(item, Part):
            documents.append(item)
        else:
            exhibits.append(item)
    close()
    return tuple(volumes)
