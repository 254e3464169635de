"""The parts of a packet, bound into one PDF: merged, stamped, bookmarked, labelled, titled, and read back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from service.assembling.bookmarks import Section, own_bookmarks, write_bookmarks, write_page_labels
from service.assembling.completeness import PartPages, require_every_page
from service.assembling.conformance import PACKET_PROFILE, shortfall
from service.assembling.fingerprint import fingerprint
from service.assembling.forms import draw_form_into_pages
from service.assembling.merging import Merge
from service.assembling.packet_metadata import write_metadata
from service.assembling.saving import saved
from service.assembling.stamping import Stamp, put, stamp_font

_LANGUAGE = "en-US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file on its way into the packet.

    ``called`` names it in messages, ``title`` in the bookmarks; ``sticker`` is what its pages are stamped with.
    """

    called: str
    title: str
    content: bytes
    pages: int
    label_prefix: str
    sticker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPacket:
    """The packet's PDF and the profile it honestly meets."""

    pdf: bytes
    profile: str


def bind(parts: Sequence[Part], title: str) -> BoundPacket:
    """Bind the parts in their order; the same parts always give the same bytes.

    Raises:
        PacketFailed: The result does not hold every page of every part.
    """
    with pikepdf.new() as packet:
        binding = _Binding(packet=packet)
        for part in parts:
            binding.add(part)
        pdf = binding.finish(title)
    require_every_page(pdf, binding.expected)
    profile = f"mixed: {'; '.join(binding.reasons)}" if binding.reasons else PACKET_PROFILE
    return BoundPacket(pdf=pdf, profile=profile)


@dataclass
class _Binding:
    """A packet in the making; ``reasons`` say what keeps it from its profile."""

    packet: pikepdf.Pdf
    merge: Merge = field(init=False)
    sections: list[Section] = field(default_factory=list)
    expected: list[PartPages] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    _font: pikepdf.Object | None = None

    def __post_init__(self) -> None:
        self.merge = Merge(self.packet)

    def add(self, part: Part) -> None:
        """Append a part and keep note of what must be found again."""
        source = pikepdf.open(io.BytesIO(part.content))
        reason = shortfall(source)
        drawn = draw_form_into_pages(source)
        if reason or drawn:
            self.reasons.append(f"{part.called} {reason or 'carries form fields'}")
        if not self.sections and "/OutputIntents" in source.Root:
            intents = source.make_indirect(source.Root.OutputIntents)
            self.packet.Root.OutputIntents = self.packet.copy_foreign(intents)
        self.sections.append(
            Section(
                title=part.title,
                first_page=len(self.packet.pages),
                label_prefix=part.label_prefix,
                own=own_bookmarks(source, part.title),
            )
        )
        prints = tuple(fingerprint(page) for page in source.pages)
        stamped = part.sticker is not None
        self.expected.append(PartPages(called=part.called, pages=part.pages, prints=prints, stamped=stamped))
        self._stamp(self.merge.append(source, part.title), part.sticker)

    def finish(self, title: str) -> bytes:
        """Write what belongs to the whole, and save."""
        version = self.merge.close()
        write_bookmarks(self.packet, self.sections)
        write_page_labels(self.packet, self.sections)
        write_metadata(self.packet, title, _LANGUAGE, conforms=not self.reasons)
        return saved(self.packet, version)

    def _stamp(self, pages: Sequence[pikepdf.Page], sticker: str | None) -> None:
        if sticker is None:
            return
        self._font = self._font or stamp_font(self.packet)
        stamp = Stamp.of(self.packet, sticker, self._font)
        for page in pages:
            put(stamp, self.packet, page)
