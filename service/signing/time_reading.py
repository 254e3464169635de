"""Checking a time stamp (RFC 3161): what it was made over, when, by whose clock, and whether that clock is trusted."""

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms
from cryptography import x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from service.signing.certificates import asn1_form, display_name
from service.signing.signature_reading import UNREADABLE

_DIGESTS = frozenset({"sha256", "sha384", "sha512"})


class TimeStampFault(Exception):
    """The time stamp does not hold; the message says why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A genuine time stamp: the moment, the authority that names it, and the root given that it leads to, if any.

    ``until`` is when the authority's certificate runs out: from then on the stamp no longer proves itself.
    """

    at: datetime
    until: datetime
    authority: str
    root: x509.Certificate | None


def read_time_stamp(token: bytes, stamped: bytes, roots: Sequence[x509.Certificate]) -> TimeStamp:
    """Check a time-stamp token over ``stamped``; its chain is followed to ``roots`` as it stood at its own time.

    Nothing is fetched, and a certificate in the token is never an anchor. The authority's certificate must be for time
    stamping (RFC 3161 § 2.3). Blocks the caller for some milliseconds.

    Raises:
        TimeStampFault: it is no time stamp, belongs to something else, or is not genuine.
    """
    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        _require_form(signed)
        at: datetime = signed["encap_content_info"]["content"].parsed["gen_time"].native
        status = _status(signed, stamped, roots, at)
    except UNREADABLE as reason:
        raise TimeStampFault("it is damaged and cannot be read") from reason
    except SignatureValidationError as reason:
        raise TimeStampFault("it was not made as a time stamp is") from reason
    if not (status.intact and status.valid):
        raise TimeStampFault("it belongs to something else, or was changed")
    authority = x509.load_der_x509_certificate(status.signing_cert.dump())
    return TimeStamp(
        at=at, until=authority.not_valid_after_utc, authority=display_name(authority), root=_root(status, roots)
    )


def _require_form(signed: Any) -> None:
    """What a token states outside its signature is what RFC 3161 § 2.4.2 has there: nothing else vouches for it."""
    (signer,) = signed["signer_infos"]
    digests = [one.native for one in signed["digest_algorithms"]]
    fixed = (signed["version"].native, signer["version"].native, signed["crls"].native, signer["unsigned_attrs"].native)
    if fixed != ("v3", "v1", None, None) or digests != [signer["digest_algorithm"].native]:
        raise ValueError("not the form of a time stamp")


def _status(signed: Any, stamped: bytes, roots: Sequence[x509.Certificate], at: datetime) -> TimestampSignatureStatus:
    context = ValidationContext(
        trust_roots=[asn1_form(root) for root in roots],
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )

    def imprint(algorithm: str) -> bytes:
        if algorithm not in _DIGESTS:
            raise ValueError(algorithm)
        return hashlib.new(algorithm, stamped).digest()

    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(asyncio.run, validate_tst_signed_data(signed, context, imprint)).result()
    return TimestampSignatureStatus(**found)


def _root(status: TimestampSignatureStatus, roots: Sequence[x509.Certificate]) -> x509.Certificate | None:
    if not status.trusted or status.validation_path is None:
        return None
    anchor = status.validation_path.first.dump()
    return next((root for root in roots if asn1_form(root).dump() == anchor), None)
