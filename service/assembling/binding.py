"""The parts of a packet, bound into one PDF: merged, indexed, stamped, linked, bookmarked, titled, and read back."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import pikepdf

from service.assembling.bookmarks import Bookmark, PageLabel, Section, own_bookmarks, write_bookmarks, write_page_labels
from service.assembling.citations import find_citations
from service.assembling.completeness import PartPages, PrintedIndex, require_all_pages, require_whole
from service.assembling.forms import draw_form_into_pages
from service.assembling.links import link_to_exhibit
from service.assembling.merging import Appended, Merge
from service.assembling.normalising import normalise
from service.assembling.packet_metadata import write_metadata
from service.assembling.pdf.conformance import FORM_FIELDS, PACKET_PROFILE, shortfall
from service.assembling.pdf.fingerprint import fingerprints
from service.assembling.pdf.memory_files import opened, saved
from service.assembling.sheets import Sheets, typeset_sheets
from service.assembling.stamping import Stamps
from service.assembling.volumes import ExhibitPart, Part, Place, Volume
from service.errors import PacketFailed

_LANGUAGE = "en-US"
_INDEX = "Index of Exhibits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearings:
    """Where everything in a volume is said to stand: its bookmarks, its page labels and, if it has one, its index."""

    sections: Sequence[Section]
    labels: Sequence[PageLabel]
    pages: int
    index: PrintedIndex | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPacket:
    """The packet's PDF, the profile it honestly meets, and what must lead a reader through it."""

    pdf: bytes
    pages: int
    profile: str
    bearings: Bearings


def bind(volumes: Sequence[Volume], number: int, title: str, mark: str = "") -> BoundPacket:
    """Bind volume ``number`` (from 0) of a packet; the same parts always give the same bytes.

    The other volumes are there for the index, which says of every exhibit where it stands. Index and cover sheets bear
    the ``mark`` of the documents.

    Raises:
        PacketFailed: The result does not hold every page of every part, or its index is not right.
        ExhibitRefused: A cover sheet cannot be set.
    """
    volume = volumes[number]
    sheets = typeset_sheets(volumes, number, f"{title}: exhibits", mark) if volume.exhibits else None
    with ExitStack() as stack:
        packet = stack.enter_context(pikepdf.new())
        binding = _Binding(packet=packet, stack=stack)
        for part in volume.documents:
            binding.add_document(part)
        if sheets is not None:
            binding.add_exhibits(sheets, sheets.places_in(number), len(volumes))
        pages = len(packet.pages)
        pdf = binding.finish(title)
    index = PrintedIndex(sheets.index_pages, sheets.places_in(number), len(volumes)) if sheets else None
    require_whole(pdf, binding.expected, index)
    bearings = Bearings(sections=binding.sections, labels=binding.labels, pages=pages, index=index)
    profile = f"mixed: {'; '.join(binding.reasons)}" if binding.reasons else PACKET_PROFILE
    return BoundPacket(pdf=pdf, pages=pages, profile=profile, bearings=bearings)


def bind_on_trial(part: Part) -> str | None:
    """Take an exhibit through all that happens to it in a packet; returns why it cannot stand in one, if so.

    The reason completes "exhibit C …".

    Raises:
        PacketFailed: Its pages cannot be copied.
    """
    with ExitStack() as stack:
        packet = stack.enter_context(pikepdf.new())
        binding = _Binding(packet=packet, stack=stack)
        appended, own = binding.append_exhibit(part, at=0, under=None)
        binding.sections.append(Section(title=part.title, page=0, own=own))
        stamps = Stamps(packet)
        for page in appended.pages:
            stamps.stamp(page, "EXHIBIT A", "packet page 1")
        pdf = binding.finish("Trial")
    require_whole(pdf, binding.expected)
    return binding.reasons[0].removeprefix(f"{part.called} ") if binding.reasons else None


