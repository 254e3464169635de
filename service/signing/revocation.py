"""Has a certificate been withdrawn, and how will that be shown when its issuer is gone?

By revocation lists, which whoever looks after the installation lays into a directory (``*.crl``, DER or PEM) and which
are read again for every bundle, since they are replaced while the service runs; and by what OCSP responders answered.
"""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathBuildingError, RevokedError, ValidationError

from service.signing.certificates import asn1_form, display_name
from service.signing.ocsp import StatusAnswer

_PEM_START = b"-----BEGIN"
_CLOCKS_MAY_DIFFER = timedelta(minutes=5)


class RevocationUnknown(Exception):
    """Whether a certificate was withdrawn cannot be shown; the message says why, in words."""


class CertificateRevoked(Exception):
    """A certificate, or one of its issuers, was withdrawn; the message says whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEvidence:
    """By what a certificate can be checked without its issuers: its whole path, root included, lists and answers."""

    certificates: tuple[x509.Certificate, ...]
    lists: tuple[x509.CertificateRevocationList, ...]
    answers: tuple[StatusAnswer, ...] = ()


def read_lists(directory: Path) -> tuple[x509.CertificateRevocationList, ...]:
    """Every list in ``directory``, in order of file names.

    Raises:
        RevocationUnknown: the directory or a list in it cannot be read; each such file is named.
    """
    if not directory.is_dir():
        raise RevocationUnknown(f"{directory.name} is no directory of revocation lists")
    lists: list[x509.CertificateRevocationList] = []
    wrong: list[str] = []
    for path in sorted(directory.glob("*.crl")):
        try:
            lists.append(_read(path.read_bytes()))
        except (OSError, ValueError):
            wrong.append(path.name)
    if wrong:
        raise RevocationUnknown(f"no certificate revocation list: {', '.join(wrong)}")
    return tuple(lists)


def chain_evidence(
    certificate: x509.Certificate,
    intermediates: Iterable[x509.Certificate],
    roots: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    at: datetime,
    answers: Sequence[StatusAnswer] = (),
) -> ChainEvidence:
    """Show from ``lists`` and ``answers`` that no certificate of the path was withdrawn ``at`` that time.

    RFC 5280 § 6.3 and RFC 6960 § 3.2; an answer is made when it is asked for, so five minutes are allowed between
    its clock and ours.

    Raises:
        RevocationUnknown: nothing in force covers a certificate of the path, or the path does not hold.
        CertificateRevoked: a certificate of the path was withdrawn.
    """
    context = ValidationContext(
        trust_roots=[asn1_form(root) for root in roots],
        other_certs=[asn1_form(other) for other in intermediates],
        crls=[one.public_bytes(Encoding.DER) for one in lists],
        ocsps=[answer.encoded for answer in answers],
        moment=at,
        allow_fetching=False,
        revocation_mode="require",
        time_tolerance=_CLOCKS_MAY_DIFFER,
    )
    try:
        certificates = _path(certificate, context)
    except RevokedError as reason:
        raise CertificateRevoked(whose(certificate)) from reason
    except InsufficientRevinfoError as reason:
        raise RevocationUnknown(f"no revocation list in force covers {display_name(certificate)}") from reason
    except (PathBuildingError, ValidationError, ValueError) as reason:
        raise RevocationUnknown(f"the chain of {display_name(certificate)} does not hold") from reason
    issuers = {one.issuer for one in certificates}
    used = tuple(one for one in lists if one.issuer in issuers)
    return ChainEvidence(certificates=certificates, lists=used, answers=tuple(answers))


def _path(certificate: x509.Certificate, context: ValidationContext) -> tuple[x509.Certificate, ...]:
    """The way to a root, root included; validated in a thread of its own, for an event loop may run in this one."""
    validator = CertificateValidator(asn1_form(certificate), validation_context=context)
    with ThreadPoolExecutor(1) as thread:
        path = thread.submit(asyncio.run, validator.async_validate_path()).result()
    return tuple(x509.load_der_x509_certificate(one.dump()) for one in path.iter_certs(include_root=True))


def whose(certificate: x509.Certificate) -> str:
    """That a certificate or an issuer of it was withdrawn, in words."""
    return f"the certificate of {display_name(certificate)} or of its issuer was revoked"


def _read(content: bytes) -> x509.CertificateRevocationList:
    return x509.load_pem_x509_crl(content) if content.startswith(_PEM_START) else x509.load_der_x509_crl(content)
