"""What is said of time stamps: that on a signature, and for how long the newest proves itself."""

from collections.abc import Sequence
from itertools import pairwise

from cryptography import x509

from service.signing.findings import Check, failed, note, passed
from service.signing.signature_reading import GenuineSignature
from service.signing.time_reading import TimeStamp, TimeStampFault, read_time_stamp


def stamp_on(
    signature: GenuineSignature | None, part: str, time_roots: Sequence[x509.Certificate]
) -> tuple[TimeStamp | None, tuple[Check, ...]]:
    """The time stamp on a signature that lies in that part, and the check of it; nothing where there is none."""
    if signature is None or signature.time_stamp is None:
        return None, ()
    name = "The time stamp is genuine"
    try:
        stamp = read_time_stamp(signature.time_stamp, signature.signature, time_roots)
    except TimeStampFault as fault:
        return None, (failed(name, f"The time stamp in {part}: {fault}.", [part]),)
    if time_roots and stamp.root is None:
        words = f"It names {stamp.authority}, but leads to none of the time-stamp roots that were given."
        return None, (failed(name, words, [part]),)
    return stamp, (passed(name, f"{stamp.authority} put it on this very signature."),)


def lasting(stamps: Sequence[TimeStamp]) -> tuple[Check, ...]:
    """How long stamps, oldest first, prove themselves: a note, for it lies with whoever keeps what was stamped."""
    if not stamps:
        return ()
    name = "How long the time stamps prove themselves"
    words = (
        f"The certificate behind the newest runs out on {stamps[-1].until:%Y-%m-%d}. Stamp it again before that day."
    )
    if any(after.at > before.until for before, after in pairwise(stamps)):
        words = f"A stamp had already run out when the next was made: it vouches for the time since then only. {words}"
    return (note(name, words),)
