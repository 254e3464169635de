"""Documents and exhibits become a packet: numbered, the court's fields placed, public ones bound into one PDF."""

from collections.abc import Sequence
from dataclasses import replace

from service.assembling.binding import BoundPacket, bind
from service.assembling.fields import place_fields
from service.assembling.numbering import exhibit_path, numbered_name
from service.assembling.packet_parts import Exhibit, NumberedDocument, Packet, PacketVolume
from service.assembling.second_reading import require_bearings
from service.assembling.volumes import ExhibitPart, Part, Volume, divide
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument

_NO_PACKET = "none: no public documents"
# Index, cover sheets and structure of a volume, and the seal that is put on it later, in bytes.
_ALLOWANCE = 300_000


def assemble(
    documents: Sequence[RenderedDocument],
    exhibits: Sequence[Exhibit],
    *,
    mark: str = "",
    flat: bool = False,
    largest_bytes: int | None = None,
) -> Packet:
    """Number the documents, place the court's fields, and merge public documents and exhibits in filing order.

    Args:
        documents: All documents of the filing, in filing order; only public ones go into the packet's PDF.
        exhibits: Examined exhibits, in filing order. A filing without public documents has no packet PDF.
        mark: What is printed at the head of every page of ours, as on the documents.
        flat: Place no fields, for courts whose profile wants flat files.
        largest_bytes: The largest file that the court takes; a larger packet is divided as well.

    Raises:
        PacketFailed: The merged PDF does not hold every page of every part, or leads its readers astray.
        ExhibitRefused: The title of an exhibit cannot be set.
        TemplateRefused: A proposed order has no line for the judge.
    """
    numbered = tuple(
        NumberedDocument(file_name=numbered_name(place, document.plan.name), document=_with_fields(document, flat=flat))
        for place, document in enumerate(documents, start=1)
    )
    parts = _public_parts(documents)
    if not parts:
        return Packet(documents=numbered, exhibits=tuple(exhibits), pdf=b"", pages=0, profile=_NO_PACKET)
    title = f"{parts[0].title} — Packet"
    whole = Volume(documents=parts, exhibits=tuple(_exhibit_part(exhibit, largest_bytes) for exhibit in exhibits))
    bound = _bound([whole], 0, title, mark)
    return Packet(
        documents=numbered,
        exhibits=tuple(exhibits),
        pdf=bound.pdf,
        pages=bound.pages,
        profile=bound.profile,
        volumes=_volumes(whole, bound, title, mark, largest_bytes),
    )


def _bound(volumes: Sequence[Volume], number: int, title: str, mark: str) -> BoundPacket:
    """Bound, and read once more by a library that had no part in it."""
    bound = bind(volumes, number, title, mark)
    require_bearings(bound.pdf, bound.bearings)
    return bound


def _with_fields(document: RenderedDocument, *, flat: bool) -> RenderedDocument:
    return document if flat else replace(document, pdf=place_fields(document.pdf, document.plan))


def _public_parts(documents: Sequence[RenderedDocument]) -> tuple[Part, ...]:
    """Without fields, and with the numbers that the documents have in the whole filing."""
    return tuple(
        Part(
            called=document.plan.name,
            title=_listed(document.plan),
            content=document.pdf,
            pages=document.pages,
            label_prefix=f"{place}-",
            texts=document.parity.texts,
        )
        for place, document in enumerate(documents, start=1)
        if document.plan.audience is DocumentAudience.PUBLIC
    )


def _listed(plan: DocumentPlan) -> str:
    """As its bookmark names it: an affidavit is bound as drawn up, before anybody has sworn to it."""
    return f"{plan.title} (not yet sworn to)" if plan.role is DocumentRole.AFFIDAVIT else plan.title


def _exhibit_part(exhibit: Exhibit, largest_bytes: int | None) -> ExhibitPart:
    reason = exhibit.shortfall
    if reason is None and largest_bytes is not None and len(exhibit.content) > largest_bytes - _ALLOWANCE:
        reason = "is larger than the court takes in one packet"
    return ExhibitPart(
        label=exhibit.label,
        title=exhibit.title,
        part=_part_of(exhibit) if reason is None else None,
        apart=reason and f"Filed separately as {exhibit_path(exhibit.file_name)}, because it {reason}.",
    )


def _part_of(exhibit: Exhibit) -> Part:
    return Part(
        called=f"exhibit {exhibit.label}",
        title=exhibit.title,
        content=exhibit.content,
        pages=exhibit.pages,
        label_prefix=f"Ex. {exhibit.label}-",
    )


def _volumes(
    whole: Volume, bound: BoundPacket, title: str, mark: str, largest_bytes: int | None
) -> tuple[PacketVolume, ...]:
    """None where the whole is small enough to be filed with its seal."""
    if largest_bytes is None or len(bound.pdf) <= largest_bytes - _ALLOWANCE:
        return ()
    volumes = divide(whole, largest_bytes, _ALLOWANCE)
    divided = (
        _bound(volumes, place, f"{title}, part {place + 1} of {len(volumes)}", mark) for place in range(len(volumes))
    )
    return tuple(
        PacketVolume(file_name=f"packet-{place}", pdf=each.pdf, pages=each.pages, profile=each.profile)
        for place, each in enumerate(divided, start=1)
    )
