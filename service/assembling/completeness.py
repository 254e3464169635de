"""A packet is read back before it is handed on: every page of every part, in order, with its text."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from service.assembling.fingerprint import fingerprint
from service.errors import Fault, PacketFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPages:
    """What a part must contribute: the pages it was said to have, and the fingerprint of each."""

    called: str
    pages: int
    prints: tuple[bytes, ...]
    stamped: bool


def require_every_page(pdf: bytes, parts: Sequence[PartPages]) -> None:
    """Read the saved packet with two parsers and compare it with its parts.

    Raises:
        PacketFailed: With one fault for each part that is not wholly there.
    """
    with pikepdf.open(io.BytesIO(pdf)) as packet, pypdfium2.PdfDocument(pdf) as second:
        faults = list(_missing(packet, parts))
        stated = sum(part.pages for part in parts)
        if not faults and not stated == len(packet.pages) == len(second):
            faults = [_fault("The packet has another number of pages than its parts together.", "packet")]
    if faults:
        raise PacketFailed("The packet does not hold all of its parts; nothing was filed. Report this.", faults)


def _missing(packet: pikepdf.Pdf, parts: Sequence[PartPages]) -> Iterator[Fault]:
    first = 0
    pages = list(packet.pages)
    for part in parts:
        own = pages[first : first + len(part.prints)]
        found = tuple(fingerprint(page, wrapped=part.stamped) for page in own)
        if len(part.prints) != part.pages:
            yield _fault("This part has another number of pages than was stated for it.", part.called)
        elif found != part.prints:
            yield _fault("Pages of this part are missing from the packet or say something else there.", part.called)
        first += len(part.prints)


def _fault(message: str, part: str) -> Fault:
    return Fault(code="packet_incomplete", message=message, part=part)
