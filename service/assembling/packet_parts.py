"""The frozen types of a packet, before anything is signed."""

from dataclasses import dataclass

from service.rendering.document import RenderedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What one page of an exhibit says.

    ``text`` is what can be read without a person looking at it, ``blank`` a page that shows nothing at all. ``digest``
    is alike for pages that draw the same, in whatever file they are.
    """

    text: str
    blank: bool
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentImage:
    """A picture as it was sent; it stays in the record, and a page made of it is filed. ``ending`` is png or jpg."""

    content: bytes
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """An exhibit that passed examination.

    ``content`` is the PDF to be filed: byte for byte what was sent, or a page made of ``sent_image``. ``shortfall``
    says why it cannot stand in the packet, in words that complete "exhibit C …"; ``readings`` has one entry a page.
    """

    id: str
    label: str
    title: str
    file_name: str
    content: bytes
    pages: int
    shortfall: str | None = None
    readings: tuple[PageReading, ...] = ()
    sent_image: SentImage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedDocument:
    """A rendered document with its place in the filing: ``file_name`` is ``01-motion-to-modify`` without ending."""

    file_name: str
    document: RenderedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketVolume:
    """One file of a packet that a court's limit divides: ``file_name`` is ``packet-1`` without ending."""

    file_name: str
    pdf: bytes
    pages: int
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Everything that will be filed, merged and bookmarked, unsigned.

    ``pdf`` holds the public documents, an index of exhibits and the exhibits in filing order; ``profile`` says which
    PDF profile it meets. An exhibit with a ``shortfall`` is not in it: a sheet there says where it is filed. Where the
    court takes no file of that size, ``volumes`` hold the same, to be filed instead.
    """

    documents: tuple[NumberedDocument, ...]
    exhibits: tuple[Exhibit, ...]
    pdf: bytes
    pages: int
    profile: str
    volumes: tuple[PacketVolume, ...] = ()
