"""restamp: a fresh time stamp for what was sealed earlier."""

import argparse
from pathlib import Path

from service.clock import system_clock
from service.commands.files import read_file, write_together
from service.commands.speaking import Spoken
from service.errors import Audience, FilingError
from service.sealing_setup import load_sealing_policy, load_signing_key, load_time_roots, load_trusted_roots
from service.settings import Settings
from service.signing.restamping import restamp_bundle, restamp_pdf
from service.signing.timestamping import TimeStampUnavailable

_PDF = b"%PDF-"


class RestampFailed(FilingError):
    """No fresh time stamp was had; the file is as it was."""

    code = "restamp_failed"
    audience = Audience.OPERATOR


def restamp(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Have a bundle, or a sealed PDF, stamped again by the configured time-stamp authority, and put it in its place.

    Raises:
        BundleRefused: it does not verify by the service's own roots, or those of time-stamp authorities.
        RestampFailed: no authority is configured, or it did not answer.
    """
    roots = load_trusted_roots(settings, load_signing_key(settings, system_clock())).signers
    policy = load_sealing_policy(settings)
    content = read_file(options.file)
    try:
        if content.startswith(_PDF):
            made = restamp_pdf(content, roots, policy)
        else:
            made = restamp_bundle(content, roots, load_time_roots(settings), policy)
    except TimeStampUnavailable as reason:
        raise RestampFailed(f"Nothing was stamped: the time-stamp authority {reason}.") from reason
    out: Path = options.out or options.file
    write_together(out.parent, {out.name: made.content})
    answer = {
        "file": str(out),
        "stamped_at": made.at.isoformat(),
        "authority": made.authority,
        "lasts_until": made.until.isoformat(),
    }
    said = f"Stamped {made.at:%Y-%m-%d %H:%M:%S} UTC by {made.authority}. Stamp it again before {made.until:%Y-%m-%d}."
    return Spoken(answer=answer, words=f"{out}\n{said}")
