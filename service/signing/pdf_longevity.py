"""What is appended to a sealed PDF so that it can be checked when those who vouched for it are gone.

Both are incremental updates that a certification of DocMDP level 2 allows (ISO 32000-2 § 12.8.2.2.2, ETSI EN 319 142-1
§ 5.4 and 5.5): the document security store, and a time stamp over the whole document. Neither shows on a page.
"""

from collections.abc import Callable, Iterable
from io import BytesIO

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore

from service.signing.cades import DIGEST
from service.signing.certificates import asn1_form
from service.signing.pdf_seal import HEX_DIGITS_A_BYTE
from service.signing.revocation import ChainEvidence
from service.signing.timestamping import LARGEST_TOKEN

TIME_STAMP_FIELD = "Time-Stamp"
_FIELD_LABEL = "Time stamp over the whole document"


class _EvidenceWriter(IncrementalPdfFileWriter):
    """Appends to a PDF.

    pyHanko would stamp the wall clock and its own name into the document's metadata; evidence leaves them alone.
    """

    def _update_meta(self) -> None:
        return


def with_evidence(pdf: bytes, evidence: Iterable[ChainEvidence]) -> bytes:
    """Append the certificates, revocation lists and OCSP answers by which seal and time stamp can be checked (B-LT)."""
    gathered = list(evidence)
    writer = _EvidenceWriter(BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[asn1_form(one) for chain in gathered for one in chain.certificates],
        crls=[CertificateList.load(one.public_bytes(Encoding.DER)) for chain in gathered for one in chain.lists],
        ocsps=[OCSPResponse.load(one.encoded) for chain in gathered for one in chain.answers],
    )
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return written.getvalue()


def with_document_time_stamp(pdf: bytes, stamp: Callable[[bytes], bytes]) -> bytes:
    """Append a time stamp over the whole of ``pdf`` (B-LTA); ``stamp`` makes a token over the bytes it is given.

    A document that carries such time stamps already gets another: that is how B-LTA is kept up (§ 5.5).
    """
    writer = _EvidenceWriter(BytesIO(pdf))
    stamps = len(writer.prev.embedded_timestamp_signatures)
    field = f"{TIME_STAMP_FIELD}-{stamps + 1}" if stamps else TIME_STAMP_FIELD
    embedder = PdfCMSEmbedder(_invisible_field(field)).write_cms(field, writer)
    next(embedder)
    room = DocumentTimestamp(LARGEST_TOKEN * HEX_DIGITS_A_BYTE)  # type: ignore[no-untyped-call]  # as above
    embedder.send(SigObjSetup(sig_placeholder=room))
    prepared, output = embedder.send(SigIOSetup(md_algorithm=DIGEST))
    reserved = output.getvalue()
    embedder.send(stamp(reserved[: prepared.reserved_region_start] + reserved[prepared.reserved_region_end :]))
    stamped: bytes = output.getvalue()
    return stamped


def _invisible_field(name: str) -> SigFieldSpec:
    """A field without extent, outside the page, as that of the seal."""
    return SigFieldSpec(
        name,
        readable_field_name=_FIELD_LABEL,
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
