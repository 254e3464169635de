"""What an exhibit may be: the limits, and the code of each thing that is refused."""

from dataclasses import dataclass
from enum import StrEnum

from service.assembling.packet_parts import PageReading

_MIB = 1024 * 1024


class ExhibitCode(StrEnum):
    """Stable codes of exhibit faults."""

    MISSING = "exhibit_missing"
    UNEXPECTED = "exhibit_unexpected"
    EMPTY = "exhibit_empty"
    TOO_LARGE = "exhibit_too_large"
    TOO_LARGE_FOR_COURT = "exhibit_too_large_for_court"
    NOT_PDF = "exhibit_not_pdf"
    LEADING_JUNK = "exhibit_leading_junk"
    POLYGLOT = "exhibit_polyglot"
    ENCRYPTED = "exhibit_encrypted"
    BROKEN = "exhibit_broken"
    ACTIVE = "exhibit_active"
    EMBEDDED_FILES = "exhibit_embedded_files"
    XFA = "exhibit_xfa"
    BOMB = "exhibit_bomb"
    TOO_MANY_PAGES = "exhibit_too_many_pages"
    PAGE_SIZE = "exhibit_page_size"
    PICTURE = "exhibit_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitLimits:
    """How much one exhibit may ask of the court and of this machine.

    ``max_bytes`` is the file as sent. ``max_stream_bytes`` and ``max_total_bytes`` are decoded bytes of one stream and
    of all streams together, ``max_drawing_bytes`` those that draw one page, its pictures not counted.
    ``min_side_points`` and ``max_side_points`` bound each page side in points (1/72 in.); 14,400 is the largest page
    ISO 32000-1 Annex C promises. ``max_pixels`` bounds a picture, sent as such or within a PDF. ``timeout_s`` is
    seconds for one examination, by the wall clock and in CPU time alike. ``memory_bytes`` is the address space of the
    examining process in bytes, libraries included (about 65 MB before the first page).
    """

    max_bytes: int = 25 * _MIB
    max_pages: int = 500
    max_objects: int = 50_000
    max_bookmarks: int = 2_000
    max_stream_bytes: int = 64 * _MIB
    max_total_bytes: int = 512 * _MIB
    max_drawing_bytes: int = 4 * _MIB
    min_side_points: int = 72
    max_side_points: int = 14_400
    max_pixels: int = 40_000_000
    timeout_s: float = 10.0
    memory_bytes: int = 476 * _MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason to refuse an exhibit, in words that say what to do next."""

    code: ExhibitCode
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What an examination found.

    ``pages`` is 0 when the page tree could not be read. ``shortfall`` says why the file cannot stand in a packet,
    ``readings`` what its pages say. For a picture, ``picture`` is a clean copy of it and ``lying`` whether it is wider
    than high.
    """

    pages: int
    findings: tuple[Finding, ...]
    shortfall: str | None = None
    readings: tuple[PageReading, ...] = ()
    picture: bytes = b""
    lying: bool = False
