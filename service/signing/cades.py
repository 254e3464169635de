"""Detached CMS signatures: CAdES B-B or B-T for the container, the PAdES form of it for a PDF.

One fixed shape (RFC 5652, ETSI EN 319 122-1): one signer, SHA-256, the signed attributes listed in
:func:`signed_attributes`, no unsigned attribute but the time stamp of B-T, and the signer's chain without its root.
Everything except the signature value, the claimed time, the time stamp and the certificates follows from the content,
so that a verifier can write the whole structure again and compare it byte for byte.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from asn1crypto import algos, cms, core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import as_signing_certificate_v2

from service.signing import der
from service.signing.certificates import asn1_form
from service.signing.keys import SigningKey

DIGEST = "sha256"
TokenMaker = Callable[[bytes], bytes | None]
_LAST_UTC_TIME_YEAR = 2049
_VERSION_1: bytes = core.Integer(1).dump()
_DIGEST_ALGORITHM: bytes = algos.DigestAlgorithm({"algorithm": DIGEST}).dump()
_DATA, _SIGNED_DATA = (cms.ContentType(name).dump() for name in ("data", "signed_data"))
_MESSAGE_DIGEST: bytes = cms.CMSAttributeType("message_digest").dump()
_SIGNING_TIME: bytes = cms.CMSAttributeType("signing_time").dump()
_TIME_STAMP_TOKEN: bytes = cms.CMSAttributeType("signature_time_stamp_token").dump()
_SIGNED_ATTRIBUTES = _CERTIFICATES = 0xA0


def detached_signature(
    content_digest: bytes,
    key: SigningKey,
    signed_at: datetime | None,
    stamp: TokenMaker | None = None,
) -> bytes:
    """Sign content by its SHA-256 and return the DER form.

    ``signed_at`` is the claimed signing time. A PDF carries it in its signature dictionary and not here (ETSI
    EN 319 142-1 § 6.3), so it is ``None`` there. ``stamp`` makes a time-stamp token over the signature value, or
    ``None`` where no time is to be had; the signature is then B-B.
    """
    attributes = signed_attributes(content_digest, key.certificate, signed_at)
    signature = key.sign(attributes)
    token = stamp(signature) if stamp else None
    return signed_data((key.certificate, *key.chain), attributes, signature, token)


def signed_attributes(content_digest: bytes, certificate: x509.Certificate, signed_at: datetime | None) -> bytes:
    """What the signature is made over, in DER: content type, digest, signing certificate, algorithms, claimed time."""
    attributes = [*_constant_attributes(certificate), _attribute(_MESSAGE_DIGEST, core.OctetString(content_digest))]
    if signed_at is not None:
        attributes.append(_attribute(_SIGNING_TIME, _time(signed_at)))
    return der.set_of(*attributes)


@lru_cache(maxsize=16)
def _constant_attributes(certificate: x509.Certificate) -> tuple[bytes, ...]:
    """The attributes that are the same in every signature of a certificate; asn1crypto takes long to write them."""
    protection = cms.CMSAlgorithmProtection(
        {
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": DIGEST}),
            "signature_algorithm": algos.SignedDigestAlgorithm.load(_signature_algorithm(certificate)),
        }
    )
    signing_certificate = as_signing_certificate_v2(asn1_form(certificate))
    return (
        _attribute(cms.CMSAttributeType("content_type").dump(), cms.ContentType("data")),
        _attribute(cms.CMSAttributeType("signing_certificate_v2").dump(), signing_certificate),
        _attribute(cms.CMSAttributeType("cms_algorithm_protection").dump(), protection),
    )


def _attribute(kind: bytes, value: Any) -> bytes:
    return der.element(der.SEQUENCE, kind, der.set_of(value.dump()))


def signed_data(
    certificates: Sequence[x509.Certificate], attributes: bytes, signature: bytes, token: bytes | None = None
) -> bytes:
    """Put the parts into one ``ContentInfo``; the first certificate is the signer's, ``token`` its time stamp."""
    signer = certificates[0]
    signer_info = der.element(
        der.SEQUENCE,
        _VERSION_1,
        der.element(der.SEQUENCE, signer.issuer.public_bytes(), core.Integer(signer.serial_number).dump()),
        _DIGEST_ALGORITHM,
        der.retagged(_SIGNED_ATTRIBUTES, attributes),
        _signature_algorithm(signer),
        der.element(der.OCTET_STRING, signature),
        *([] if token is None else [der.context(1, der.element(der.SEQUENCE, _TIME_STAMP_TOKEN, der.set_of(token)))]),
    )
    content = der.element(
        der.SEQUENCE,
        _VERSION_1,
        der.set_of(_DIGEST_ALGORITHM),
        der.element(der.SEQUENCE, _DATA),
        der.retagged(_CERTIFICATES, der.set_of(*(one.public_bytes(Encoding.DER) for one in certificates))),
        der.set_of(signer_info),
    )
    return der.element(der.SEQUENCE, _SIGNED_DATA, der.context(0, content))


def _time(at: datetime) -> Any:
    """UTCTime through 2049, GeneralizedTime after (RFC 5652 § 11.3), in whole seconds."""
    instant = at.astimezone(UTC).replace(microsecond=0)
    return cms.Time({"utc_time" if instant.year <= _LAST_UTC_TIME_YEAR else "general_time": instant})


@lru_cache(maxsize=16)
def _signature_algorithm(certificate: x509.Certificate) -> bytes:
    """RSA states NULL parameters (RFC 4055 § 5), ECDSA none (RFC 5758 § 3.2)."""
    if isinstance(certificate.public_key(), RSAPublicKey):
        named = {"algorithm": f"{DIGEST}_rsa", "parameters": core.Null()}
    else:
        named = {"algorithm": f"{DIGEST}_ecdsa"}
    written: bytes = algos.SignedDigestAlgorithm(named).dump()
    return written
