"""Whom a genuine signature comes from, when by whose clock, and what the trust in it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509

from service.signing.certificates import (
    TEST_ONLY_MARK,
    PathFinding,
    Standing,
    display_name,
    fingerprint,
    trace_path,
    usage_faults,
    validity_fault,
)
from service.signing.findings import Check, CheckOutcome, failed, note, passed
from service.signing.signature_reading import GenuineSignature
from service.signing.time_reading import TimeStamp

NO_TRUSTED_TIME = "no trusted time"
_CLOCKS_MAY_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How the signer's certificate stands at the moment that counts: the stamped one where its authority is trusted."""

    path: PathFinding
    checks: tuple[Check, ...]
    stamped_at: datetime | None
    time_basis: str

    @property
    def holds(self) -> bool:
        """Whether the signer is known and was fit to sign."""
        return all(check.outcome is not CheckOutcome.FAIL for check in self.checks)

    @property
    def basis(self) -> str:
        """The root that the trust rests on, or nothing."""
        if self.path.root is None:
            return "nothing"
        return f"root certificate {display_name(self.path.root)}, SHA-256 {fingerprint(self.path.root)}"


def read_trust(
    signature: GenuineSignature, claimed: datetime, stamp: TimeStamp | None, roots: Sequence[x509.Certificate]
) -> Trust:
    """Follow the signer's chain to ``roots``, as it stood when the signature was made."""
    trusted_stamp = stamp if stamp and stamp.root else None
    at = trusted_stamp.at if trusted_stamp else claimed
    path = trace_path(signature.certificate, signature.intermediates, roots, at)
    checks = [
        _signer_check(path, signature),
        _certificate_check(signature.certificate, at, "stamped" if trusted_stamp else "claimed"),
        *_time_checks(claimed, stamp),
        note("Revocation was not asked", "Whether the certificate was withdrawn is not part of this check."),
    ]
    if TEST_ONLY_MARK in display_name(signature.certificate):
        checks.append(note("This is a test signature", "The certificate says TEST ONLY; no court can rely on it."))
    return Trust(
        path=path,
        checks=tuple(checks),
        stamped_at=trusted_stamp.at if trusted_stamp else None,
        time_basis=f"time stamp of {trusted_stamp.authority}" if trusted_stamp else NO_TRUSTED_TIME,
    )


def _signer_check(path: PathFinding, signature: GenuineSignature) -> Check:
    name = "We know the signer"
    if path.standing is not Standing.TRUSTED:
        return failed(name, f"The certificate of the signer: {path.reason}.")
    if set(signature.intermediates) - path.used:
        return failed(name, "The signature carries certificates that do not belong to its chain.")
    return passed(name, f"The certificate of the signer: {path.reason}.")


def _certificate_check(certificate: x509.Certificate, at: datetime, time: str) -> Check:
    name = "The certificate was fit to sign"
    faults = [*usage_faults(certificate), *filter(None, [validity_fault(certificate, at)])]
    if faults:
        return failed(name, "The certificate of the signer: " + "; ".join(faults) + ".")
    return passed(name, f"It was in force at the {time} time and may sign documents.")


def _time_checks(claimed: datetime, stamp: TimeStamp | None) -> list[Check]:
    if stamp is None:
        return [note("The time is claimed", f"{_moment(claimed)} by the signer's clock; no trusted time confirms it.")]
    if stamp.root is None:
        words = f"{_moment(claimed)} by the signer's clock. {stamp.authority} stamped it {_moment(stamp.at)}, but leads"
        return [note("The time is claimed", f"{words} to no time-stamp root that was given.")]
    words = f"It was signed before {_moment(stamp.at)} by the clock of {stamp.authority}, which leads to"
    checks = [passed("The time is confirmed", f"{words} {display_name(stamp.root)}.")]
    if claimed > stamp.at + _CLOCKS_MAY_DIFFER:
        words = f"It claims {_moment(claimed)}, after the time stamp. Go by the time stamp."
        checks.append(note("The signer's clock was wrong", words))
    return checks


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
