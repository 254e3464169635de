"""Checking a PDF that was taken out of its bundle: its seal, and what clerk, judge and time have added since.

Its seal was made over all that was there then. Where the signatures lie in the file is read as the verifier in one file
reads it, so that both find the same; whether the additions change what was sealed is examined here alone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from cryptography import x509

from service.signing.certificates import Standing, display_name
from service.signing.conclusions import Examined, conclude, nothing_signed
from service.signing.findings import Check, Verdict, Verification, failed, note, passed
from service.signing.seal_reading import SealFault, require_limits
from service.signing.signature_reading import UNREADABLE, GenuineSignature, SignatureFault, read_signature
from service.signing.stamp_checks import lasting, stamp_on
from service.signing.time_reading import TimeStamp, TimeStampFault, read_time_stamp
from service.signing.trust_reading import Trust, read_trust
from service.signing.verify_bundle import DATA, Fault, SignedPart, read_signed, signed_parts

PAPER = "the PDF"
_SENTENCES = {
    Verdict.SIGNED: "Intact as far as its seal covers it, and signed by {signer}",
    Verdict.UNKNOWN_SIGNER: "Intact as far as its seal covers it, but we do not know this signer",
    Verdict.DO_NOT_RELY: "Do not rely on this PDF",
}
_GENUINE = "The seal is genuine"
_SOUND = "All that its seal covers is exactly as it was when sealed."


def verify_paper(
    pdf: bytes, roots: Sequence[x509.Certificate], time_roots: Sequence[x509.Certificate] = ()
) -> Verification:
    """Check a PDF by itself: ``roots`` are trusted as sealers, ``time_roots`` as time-stamp authorities.

    That clerk or judge have filled and signed it since is no fault; whose their signatures are is not examined.
    """
    if b"/ByteRange" not in pdf:
        words = "This PDF carries no seal, so nothing can be said of it by itself. Send the bundle that it came in."
        return nothing_signed("Not a filing bundle", words, "The file is a PDF without a seal.")
    try:
        seal, *later = signed_parts(pdf)
        genuine = read_signature(seal.signature, hashlib.sha256(seal.covered).digest())
    except (Fault, SignatureFault) as fault:
        return _conclude([_genuine(f"{PAPER}: {fault}.")])
    except UNREADABLE:
        return _conclude([_genuine(f"{PAPER}: its seal cannot be read.")])
    if seal.claimed is None:
        return _conclude([_genuine(f"{PAPER}: it does not say when it was sealed.")])
    signature = replace(genuine, signed_at=seal.claimed)
    stamp, stamp_checks = stamp_on(signature, PAPER, time_roots)
    trust = read_trust(signature, seal.claimed, stamp, roots)
    stamps, additions = _additions(pdf, seal, later)
    words = f"It was made with the key of {display_name(signature.certificate)}, over all that was there then."
    integrity = [passed(_GENUINE, words), *stamp_checks, additions, _limits(pdf, trust)]
    return _conclude(integrity, signature, trust, lasting([one for one in (stamp, *stamps) if one]))


def _genuine(fault: str) -> Check:
    return failed(_GENUINE, fault, [PAPER])


def _conclude(
    integrity: Sequence[Check],
    signature: GenuineSignature | None = None,
    trust: Trust | None = None,
    notes: Sequence[Check] = (),
) -> Verification:
    found = Examined(integrity=integrity, signature=signature, trust=trust, notes=notes)
    return conclude(found, _SENTENCES, _SOUND)


def _additions(pdf: bytes, seal: SignedPart, later: Sequence[SignedPart]) -> tuple[list[TimeStamp], Check]:
    """What follows the seal, each signature and time stamp over all before it; the seal covers none of it."""
    name = "What follows the seal"
    rest = pdf[seal.end :]
    if not rest.strip():
        return [], passed(name, "Nothing: the file ends with it.")
    if not rest.rstrip().endswith(b"%%EOF"):
        return [], failed(name, f"{PAPER}: something that is no revision was put behind its seal.", [PAPER])
    stamps: list[TimeStamp] = []
    try:
        said = [_stamped(one, stamps) if one.is_stamp else _signed(one) for one in later]
    except (Fault, TimeStampFault) as fault:
        return stamps, failed(name, f"{PAPER}: a signature or time stamp after its seal: {fault}.", [PAPER])
    except UNREADABLE:
        return stamps, failed(name, f"{PAPER}: a signature after its seal cannot be read.", [PAPER])
    uncovered = pdf[later[-1].end if later else seal.end :]
    said += [f"{len(uncovered)} bytes that no signature or time stamp covers"] if uncovered.strip() else []
    return stamps, note(name, f"{rest.count(b'%%EOF')} revisions, not covered by it: {'; '.join(said)}.")


def _signed(part: SignedPart) -> str:
    """By the reader of the one file: clerks and judges sign with programs of their own, not in the form of ours."""
    signer = display_name(read_signed(part.signature, DATA, part.covered).signer)
    return f"a signature with the key of {signer}, over all before it, and whose that is was not examined"


def _stamped(part: SignedPart, stamps: list[TimeStamp]) -> str:
    stamp = read_time_stamp(part.signature, part.covered, ())
    stamps.append(stamp)
    return f"a time stamp over all before it, {stamp.at:%Y-%m-%d %H:%M:%S} UTC by the clock of {stamp.authority}"


def _limits(pdf: bytes, trust: Trust) -> Check:
    """As in a bundle, a PDF is read this deeply only when somebody we know sealed it."""
    name = "The pages are as they were sealed"
    if trust.path.standing is not Standing.TRUSTED:
        return note(name, "Not examined, because we do not know the signer.")
    try:
        require_limits(pdf)
    except SealFault as fault:
        return failed(name, f"{PAPER}: {fault}.", [PAPER])
    return passed(name, "Form fields may be filled and signatures added; nothing else was changed since.")
