"""Sealing the files of one bundle as well as can be had at that moment, and saying how well that was.

A filing never fails for want of a trusted time: when the time-stamp authority does not answer, the level is lower and
the statement says why. It is then asked again for the next bundle, not for the next file of this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from service.errors import KeyRefused
from service.signing.asic import build_container
from service.signing.asking import Patience
from service.signing.cades import TokenMaker
from service.signing.keys import SigningKey
from service.signing.levels import OWN_CLOCK, SealLevel, SealStatement, by_clock_of
from service.signing.pdf_longevity import with_document_time_stamp, with_evidence
from service.signing.pdf_seal import seal_pdf
from service.signing.revocation import CertificateRevoked, ChainEvidence, RevocationUnknown
from service.signing.status_inquiry import StatusInquiry
from service.signing.timestamping import StampedTime, TimeStampAuthority, TimeStampUnavailable

_NO_AUTHORITY = "is not configured"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingPolicy:
    """How well bundles are to be sealed.

    ``authority`` is needed above B-B; above B-T ``lists``, the directory of revocation lists, or ``ocsp_deadline_s``,
    the seconds that a bundle may wait for OCSP responders, or both. A key that either withdraws signs nothing at any
    level.
    """

    level: SealLevel = SealLevel.B_B
    authority: TimeStampAuthority | None = None
    lists: Path | None = None
    ocsp_deadline_s: float | None = None


def revocation_notice(key: SigningKey, policy: SealingPolicy, at: datetime) -> str | None:
    """Why B-LT could not be had with this key ``at`` that time, where lists or responders are configured.

    Raises:
        KeyRefused: the key's certificate, or one of its issuers, was revoked.
    """
    inquiry = StatusInquiry(policy.lists, policy.ocsp_deadline_s)
    evidence = _key_evidence(key, inquiry, at)
    return (
        f"B-LT is out of reach: {evidence}." if inquiry.configured and isinstance(evidence, RevocationUnknown) else None
    )


class Sealer:
    """Seals the documents and containers of one bundle with one key, under one claimed time."""

    def __init__(self, key: SigningKey, at: datetime, policy: SealingPolicy) -> None:
        """Open for one bundle.

        Raises:
            KeyRefused: the key's certificate, or one of its issuers, was revoked.
        """
        self._key = key
        self._at = at
        self._policy = policy
        self._outage: str | None = None
        self._patience = Patience(policy.authority.deadline_s if policy.authority else 0.0)
        self._inquiry = StatusInquiry(policy.lists, policy.ocsp_deadline_s)
        self._key_evidence = _key_evidence(key, self._inquiry, at)
        self._authority_evidence: dict[x509.Certificate, ChainEvidence | RevocationUnknown] = {}

    def document(self, pdf: bytes) -> tuple[bytes, SealStatement]:
        """Seal a PDF inside: certified at DocMDP level 2, then as much of the level asked for as can be had.

        Raises:
            ValueError: the PDF is signed already.
        """
        stamps: list[StampedTime] = []
        sealed = seal_pdf(pdf, self._key, self._at, self._token_maker(stamps))
        if not stamps:
            return sealed, self._untimed()
        if self._policy.level is SealLevel.B_T:
            return sealed, self._timed(SealLevel.B_T, stamps[0])
        return self._lasting(sealed, stamps[0])

    def container(self, files: Mapping[str, bytes]) -> tuple[bytes, SealStatement]:
        """Put files into a signed container: B-T where time is to be had, which is the most that is made of it.

        Raises:
            ValueError: a path is not one that a container can hold.
        """
        stamps: list[StampedTime] = []
        container = build_container(files, self._key, self._at, self._token_maker(stamps))
        return container, self._timed(SealLevel.B_T, stamps[0]) if stamps else self._untimed()

    def _lasting(self, sealed: bytes, stamped: StampedTime) -> tuple[bytes, SealStatement]:
        try:
            sealed = with_evidence(sealed, self._evidence(stamped))
        except RevocationUnknown as reason:
            return sealed, self._timed(SealLevel.B_T, stamped, str(reason))
        if self._policy.level is SealLevel.B_LT:
            return sealed, self._timed(SealLevel.B_LT, stamped)
        try:
            sealed = with_document_time_stamp(sealed, lambda content: self._stamp(content).token)
        except TimeStampUnavailable as reason:
            return sealed, self._timed(SealLevel.B_LT, stamped, _of_authority(reason))
        return sealed, self._timed(SealLevel.B_LTA, stamped)

    def _token_maker(self, stamps: list[StampedTime]) -> TokenMaker | None:
        """Makes tokens while the authority answers and keeps what it got in ``stamps``; none are made for B-B."""
        if self._policy.level is SealLevel.B_B:
            return None

        def token(content: bytes) -> bytes | None:
            try:
                stamps.append(self._stamp(content))
            except TimeStampUnavailable:
                return None
            return stamps[-1].token

        return token

    def _stamp(self, content: bytes) -> StampedTime:
        if self._outage is not None:
            raise TimeStampUnavailable(self._outage)
        try:
            return self._asked(content)
        except TimeStampUnavailable as reason:
            self._outage = str(reason)
            raise

    def _asked(self, content: bytes) -> StampedTime:
        if self._policy.authority is None:
            raise TimeStampUnavailable(_NO_AUTHORITY)
        authority = self._policy.authority
        stamped = self._patience.spend(lambda left_s: authority.stamp(content, left_s))
        if stamped.certificate not in self._authority_evidence:
            try:
                evidence = _sought(self._inquiry, stamped.certificate, stamped.chain, authority.roots, stamped.at)
            except CertificateRevoked as reason:
                raise TimeStampUnavailable(f"cannot be relied on: {reason}") from reason
            self._authority_evidence[stamped.certificate] = evidence
        return stamped

    def _evidence(self, stamped: StampedTime) -> tuple[ChainEvidence, ChainEvidence]:
        return _had(self._key_evidence), _had(self._authority_evidence[stamped.certificate])

    def _untimed(self) -> SealStatement:
        if self._outage is None:
            return SealStatement(level=SealLevel.B_B, time=OWN_CLOCK)
        why = _of_authority(self._outage)
        return SealStatement(level=SealLevel.B_B, time=f"no trusted time: {why}", shortfall=self._shortfall(why))

    def _timed(self, level: SealLevel, stamped: StampedTime, why: str | None = None) -> SealStatement:
        return SealStatement(
            level=level,
            time=by_clock_of(stamped.authority, stamped.at),
            shortfall=None if why is None else self._shortfall(why),
        )

    def _shortfall(self, why: str) -> str:
        return f"{self._policy.level} was asked for: {why}"


def _key_evidence(key: SigningKey, inquiry: StatusInquiry, at: datetime) -> ChainEvidence | RevocationUnknown:
    try:
        return _sought(inquiry, key.certificate, key.chain, key.roots, at)
    except CertificateRevoked as reason:
        raise KeyRefused(f"The signing key cannot be used: {reason}.") from reason


def _sought(
    inquiry: StatusInquiry,
    certificate: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    roots: tuple[x509.Certificate, ...],
    at: datetime,
) -> ChainEvidence | RevocationUnknown:
    """The evidence, or why there is none, which is said where it is needed."""
    try:
        return inquiry.evidence(certificate, chain, roots, at)
    except RevocationUnknown as reason:
        return reason


def _had(evidence: ChainEvidence | RevocationUnknown) -> ChainEvidence:
    if isinstance(evidence, RevocationUnknown):
        raise evidence
    return evidence


def _of_authority(reason: object) -> str:
    return f"the time-stamp authority {reason}"
