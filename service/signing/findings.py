"""What a check of a bundle found, in words a clerk can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CheckOutcome(StrEnum):
    """A note neither proves nor disproves anything, but the reader should know it."""

    PASS = "pass"  # noqa: S105  # an outcome, not a password
    FAIL = "fail"
    NOTE = "note"


class Verdict(StrEnum):
    """The four things that can be said of a file."""

    SIGNED = "signed"
    UNKNOWN_SIGNER = "unknown_signer"
    DO_NOT_RELY = "do_not_rely"
    NOT_A_BUNDLE = "not_a_bundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at: a property of the bundle, or one of its files by its path."""

    name: str
    outcome: CheckOutcome
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether a bundle can be relied on, and on what grounds.

    ``intact``: not one byte differs from what was signed. ``trusted``: the signature leads to a root that the verifier
    was given, by a certificate fit to sign then. ``signed_at`` is the time the signer claims; no authority confirms
    it. ``claims`` is what the signed manifest says of the filing, empty unless intact.
    """

    verdict: Verdict
    sentence: str
    explanation: str
    intact: bool
    trusted: bool
    signer: str | None
    certificate_fingerprint: str | None
    signed_at: datetime | None
    trust_basis: str
    checks: tuple[Check, ...]
    files: tuple[Check, ...]
    claims: Mapping[str, str]


def passed(name: str, detail: str) -> Check:
    """A check that holds."""
    return Check(name=name, outcome=CheckOutcome.PASS, detail=detail)


def failed(name: str, detail: str) -> Check:
    """A check that does not hold."""
    return Check(name=name, outcome=CheckOutcome.FAIL, detail=detail)


def note(name: str, detail: str) -> Check:
    """Something the reader should know."""
    return Check(name=name, outcome=CheckOutcome.NOTE, detail=detail)
