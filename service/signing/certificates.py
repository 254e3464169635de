"""What is asked of a certificate: whom it names, what it may be used for, and whether it leads to a trusted root."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

TEST_ONLY_MARK = "TEST ONLY – UNTRUSTED"
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_FIT_PURPOSES = frozenset(
    {DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
)


class Standing(StrEnum):
    """Whether a certificate leads to a root that was given."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFinding:
    """How a certificate stands at a moment, and why.

    Where it is trusted, ``root`` is the anchor it leads to and ``used`` the certificates of the path without it.
    """

    standing: Standing
    reason: str
    root: x509.Certificate | None = None
    used: frozenset[x509.Certificate] = frozenset()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate's DER form, in lower-case hexadecimal."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def display_name(certificate: x509.Certificate) -> str:
    """The common name, else the organization, else the whole subject (RFC 4514)."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if attributes := certificate.subject.get_attributes_for_oid(oid):
            return str(attributes[0].value)
    return certificate.subject.rfc4514_string()


def is_self_issued(certificate: x509.Certificate) -> bool:
    """Whether subject and issuer are one, as for a root."""
    return certificate.subject == certificate.issuer


@lru_cache(maxsize=256)
def asn1_form(certificate: x509.Certificate) -> Any:
    """The same certificate for pyHanko, which reads asn1crypto's form."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def usage_faults(certificate: x509.Certificate) -> tuple[str, ...]:
    """Why a certificate may not sign documents; empty when it may.

    Key usage must allow signatures (RFC 5280 § 4.2.1.3); extended usage must name document signing (RFC 9336) or
    e-mail protection; a certificate authority does not sign documents.
    """
    faults = []
    if not _may_sign(certificate):
        faults.append("its key usage allows neither digital signatures nor non-repudiation")
    if not _purposes(certificate) & _FIT_PURPOSES:
        faults.append("its extended key usage names neither document signing nor e-mail protection")
    if _is_authority(certificate):
        faults.append("it is the certificate of an authority, not of a signer")
    return tuple(faults)


def validity_fault(certificate: x509.Certificate, at: datetime) -> str | None:
    """Why a certificate is not in force at a moment, or ``None``."""
    if at < certificate.not_valid_before_utc:
        return f"it is not valid before {certificate.not_valid_before_utc:%Y-%m-%d %H:%M} UTC"
    if at > certificate.not_valid_after_utc:
        return f"it expired on {certificate.not_valid_after_utc:%Y-%m-%d %H:%M} UTC"
    return None


def trace_path(
    certificate: x509.Certificate,
    intermediates: Iterable[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> PathFinding:
    """Follow the chain to one of ``roots`` as it stood ``at`` that moment (RFC 5280 § 6); nothing is fetched.

    ``intermediates`` only help to build the path. They are never anchors, even when self-signed. Blocks the caller for
    some milliseconds; the validator's coroutines run in a thread of their own, so that a caller's event loop is no
    hindrance.
    """
    if not roots:
        return PathFinding(standing=Standing.UNKNOWN, reason="no trusted root was given")
    context = ValidationContext(
        trust_roots=[asn1_form(root) for root in roots],
        other_certs=[asn1_form(other) for other in intermediates],
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validator = CertificateValidator(asn1_form(certificate), validation_context=context)
    try:
        with ThreadPoolExecutor(1) as thread:
            path = thread.submit(asyncio.run, validator.async_validate_path()).result()
    except PathBuildingError:
        return PathFinding(standing=Standing.UNKNOWN, reason="it does not lead to a trusted root")
    except (ValidationError, ValueError) as fault:
        return PathFinding(standing=Standing.FAULTY, reason=_first_sentence(fault))
    root = next(root for root in roots if CertTrustAnchor(asn1_form(root)) == path.trust_anchor)
    used = frozenset(x509.load_der_x509_certificate(one.dump()) for one in path.iter_certs(include_root=False))
    return PathFinding(standing=Standing.TRUSTED, reason=f"it leads to {display_name(root)}", root=root, used=used)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment


def _purposes(certificate: x509.Certificate) -> frozenset[x509.ObjectIdentifier]:
    try:
        return frozenset(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return frozenset()


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _first_sentence(fault: Exception) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__
