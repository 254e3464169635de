"""Giving what was sealed earlier a fresh time stamp, before the certificate of its last one runs out.

Whoever keeps bundles for longer than a time-stamp authority's certificate does this every few years. What was signed
stays as it is, byte for byte; the new stamp covers all of it, earlier stamps included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader

from service.errors import BundleRefused
from service.signing.archive_stamps import stamped_again
from service.signing.asking import Patience
from service.signing.certificates import Standing, trace_path
from service.signing.container_reading import BundleLimits, read_container
from service.signing.pdf_longevity import with_document_time_stamp, with_evidence
from service.signing.revocation import CertificateRevoked, ChainEvidence, RevocationUnknown
from service.signing.seal_reading import SealFault, read_seal
from service.signing.sealer import SealingPolicy
from service.signing.status_inquiry import StatusInquiry
from service.signing.timestamping import StampedTime, TimeStampAuthority, TimeStampUnavailable
from service.signing.verification import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Restamped:
    """The file with its fresh stamp, when it was made, by whose clock, and until when that proves itself."""

    content: bytes
    at: datetime
    authority: str
    until: datetime


class _Stamper:
    """One stamp by the authority of a policy, its certificate looked up first where lists or responders are had."""

    def __init__(self, policy: SealingPolicy) -> None:
        if policy.authority is None:
            raise TimeStampUnavailable("is not configured")
        self._authority: TimeStampAuthority = policy.authority
        self._patience = Patience(policy.authority.deadline_s)
        self._inquiry = StatusInquiry(policy.lists, policy.ocsp_deadline_s)
        self.evidence: ChainEvidence | None = None
        self.stamped: StampedTime | None = None

    def token(self, content: bytes) -> bytes:
        stamped = self._patience.spend(lambda left_s: self._authority.stamp(content, left_s))
        try:
            chain, roots = stamped.chain, self._authority.roots
            self.evidence = self._inquiry.evidence(stamped.certificate, chain, roots, stamped.at)
        except CertificateRevoked as reason:
            raise TimeStampUnavailable(f"cannot be relied on: {reason}") from reason
        except RevocationUnknown:
            self.evidence = None
        self.stamped = stamped
        return stamped.token

    def made(self, content: bytes) -> Restamped:
        if self.stamped is None:
            raise TimeStampUnavailable("was not asked")
        until = self.stamped.certificate.not_valid_after_utc
        return Restamped(content=content, at=self.stamped.at, authority=self.stamped.authority, until=until)


def restamp_bundle(
    bundle: bytes,
    roots: Sequence[x509.Certificate],
    time_roots: Sequence[x509.Certificate],
    policy: SealingPolicy,
) -> Restamped:
    """Put an archive manifest with a fresh time stamp behind a bundle that holds.

    Raises:
        BundleRefused: the bundle does not verify by these roots, so a stamp over it would lend it a standing it lacks.
        TimeStampUnavailable: the authority of the policy made no stamp.
    """
    found = verify(bundle, roots, time_roots=time_roots)
    contents = read_container(bundle, BundleLimits())
    if not (found.intact and found.trusted) or contents is None:
        raise BundleRefused(f"Only a bundle that verifies is stamped again: {found.explanation}")
    stamper = _Stamper(policy)
    return stamper.made(stamped_again(contents.entries, stamper.token))


def restamp_pdf(pdf: bytes, roots: Sequence[x509.Certificate], policy: SealingPolicy) -> Restamped:
    """Append to a sealed PDF, taken out of its bundle, the evidence that can be had now and a fresh time stamp.

    Raises:
        BundleRefused: its seal does not hold by these roots, or it was signed by others since.
        TimeStampUnavailable: the authority of the policy made no stamp.
    """
    _require_seal(pdf, roots)
    stamper = _Stamper(policy)
    stamper.token(pdf)  # shows whose clock answers, so that the evidence about it stands under its own stamp
    if stamper.evidence is not None:
        pdf = with_evidence(pdf, [stamper.evidence])
    return stamper.made(with_document_time_stamp(pdf, stamper.token))


def _require_seal(pdf: bytes, roots: Sequence[x509.Certificate]) -> None:
    try:
        seal = next(iter(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures))
        signer = x509.load_der_x509_certificate(seal.signer_cert.dump())
        others = [x509.load_der_x509_certificate(one.dump()) for one in seal.other_embedded_certs]
        stated = seal.self_reported_timestamp
        read_seal(pdf, signer)
    except SealFault as fault:
        raise BundleRefused(f"Only a sealed PDF that holds is stamped again: {fault}.") from fault
    except Exception as fault:  # as in read_seal: a hostile PDF makes its reader raise anything
        raise BundleRefused(f"The PDF carries no seal that can be read ({type(fault).__name__}).") from fault
    if stated is None or trace_path(signer, others, roots, stated).standing is not Standing.TRUSTED:
        raise BundleRefused("Only a PDF sealed by somebody we know is stamped again: its signer is not trusted.")