@dataclass
class _Binding:
    """A packet in the making; ``reasons`` say what keeps it from its profile."""

    packet: pikepdf.Pdf
    stack: ExitStack
    merge: Merge = field(init=False)
    sections: list[Section] = field(default_factory=list)
    labels: list[PageLabel] = field(default_factory=list)
    expected: list[PartPages] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    _documents: list[tuple[Part, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.merge = Merge(self.packet)

    def add_document(self, part: Part) -> None:
        """Append a document and keep note of what must be found again."""
        page = len(self.packet.pages)
        source = self._opened(part)
        self.sections.append(Section(title=part.title, page=page, own=own_bookmarks(source, part.title), own_from=page))
        self.labels.append(PageLabel(page=page, prefix=part.label_prefix))
        self._documents.append((part, page))
        self._expect(part.called, source.pages, part.pages)
        self._append(part, source)

    def add_exhibits(self, sheets: Sheets, places: Sequence[Place], volumes: int) -> None:
        """Append the index, then each cover sheet with its exhibit behind it; link what the documents cite."""
        source = self.stack.enter_context(opened(sheets.pdf))
        first = len(self.packet.pages)
        index, covers = source.pages[: sheets.index_pages], source.pages[sheets.index_pages :]
        self._expect(_INDEX, index, sheets.index_pages)
        self.sections.append(Section(title=_INDEX, page=first))
        self.labels.append(PageLabel(page=first, prefix="Index-"))
        prints = [fingerprints([cover]) for cover in covers]
        appended = self.merge.append(source, _INDEX)
        elements = self._divided(appended, [_INDEX, *(_title(place.exhibit) for place in places)])
        stamps = Stamps(self.packet)
        for place, element, printed in zip(places, elements[1:], prints, strict=True):
            self.expected.append(PartPages(called=_title(place.exhibit), pages=1, prints=printed))
            self._add_exhibit(place, element, stamps, volumes)
        self._link_citations(places, volumes)

    def finish(self, title: str) -> bytes:
        """Write what belongs to the whole, and save."""
        version = self.merge.close()
        write_bookmarks(self.packet, self.sections)
        write_page_labels(self.packet, self.labels)
        write_metadata(self.packet, title, _LANGUAGE, conforms=not self.reasons)
        return saved(self.packet, version)

    def _opened(self, part: Part) -> pikepdf.Pdf:
        source = self.stack.enter_context(opened(part.content))
        reason = shortfall(source)
        drawn = draw_form_into_pages(source)
        if reason or drawn:
            self.reasons.append(f"{part.called} {reason or FORM_FIELDS}")
        if "/OutputIntents" not in self.packet.Root and "/OutputIntents" in source.Root:
            intents = source.make_indirect(source.Root.OutputIntents)
            self.packet.Root.OutputIntents = self.packet.copy_foreign(intents)
        return source

    def _expect(self, called: str, pages: Iterable[pikepdf.Page], stated: int, *, stamped: bool = False) -> None:
        self.expected.append(PartPages(called=called, pages=stated, prints=fingerprints(pages), stamped=stamped))

    def _append(
        self, part: Part, source: pikepdf.Pdf, *, at: int | None = None, under: pikepdf.Object | None = None
    ) -> Appended:
        appended = self.merge.append(source, part.title, at=at, under=under)
        require_all_pages(part.called, len(appended.pages), part.pages)
        return appended

    def _divided(self, sheets: Appended, titles: Sequence[str]) -> list[pikepdf.Object]:
        if sheets.element is None:
            raise PacketFailed("The cover sheets of the exhibits are not tagged. Report this.")
        return self.merge.tree.divide(sheets.element, sheets.pages, titles)

    def _add_exhibit(self, place: Place, cover: pikepdf.Object, stamps: Stamps, volumes: int) -> None:
        exhibit = place.exhibit
        own: tuple[Bookmark, ...] = ()
        self.labels.append(PageLabel(page=place.page - 1, prefix=f"Ex. {exhibit.label}", numbered=False))
        if exhibit.part is not None:
            self.labels.append(PageLabel(page=place.page, prefix=exhibit.part.label_prefix))
            appended, own = self.append_exhibit(exhibit.part, at=place.page, under=cover)
            for number, page in enumerate(appended.pages, start=place.page + 1):
                stamps.stamp(page, exhibit.heading, f"packet {place.on(number).spoken(volumes)}")
        self.sections.append(Section(title=_title(exhibit), page=place.page - 1, own=own, own_from=place.page))

    def append_exhibit(
        self, part: Part, *, at: int, under: pikepdf.Object | None
    ) -> tuple[Appended, tuple[Bookmark, ...]]:
        """Put an exhibit's pages, upright on US Letter, at a place of the packet; with the bookmarks it brings."""
        source = self._opened(part)
        moved = normalise(source)
        own = own_bookmarks(source, part.title, heights=not moved)
        self._expect(part.called, source.pages, part.pages, stamped=True)
        return self._append(part, source, at=at, under=under), own

    def _link_citations(self, places: Sequence[Place], volumes: int) -> None:
        targets = {place.exhibit.label: place for place in places}
        pages = list(self.packet.pages)
        for part, first in self._documents:
            for citation in find_citations(part.content, targets, part.texts):
                target = targets[citation.label]
                link_to_exhibit(
                    self.packet,
                    self.merge.tree,
                    citation,
                    pages[first + citation.page],
                    pages[target.page - 1],
                    target.spoken(volumes),
                )


def _title(exhibit: ExhibitPart) -> str:
    return f"Exhibit {exhibit.label} — {exhibit.title}"
