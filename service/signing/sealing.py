"""From packet to signed bundle: which file goes to whom, what is sealed, what is enclosed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from service.assembling.numbering import exhibit_path
from service.assembling.packet_parts import Exhibit, NumberedDocument, Packet, PacketVolume, SentImage
from service.facts.canonical import digest
from service.law.outcomes import DocumentAudience, DocumentRole
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey
from service.signing.levels import SealStatement, lowest
from service.signing.manifest import MANIFEST_PATH, BundledFile, Particulars, manifest_bytes, manifest_for
from service.signing.sealer import Sealer, SealingPolicy

COURT, EMPLOYER, RECORD = "court", "employer", "record"
_FOLDERS = {
    DocumentAudience.PUBLIC: "public/",
    DocumentAudience.SEALED: "sealed/",
    DocumentAudience.RECORD: "record/",
    DocumentAudience.EMPLOYER: "",
}
_READERS = {
    DocumentAudience.PUBLIC: COURT,
    DocumentAudience.SEALED: COURT,
    DocumentAudience.RECORD: RECORD,
    DocumentAudience.EMPLOYER: EMPLOYER,
}
_NOTES = {
    DocumentRole.AFFIDAVIT: "Not sealed and not yet sworn to: the affiant signs it before a notary, and it is filed as "
    "signed then.",
}
_PACKET_NOTE = (
    "The affidavit in it is as drawn up, not yet sworn to; the one that is sworn to before a notary is filed by itself."
)
_PACKET_TITLE = "Public documents and exhibits in filing order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosures:
    """What goes into the containers beside the documents.

    ``facts`` is the canonical JSON that ``facts_digest`` is the SHA-256 of. ``reports`` are enclosed under their
    paths, in the record alone. ``flat`` says that the court takes no form fields and no seals inside its PDFs; the
    container's signature then stands alone.
    """

    facts: bytes
    facts_digest: str
    reports: Mapping[str, bytes]
    versions: Mapping[str, str]
    kind: str
    filing_date: date
    signatory_name: str
    signatory_bar_number: str
    flat: bool
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file and the audience whose container holds it, besides the record."""

    file: BundledFile
    reader: str


def sign_bundle(
    packet: Packet, enclosures: Enclosures, key: SigningKey, at: datetime, policy: SealingPolicy | None = None
) -> SignedBundle:
    """Seal every document and put each audience's files into a container of its own, signed ``at`` that time.

    The court's and the employer's containers are made where there is something for them, the record always; the
    manifest handed out is the record's, which lists every file. Without a ``policy`` seals are B-B; a level that cannot
    be had is lowered and said, in the manifest for documents and in the bundle for containers.

    Raises:
        ValueError: the facts are not those of the digest, two files would share a path, or a time has no zone.
        KeyRefused: the key's certificate was revoked.
    """
    if digest(enclosures.facts) != enclosures.facts_digest:
        raise ValueError("the facts enclosed are not those the digest names")
    if at.tzinfo is None:
        raise ValueError("a signing time needs a zone")
    sealer = Sealer(key, at, policy or SealingPolicy())
    placed = _placed(packet, enclosures, sealer)
    readers = [reader for reader in (COURT, EMPLOYER) if any(item.reader == reader for item in placed)]
    contents = {
        **{reader: [item.file for item in placed if item.reader == reader] for reader in readers},
        RECORD: [item.file for item in placed],
    }
    manifests = {reader: manifest_for(reader, files, _particulars(enclosures)) for reader, files in contents.items()}
    signed = {
        reader: sealer.container(_payload(reader, files, manifests[reader], enclosures))
        for reader, files in contents.items()
    }
    container_seals = {reader: statement for reader, (_, statement) in signed.items()}
    return SignedBundle(
        containers={reader: container for reader, (container, _) in signed.items()},
        manifest=manifests[RECORD],
        seal=lowest(item.file.seal for item in placed if item.file.seal) or container_seals[RECORD],
        container_seals=container_seals,
    )


def _placed(packet: Packet, enclosures: Enclosures, sealer: Sealer) -> tuple[_Placed, ...]:
    placed: list[_Placed] = []
    for document in packet.documents:
        plan = document.document.plan
        certify = not plan.role.others_sign and not enclosures.flat
        pdf = document.document.pdf
        content, seal = sealer.document(pdf) if certify else (pdf, None)
        reader = _READERS[plan.audience]
        placed.append(_Placed(_pdf_file(document, content, seal), reader))
        if plan.role is DocumentRole.PROPOSED_ORDER:
            placed.append(_Placed(_word_file(document, _FOLDERS[plan.audience]), reader))
        placed.append(_Placed(_word_file(document, "drafts/"), RECORD))
    reader = COURT if any(item.reader == COURT for item in placed) else RECORD
    for exhibit in packet.exhibits:
        placed.append(_Placed(_exhibit_file(exhibit), reader))
        if exhibit.sent_image:
            placed.append(_Placed(_picture_file(exhibit, exhibit.sent_image), RECORD))
    if reader == COURT:
        placed += [_Placed(file, COURT) for file in _packet_files(packet, enclosures.flat, sealer)]
    return tuple(placed)


