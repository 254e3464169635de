"""What a check of a bundle found, in words a clerk can act on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_LONGEST_NAME, _LONGEST_DETAIL = 120, 1000


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
    """One thing that was looked at: a property of the bundle, or one of its files by its path.

    ``parts`` are what a failed check blames: paths, and ``container`` for what belongs to no file.
    """

    name: str
    outcome: CheckOutcome
    detail: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether a bundle, or a PDF taken out of one, can be relied on, and on what grounds.

    ``intact``: not one byte differs from what was signed. ``trusted``: the signature leads to a root that the verifier
    was given, by a certificate fit to sign then. ``signed_at`` is the time the signer claims; ``stamped_at`` the time
    by which a trusted time-stamp authority had seen the signature, and ``time_basis`` whose clock vouches.
    ``failed_parts`` names every file and structural part that is not as it must be, and no other. ``claims`` is what
    the signed manifest says of the filing, empty unless intact.
    """

    verdict: Verdict
    sentence: str
    explanation: str
    intact: bool
    trusted: bool
    signer: str | None
    certificate_fingerprint: str | None
    signed_at: datetime | None
    stamped_at: datetime | None
    time_basis: str
    trust_basis: str
    checks: tuple[Check, ...]
    files: tuple[Check, ...]
    failed_parts: tuple[str, ...]
    claims: Mapping[str, str]


def printable(text: str, longest: int = _LONGEST_DETAIL) -> str:
    """Text from a bundle, fit to be shown: no control characters that could steer a terminal, and not endless."""
    clean = "".join(character if character.isprintable() else "�" for character in text[: longest + 1])
    return clean if len(clean) <= longest else f"{clean[:longest]}…"


def passed(name: str, detail: str) -> Check:
    """A check that holds."""
    return _check(name, CheckOutcome.PASS, detail)


def failed(name: str, detail: str, parts: Iterable[str] = ()) -> Check:
    """A check that does not hold, and the parts it blames."""
    return _check(name, CheckOutcome.FAIL, detail, parts)


def note(name: str, detail: str) -> Check:
    """Something the reader should know."""
    return _check(name, CheckOutcome.NOTE, detail)


def _check(name: str, outcome: CheckOutcome, detail: str, parts: Iterable[str] = ()) -> Check:
    blamed = tuple(printable(part, _LONGEST_NAME) for part in parts)
    return Check(name=printable(name, _LONGEST_NAME), outcome=outcome, detail=printable(detail), parts=blamed)
