"""Documents and exhibits become a packet: numbered, the court's fields placed, public ones bound into one PDF."""

from collections.abc import Sequence
from dataclasses import replace

from service.assembling.binding import Part, bind
from service.assembling.fields import place_fields
from service.assembling.numbering import numbered_name
from service.assembling.packet_parts import Exhibit, NumberedDocument, Packet
from service.law.outcomes import DocumentAudience
from service.rendering.document import RenderedDocument

_NO_PACKET = "none: no public documents"


def assemble(documents: Sequence[RenderedDocument], exhibits: Sequence[Exhibit], *, flat: bool = False) -> Packet:
    """Number the documents, place the court's fields, and merge public documents and exhibits in filing order.

    Args:
        documents: All documents of the filing, in filing order; only public ones go into the packet's PDF.
        exhibits: Examined exhibits, in filing order. A filing without public documents has no packet PDF.
        flat: Place no fields, for courts whose profile wants flat files.

    Raises:
        PacketFailed: The merged PDF does not hold every page of every part.
        TemplateRefused: A proposed order has no line for the judge.
    """
    numbered = tuple(
        NumberedDocument(file_name=numbered_name(place, document.plan.name), document=_with_fields(document, flat=flat))
        for place, document in enumerate(documents, start=1)
    )
    parts = _public_parts(documents)
    if not parts:
        return Packet(documents=numbered, exhibits=tuple(exhibits), pdf=b"", pages=0, profile=_NO_PACKET)
    parts += [_exhibit_part(exhibit) for exhibit in exhibits]
    bound = bind(parts, title=f"{parts[0].title} — Packet")
    pages = sum(part.pages for part in parts)
    return Packet(documents=numbered, exhibits=tuple(exhibits), pdf=bound.pdf, pages=pages, profile=bound.profile)


def _with_fields(document: RenderedDocument, *, flat: bool) -> RenderedDocument:
    return document if flat else replace(document, pdf=place_fields(document.pdf, document.plan))


def _public_parts(documents: Sequence[RenderedDocument]) -> list[Part]:
    """Without fields, and with the numbers that the documents have in the whole filing."""
    return [
        Part(
            called=document.plan.name,
            title=document.plan.title,
            content=document.pdf,
            pages=document.pages,
            label_prefix=f"{place}-",
            sticker=None,
        )
        for place, document in enumerate(documents, start=1)
        if document.plan.audience is DocumentAudience.PUBLIC
    ]


def _exhibit_part(exhibit: Exhibit) -> Part:
    return Part(
        called=f"exhibit {exhibit.label}",
        title=f"Exhibit {exhibit.label} — {exhibit.title}",
        content=exhibit.content,
        pages=exhibit.pages,
        label_prefix=f"Ex. {exhibit.label}-",
        sticker=f"EXHIBIT {exhibit.label}",
    )
