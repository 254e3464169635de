"""Checking the seal inside a PDF."""

import hashlib
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data

from service.signing import der
from service.signing.levels import SealLevel
from service.signing.signature_reading import GenuineSignature, SignatureFault, read_signature
from service.signing.time_reading import TimeStampFault, read_time_stamp


class SealFault(Exception):
    """The seal does not hold; the message says why, in words."""


def read_seal(pdf: bytes, signer: x509.Certificate) -> SealLevel:
    """Check a PDF's seal and say how well it will prove itself later.

    It must be the only signature, made by ``signer`` over the whole file as it was then, as a certification that lets
    only form fields be filled afterwards (DocMDP level 2). After it nothing may stand but evidence that it was good:
    certificates and revocation answers (DSS), and document time stamps.

    Raises:
        SealFault: it does not hold.
    """
    try:
        return _read_seal(pdf, signer)
    except SealFault:
        raise
    except SignatureFault as fault:
        raise SealFault(str(fault)) from fault
    except TimeStampFault as fault:
        raise SealFault(f"its time stamp does not hold: {fault}") from fault
    except Exception as fault:  # a hostile PDF makes its reader raise anything; each is a failed check
        raise SealFault(f"it cannot be read ({type(fault).__name__})") from fault


def require_limits(pdf: bytes) -> None:
    """See that the seal of a PDF by itself limits later changes, and that those made since keep to it.

    Form fields may have been filled, signatures and evidence added; whether each is genuine is open here.

    Raises:
        SealFault: the seal sets no such limit, or something else was changed.
    """
    try:
        seal = _certification(PdfFileReader(BytesIO(pdf), strict=True))
        _covered(pdf, seal)
        exceeded = _exceeds(pdf, seal, ModificationLevel.FORM_FILLING)
    except SealFault:
        raise
    except Exception as fault:  # as in read_seal: a hostile PDF makes its reader raise anything
        raise SealFault(f"it cannot be read ({type(fault).__name__})") from fault
    if exceeded:
        raise SealFault("what was added after its seal changes more than form fields and signatures")


def _read_seal(pdf: bytes, signer: x509.Certificate) -> SealLevel:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if len(reader.embedded_regular_signatures) != 1:
        raise SealFault(f"it carries {len(reader.embedded_regular_signatures)} signatures instead of one")
    seal, stamps = _certification(reader), reader.embedded_timestamp_signatures
    signature = read_signature(_without_filling(seal.pkcs7_content), hashlib.sha256(_covered(pdf, seal)).digest())
    if signature.certificate != signer:
        raise SealFault("it was sealed by somebody else than the signer of the bundle")
    if _exceeds(pdf, seal, ModificationLevel.LTA_UPDATES):
        raise SealFault("something was added after its seal that is no evidence of it")
    for stamp in stamps:
        read_time_stamp(_without_filling(stamp.pkcs7_content), _covered(pdf, stamp), ())
    return _level(signature, has_evidence="/DSS" in reader.root, stamped_again=bool(stamps))


def _covered(pdf: bytes, signature: EmbeddedPdfSignature) -> bytes:
    """All bytes but the signature itself up to its end, if that is what it says it covers (ISO 32000-1 § 12.8.1)."""
    start, before, after, length = signature.byte_range
    room = pdf[before:after]
    whole = start == 0 and after + length <= len(pdf) and room[:1] == b"<" and room[-1:] == b">"
    if not whole or bytes.fromhex(room[1:-1].decode("ascii")) != signature.pkcs7_content:
        raise SealFault("its seal does not cover the whole file")
    return pdf[:before] + pdf[after : after + length]


def _certification(reader: PdfFileReader) -> EmbeddedPdfSignature:
    """The seal: the first signature, which certifies and lets only form fields be filled."""
    seal: EmbeddedPdfSignature = reader.embedded_regular_signatures[0]
    if seal.sig_object.get("/SubFilter") != SigSeedSubFilter.PADES.value:
        raise SealFault("its seal is not a PAdES signature")
    if read_certification_data(reader) is None or seal.docmdp_level is not MDPPerm.FILL_FORMS:
        raise SealFault("its seal does not limit later changes to its form fields")
    return seal


def _exceeds(pdf: bytes, seal: EmbeddedPdfSignature, allowed: ModificationLevel) -> bool:
    """Whether what stands after the seal, if anything, does more than is allowed."""
    *_, after, length = seal.byte_range
    if after + length == len(pdf):
        return False
    seal.compute_integrity_info()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    found = seal.diff_result
    return not isinstance(found, DiffResult) or found.modification_level > allowed


def _level(signature: GenuineSignature, *, has_evidence: bool, stamped_again: bool) -> SealLevel:
    if signature.time_stamp is None:
        return SealLevel.B_B
    read_time_stamp(signature.time_stamp, signature.signature, ())
    if stamped_again:
        return SealLevel.B_LTA
    return SealLevel.B_LT if has_evidence else SealLevel.B_T


def _without_filling(reserved: bytes) -> bytes:
    """The signature without the zeros that fill the room reserved for it."""
    encoded = der.first(reserved)
    if reserved[len(encoded) :].strip(b"\0"):
        raise SignatureFault("something was written behind its seal")
    return encoded
