"""The frozen types of a packet, before anything is signed."""

from dataclasses import dataclass

from service.rendering.document import RenderedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """An exhibit that passed examination; ``content`` is byte for byte what was sent."""

    id: str
    label: str
    title: str
    file_name: str
    content: bytes
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedDocument:
    """A rendered document with its place in the filing: ``file_name`` is ``01-motion-to-modify`` without ending."""

    file_name: str
    document: RenderedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Everything that will be filed, merged and bookmarked, unsigned.

    ``pdf`` holds the public documents and the exhibits in filing order; ``profile`` says which PDF profile it meets.
    """

    documents: tuple[NumberedDocument, ...]
    exhibits: tuple[Exhibit, ...]
    pdf: bytes
    pages: int
    profile: str
