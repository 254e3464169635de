"""From what was found in an examination to the verdict, and the words for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.signing.certificates import Standing, display_name, fingerprint
from service.signing.findings import Check, CheckOutcome, Verdict, Verification, failed, printable
from service.signing.signature_reading import GenuineSignature
from service.signing.trust_reading import NO_TRUSTED_TIME, Trust

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in something signed.

    ``integrity`` are the checks by which it is as it was signed or not, ``files`` those of its files one by one;
    ``signature`` and ``trust`` are missing where no signature is genuine. ``notes`` change no verdict.
    """

    integrity: Sequence[Check]
    signature: GenuineSignature | None
    trust: Trust | None
    files: Sequence[Check] = ()
    notes: Sequence[Check] = ()
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def intact(self) -> bool:
        """Whether nothing differs from what was signed."""
        return all(check.outcome is not CheckOutcome.FAIL for check in self.integrity)


def conclude(found: Examined, sentences: Mapping[Verdict, str], sound: str) -> Verification:
    """The verdict, said in ``sentences``; ``sound`` explains the one that it is signed."""
    signature, trust = found.signature, found.trust
    verdict = _verdict(found)
    checks = (*found.integrity, *(trust.checks if trust else ()), *found.notes)
    signer = printable(display_name(signature.certificate)) if signature else None
    return Verification(
        verdict=verdict,
        sentence=sentences[verdict].format(signer=signer),
        explanation=sound if verdict is Verdict.SIGNED else _explanation(checks, found.files),
        intact=found.intact,
        trusted=trust is not None and trust.holds,
        signer=signer,
        certificate_fingerprint=fingerprint(signature.certificate) if signature else None,
        signed_at=signature.signed_at if signature else None,
        stamped_at=trust.stamped_at if trust else None,
        time_basis=trust.time_basis if trust else NO_TRUSTED_TIME,
        trust_basis=trust.basis if trust else "nothing",
        checks=checks,
        files=tuple(found.files),
        failed_parts=tuple(dict.fromkeys(part for check in (*found.files, *checks) for part in check.parts)),
        claims={name: printable(claim) for name, claim in found.claims.items()} if found.intact else {},
    )


def nothing_signed(sentence: str, explanation: str, detail: str) -> Verification:
    """What is said of bytes in which there is nothing to examine."""
    return Verification(
        verdict=Verdict.NOT_A_BUNDLE,
        sentence=sentence,
        explanation=explanation,
        intact=False,
        trusted=False,
        signer=None,
        certificate_fingerprint=None,
        signed_at=None,
        stamped_at=None,
        time_basis=NO_TRUSTED_TIME,
        trust_basis="nothing",
        checks=(failed("It is a filing bundle", detail),),
        files=(),
        failed_parts=(),
        claims={},
    )


def named(paths: Sequence[str]) -> str:
    """The first ten, and how many more: an answer stays readable however much is wrong."""
    first, more = paths[:_MOST_NAMED], len(paths) - _MOST_NAMED
    return ", ".join(first) + (f" and {more} more" if more > 0 else "")


def _verdict(found: Examined) -> Verdict:
    if not found.intact or found.trust is None:
        return Verdict.DO_NOT_RELY
    if found.trust.path.standing is Standing.UNKNOWN:
        return Verdict.UNKNOWN_SIGNER
    return Verdict.SIGNED if found.trust.holds else Verdict.DO_NOT_RELY


def _explanation(checks: Sequence[Check], files: Sequence[Check]) -> str:
    wrong = [file for file in files if file.outcome is CheckOutcome.FAIL]
    if len(wrong) == 1:
        return f"{wrong[0].name}: {wrong[0].detail}"
    if wrong:
        return f"{len(wrong)} files are not as signed: {named([file.name for file in wrong])}."
    return " ".join(check.detail for check in checks if check.outcome is CheckOutcome.FAIL)
