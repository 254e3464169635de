"""Exhibits as they were sent, accepted or refused: a PDF is never altered, a picture becomes a page."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace

from service.assembling.exhibits.picture_page import page_of
from service.assembling.exhibits.policy import ExhibitCode, ExhibitLimits, Finding, Inspection
from service.assembling.exhibits.process import ExhibitExaminer
from service.assembling.numbering import exhibit_file_name
from service.assembling.packet_parts import Exhibit, PageReading, SentImage
from service.errors import ExhibitRefused, Fault
from service.facts.case import ExhibitReference

_PNG = b"\x89PNG"
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def examine_exhibits(
    references: Sequence[ExhibitReference],
    sent: Mapping[str, bytes],
    limits: ExhibitLimits,
    *,
    examiner: ExhibitExaminer | None = None,
    largest_bytes: int | None = None,
) -> tuple[Exhibit, ...]:
    """Match what was sent (content by exhibit id) with what the facts name, and examine each file.

    Args:
        references: The exhibits the facts name, in filing order.
        sent: The bytes of each exhibit under its id.
        limits: What one exhibit may ask for.
        examiner: A warm examiner; without one a process is started for this call.
        largest_bytes: The largest file that the court takes; an exhibit is never cut in two, so a larger one is
            refused, though it could be filed beside the packet.

    Raises:
        ExhibitRefused: With every fault of every exhibit; each points at its entry in the facts.
    """
    faults = list(_unexpected(references, sent))
    exhibits: list[Exhibit] = []
    with nullcontext(examiner) if examiner else ExhibitExaminer() as examining:
        for index, reference in enumerate(references):
            inspection = _examined(sent.get(reference.id), limits, examining)
            pointer = f"/exhibits/{index}/file"
            findings = inspection.findings
            if not findings:
                exhibits.append(_accepted(index + 1, reference, sent[reference.id], inspection))
                findings = _beyond_the_court(exhibits[-1], largest_bytes)
            faults += [Fault(code=each.code, message=each.message, pointer=pointer) for each in findings]
    if faults:
        raise ExhibitRefused("Exhibits cannot be taken as they are; nothing was drawn up.", faults)
    return tuple(exhibits)


def _accepted(place: int, reference: ExhibitReference, content: bytes, inspection: Inspection) -> Exhibit:
    """The exhibit with what was read in it; of a picture nothing can be read."""
    exhibit = Exhibit(
        id=reference.id,
        label=reference.label,
        title=reference.title,
        file_name=exhibit_file_name(place, reference.label),
        content=content,
        pages=inspection.pages,
        shortfall=inspection.shortfall,
        readings=inspection.readings,
    )
    if not inspection.picture:
        return exhibit
    ending = "png" if content.startswith(_PNG) else "jpg"
    return replace(
        exhibit,
        content=page_of(inspection.picture, ending, reference.title, lying=inspection.lying),
        readings=(PageReading(text="", blank=False, digest=hashlib.sha256(inspection.picture).hexdigest()),),
        sent_image=SentImage(content=content, ending=ending),
    )


def _beyond_the_court(exhibit: Exhibit, largest_bytes: int | None) -> tuple[Finding, ...]:
    if largest_bytes is None or len(exhibit.content) <= largest_bytes:
        return ()
    size, most = len(exhibit.content) / 1_000_000, largest_bytes / 1_000_000
    made = "A page made of this picture" if exhibit.sent_image else "The exhibit"
    message = f"{made} has {size:.1f} MB; the court takes no file above {most:g} MB. Divide it or scan it smaller."
    return (Finding(code=ExhibitCode.TOO_LARGE_FOR_COURT, message=message),)


def _unexpected(references: Sequence[ExhibitReference], sent: Mapping[str, bytes]) -> Iterator[Fault]:
    named = {reference.id for reference in references}
    for key in sorted(sent.keys() - named):
        part = f'The part "{key}"' if _PLAIN_ID.fullmatch(key) else "A part"
        message = f"{part} was sent, but the facts name no exhibit of this id. Add it to /exhibits or leave it out."
        yield Fault(code=ExhibitCode.UNEXPECTED, message=message, pointer="/exhibits")


def _examined(content: bytes | None, limits: ExhibitLimits, examiner: ExhibitExaminer) -> Inspection:
    """Judge what needs no parser here, everything else in the examining process."""
    if content is None:
        return _refused(ExhibitCode.MISSING, "The facts name this exhibit, but no part of its id was sent. Send it.")
    if not content:
        return _refused(ExhibitCode.EMPTY, "The file holds no bytes. Send the exhibit again.")
    if len(content) > limits.max_bytes:
        megabytes = limits.max_bytes / 1024 / 1024
        return _refused(
            ExhibitCode.TOO_LARGE, f"The file is larger than {megabytes:g} MB. Split it or scan it smaller."
        )
    return examiner.inspect(content, limits)


def _refused(code: ExhibitCode, message: str) -> Inspection:
    return Inspection(pages=0, findings=(Finding(code=code, message=message),))