def _payload(
    reader: str, files: Sequence[BundledFile], manifest: Mapping[str, Any], enclosures: Enclosures
) -> dict[str, bytes]:
    enclosed = {**enclosures.reports, "facts.json": enclosures.facts} if reader == RECORD else {}
    parts = [(MANIFEST_PATH, manifest_bytes(manifest)), *((file.path, file.content) for file in files)]
    payload = dict([*parts, *enclosed.items()])
    if len(payload) != len(parts) + len(enclosed):
        raise ValueError("two files of a bundle share a path")
    return payload


def _pdf_file(item: NumberedDocument, content: bytes, seal: SealStatement | None) -> BundledFile:
    document, plan = item.document, item.document.plan
    file_name = plan.name if plan.audience is DocumentAudience.EMPLOYER else item.file_name
    return BundledFile(
        path=f"{_FOLDERS[plan.audience]}{file_name}.pdf",
        name=plan.name,
        title=plan.title,
        role=plan.role.value,
        audience=plan.audience.value,
        content=content,
        unsigned=document.pdf,
        seal=seal,
        pages=document.pages,
        profile=document.profile,
        template_digest=document.template_digest,
        note=_NOTES.get(plan.role),
    )


def _word_file(item: NumberedDocument, folder: str) -> BundledFile:
    document, plan = item.document, item.document.plan
    return BundledFile(
        path=f"{folder}{item.file_name}.docx",
        name=plan.name,
        title=plan.title,
        role=plan.role.value,
        audience=plan.audience.value,
        content=document.word,
        unsigned=document.word,
        template_digest=document.template_digest,
    )


def _exhibit_file(exhibit: Exhibit) -> BundledFile:
    apart = exhibit.shortfall and f"Not in the packet, because it {exhibit.shortfall}; a sheet there says so."
    made = "A page made of the picture that was sent." if exhibit.sent_image else None
    return BundledFile(
        path=exhibit_path(exhibit.file_name),
        name=exhibit.id,
        title=exhibit.title,
        role="exhibit",
        audience=DocumentAudience.PUBLIC.value,
        content=exhibit.content,
        unsigned=exhibit.content,
        pages=exhibit.pages,
        note=apart or made,
    )


def _picture_file(exhibit: Exhibit, picture: SentImage) -> BundledFile:
    return BundledFile(
        path=f"originals/{exhibit.file_name}.{picture.ending}",
        name=f"{exhibit.id}-original",
        title=exhibit.title,
        role="exhibit_original",
        audience=DocumentAudience.RECORD.value,
        content=picture.content,
        unsigned=picture.content,
    )


def _packet_files(packet: Packet, flat: bool, sealer: Sealer) -> Iterator[BundledFile]:  # noqa: FBT001  as in Enclosures
    """The packet, or the parts into which a court's limit divides it."""
    public = [item for item in packet.documents if item.document.plan.audience is DocumentAudience.PUBLIC]
    unsworn = any(item.document.plan.role is DocumentRole.AFFIDAVIT for item in public)
    whole = PacketVolume(file_name="packet", pdf=packet.pdf, pages=packet.pages, profile=packet.profile)
    for volume in packet.volumes or (whole,):
        content, seal = (volume.pdf, None) if flat else sealer.document(volume.pdf)
        yield BundledFile(
            path=f"{volume.file_name}.pdf",
            name=volume.file_name,
            title=_PACKET_TITLE,
            role="packet",
            audience=DocumentAudience.PUBLIC.value,
            content=content,
            unsigned=volume.pdf,
            seal=seal,
            pages=volume.pages,
            profile=volume.profile,
            note=_PACKET_NOTE if unsworn else None,
        )


def _particulars(enclosures: Enclosures) -> Particulars:
    return Particulars(
        kind=enclosures.kind,
        filing_date=enclosures.filing_date,
        facts_digest=enclosures.facts_digest,
        signatory_name=enclosures.signatory_name,
        signatory_bar_number=enclosures.signatory_bar_number,
        versions=enclosures.versions,
        overrides=enclosures.overrides,
    )
