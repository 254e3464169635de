"""Reading a detached CMS signature without believing it.

Its shape is fixed (see ``cades.py``). So it is taken apart for what does not follow from the content - signature
value, certificates, claimed time, time stamp, and nothing else - and written again from them. A signature that is not
byte for byte the same carries something that was not signed, or leaves out something that must be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from service.signing import der
from service.signing.cades import signed_attributes, signed_data
from service.signing.certificates import asn1_form
from service.signing.keys import verify_signature

_LARGEST = 256 * 1024
_MOST_CERTIFICATES = 10
# What hostile bytes make the readers of CMS and certificates raise.
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


class SignatureFault(Exception):
    """The signature does not hold; the message says why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenuineSignature:
    """A signature that was made with the certificate's key over exactly this content. Whose key that is, is open.

    ``time_stamp`` is the token in its unsigned attribute (ETSI EN 319 122-1 § 5.3), made over ``signature``; whether it
    holds is open too.
    """

    certificate: x509.Certificate
    intermediates: tuple[x509.Certificate, ...]
    signed_at: datetime | None
    signature: bytes
    time_stamp: bytes | None


@dataclass(frozen=True, slots=True)
class _Parts:
    certificates: tuple[x509.Certificate, ...]
    message_digest: bytes
    signed_at: datetime | None
    signature: bytes
    time_stamp: bytes | None


def read_signature(encoded: bytes, content_digest: bytes) -> GenuineSignature:
    """Check a detached signature over content with this SHA-256.

    Content type, message digest, signing-certificate-v2, algorithm protection and the signature value are all checked;
    there is one signer, and no unsigned attribute but one time stamp.

    Raises:
        SignatureFault: it is not such a signature, belongs to other content, or is not genuine.
    """
    if len(encoded) > _LARGEST:
        raise SignatureFault("the signature is larger than any that this service makes")
    try:
        parts = _parts(encoded)
    except UNREADABLE as reason:
        raise SignatureFault("the signature is damaged and cannot be read") from reason
    if parts.message_digest != content_digest:
        raise SignatureFault("what was signed is not what is here: it was changed after signing")
    signer = parts.certificates[0]
    if not isinstance(signer.public_key(), rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise SignatureFault("the signature is of a kind that this service does not make")
    attributes = signed_attributes(content_digest, signer, parts.signed_at)
    if signed_data(parts.certificates, attributes, parts.signature, parts.time_stamp) != encoded:
        raise SignatureFault("the signature carries more, less or other than this service writes into one")
    try:
        verify_signature(signer, parts.signature, attributes)
    except InvalidSignature as reason:
        raise SignatureFault("the signature was not made with the key of its certificate") from reason
    return GenuineSignature(
        certificate=signer,
        intermediates=parts.certificates[1:],
        signed_at=parts.signed_at,
        signature=parts.signature,
        time_stamp=parts.time_stamp,
    )


def _parts(encoded: bytes) -> _Parts:
    info = cms.ContentInfo.load(encoded, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError("not signed data")
    signed = info["content"]
    signer_infos = list(signed["signer_infos"])
    if len(signer_infos) != 1:
        raise ValueError("one signer is expected")
    attributes = {attribute["type"].native: attribute["values"][0] for attribute in signer_infos[0]["signed_attrs"]}
    claimed = attributes.get("signing_time")
    *_, certificates, signers = der.parts(der.parts(der.parts(encoded)[1])[0])
    return _Parts(
        certificates=_signer_first(der.parts(certificates), signer_infos[0]["sid"].chosen),
        message_digest=attributes["message_digest"].native,
        signed_at=None if claimed is None else claimed.native,
        signature=signer_infos[0]["signature"].native,
        time_stamp=_time_stamp(der.parts(signers)[0]) if signer_infos[0]["unsigned_attrs"] else None,
    )


def _time_stamp(signer_info: bytes) -> bytes:
    """The token, byte for byte; whatever else stands beside it is not written again and so not accepted."""
    unsigned = der.parts(signer_info)[-1]
    _, values = der.parts(der.parts(unsigned)[0])
    return der.parts(values)[0]


def _signer_first(encoded: Sequence[bytes], signer_id: Any) -> tuple[x509.Certificate, ...]:
    if len(encoded) > _MOST_CERTIFICATES:
        raise ValueError("more certificates than any chain has")
    certificates = [_certificate(one) for one in encoded]
    named = [
        one
        for one in certificates
        if one.serial_number == signer_id["serial_number"].native
        and asn1_form(one).issuer.dump() == signer_id["issuer"].dump()
    ]
    if len(named) != 1:
        raise ValueError("the signer's certificate is missing")
    return (*named, *(one for one in certificates if one not in named))


def _certificate(encoded: bytes) -> x509.Certificate:
    """Everything in it is read now: what a hostile certificate raises, it raises here and nowhere later."""
    certificate = x509.load_der_x509_certificate(encoded)
    _ = (certificate.subject, certificate.issuer, certificate.extensions, certificate.public_key())
    _ = asn1_form(certificate).native
    return certificate
