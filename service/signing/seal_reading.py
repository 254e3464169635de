"""Checking the seal inside a PDF."""

import hashlib
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data

from service.signing.signature_reading import SignatureFault, read_signature


def seal_fault(pdf: bytes, signer: x509.Certificate) -> str | None:
    """Why a PDF's seal does not hold, or ``None``.

    It must be the only signature, made by ``signer``, over the whole file, as a certification that lets only form
    fields be filled afterwards (DocMDP level 2).
    """
    try:
        return _seal_fault(pdf, signer)
    except SignatureFault as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001  # a hostile PDF makes its reader raise anything; each is a failed check
        return f"it cannot be read ({type(fault).__name__})"


def _seal_fault(pdf: bytes, signer: x509.Certificate) -> str | None:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return f"it carries {len(signatures)} signatures instead of one"
    seal = signatures[0]
    if seal.sig_object.get("/SubFilter") != SigSeedSubFilter.PADES.value:
        return "its seal is not a PAdES signature"
    if read_certification_data(reader) is None or seal.docmdp_level is not MDPPerm.FILL_FORMS:
        return "its seal does not limit later changes to its form fields"
    covered = _covered(pdf, seal)
    if covered is None:
        return "its seal does not cover the whole file"
    if read_signature(_without_filling(seal.pkcs7_content), hashlib.sha256(covered).digest()).certificate != signer:
        return "it was sealed by somebody else than the signer of the bundle"
    return None


def _covered(pdf: bytes, seal: EmbeddedPdfSignature) -> bytes | None:
    """All bytes but the signature itself, if that is what the seal says it covers (ISO 32000-1 § 12.8.1)."""
    start, before, after, length = seal.byte_range
    room = pdf[before:after]
    whole = start == 0 and after + length == len(pdf) and room[:1] == b"<" and room[-1:] == b">"
    if not whole or bytes.fromhex(room[1:-1].decode("ascii")) != seal.pkcs7_content:
        return None
    return pdf[:before] + pdf[after:]


def _without_filling(reserved: bytes) -> bytes:
    """The signature without the zeros that fill the room reserved for it."""
    encoded: bytes = cms.ContentInfo.load(reserved).dump()
    if reserved[len(encoded) :].strip(b"\0"):
        raise SignatureFault("something was written behind its seal")
    return encoded
