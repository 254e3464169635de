"""The seal inside a PDF: a PAdES certification signature, B-B or B-T, that no reader sees on the page.

The signature's widget has no extent and lies outside the crop box. So it needs neither a tag nor an appearance:
PDF/A-2 exempts empty rectangles (ISO 19005-2 § 6.3.3) and PDF/UA-1 exempts what lies outside the page
(ISO 14289-1 § 7.18.1), while the print flag that PDF/A wants stays set. The update is appended; not one byte of the
document before it changes, and its metadata stay as they were.
"""

from datetime import datetime
from functools import lru_cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from service.signing.cades import DIGEST, TokenMaker, detached_signature, signed_attributes, signed_data
from service.signing.keys import SigningKey
from service.signing.timestamping import LARGEST_TOKEN

FILER_FIELD = "Sig-Filer"
_FIELD_LABEL = "Electronic seal of the filer"
_PDF_2_0 = (2, 0)
_EMPTY_DIGEST = bytes(32)
HEX_DIGITS_A_BYTE = 2
_DER_OVERHEAD = 16


class SealWriter(IncrementalPdfFileWriter):
    """Appends to a PDF.

    pyHanko would stamp the wall clock and its own name into the document's metadata; a seal leaves them alone.
    """

    def _update_meta(self) -> None:
        return


def seal_pdf(
    pdf: bytes,
    key: SigningKey,
    at: datetime,
    *,
    certify: bool = True,
    field_name: str = FILER_FIELD,
    reason: str | None = None,
    location: str | None = None,
    stamp: TokenMaker | None = None,
) -> bytes:
    """Append a signature over the whole of ``pdf``, its claimed time ``at`` (which must carry a zone).

    With ``certify`` later changes are limited to filling form fields and signing (DocMDP level 2), so that a clerk's
    file mark and a judge's signature leave it valid. A signature field of that name is used where one was placed.
    ``stamp`` makes a time-stamp token over the signature value, or ``None`` where no time is to be had.

    Raises:
        ValueError: the PDF is signed already: a certification comes first or not at all (ISO 32000-1 § 12.8.2.2).
    """
    writer = SealWriter(BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n"))
    if certify and any(True for _ in enumerate_sig_fields(writer.prev, filled_status=True)):
        raise ValueError("a PDF that carries a signature cannot be certified")
    embedder = PdfCMSEmbedder(invisible_field(field_name, _FIELD_LABEL)).write_cms(field_name, writer)
    next(embedder)
    _order_tabs_by_structure(writer)
    writer.ensure_output_version((1, 7))  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    if writer.output_version < _PDF_2_0:
        writer.register_extension(ESIC_EXTENSION_1)
    embedder.send(
        SigObjSetup(
            sig_placeholder=SignatureObject(
                timestamp=at,
                subfilter=SigSeedSubFilter.PADES,
                reason=reason,
                location=location,
                bytes_reserved=_room((key.certificate, *key.chain), stamped=stamp is not None),
            ),
            mdp_setup=SigMDPSetup(md_algorithm=DIGEST, certify=certify, docmdp_perms=MDPPerm.FILL_FORMS),
        )
    )
    prepared, sealed = embedder.send(SigIOSetup(md_algorithm=DIGEST))
    embedder.send(detached_signature(prepared.document_digest, key, None, stamp))
    content: bytes = sealed.getvalue()
    return content


def invisible_field(name: str, label: str) -> SigFieldSpec:
    """A signature field without extent, outside the page, that prints nothing; ``label`` is what a reader calls it."""
    return SigFieldSpec(
        name,
        readable_field_name=label,
        invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )


def _order_tabs_by_structure(writer: IncrementalPdfFileWriter) -> None:
    """A page with an annotation says that its tab order is the structure's (ISO 14289-1 § 7.18.3)."""
    page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]  # as above
    if page.get("/Tabs") != "/S":
        page["/Tabs"] = NameObject("/S")
        writer.update_container(page)


@lru_cache(maxsize=16)
def _room(certificates: tuple[x509.Certificate, ...], *, stamped: bool) -> int:
    """Hexadecimal digits to reserve; a placeholder as long as the longest signature saves a trial signature."""
    public_key = certificates[0].public_key()
    bits = public_key.key_size if isinstance(public_key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) else 0
    longest = bytes(bits // 4 + _DER_OVERHEAD)
    attributes = signed_attributes(_EMPTY_DIGEST, certificates[0], None)
    stamp_room = LARGEST_TOKEN if stamped else 0
    return (len(signed_data(certificates, attributes, longest)) + stamp_room) * HEX_DIGITS_A_BYTE
