"""restamp: a fresh time stamp for what was sealed earlier."""

import argparse
from contextlib import closing
from pathlib import Path

from service.app import open_storage
from service.clock import system_clock
from service.commands.files import read_file, write_together
from service.commands.speaking import Spoken
from service.desk.caller import LOCAL_OPERATOR
from service.errors import Audience, FilingError
from service.facts.canonical import digest
from service.sealing_setup import load_sealing_policy, load_signing_key, load_time_roots, load_trusted_roots
from service.settings import Settings, SettingsRefused
from service.signing.restamping import Restamped, restamp_bundle, restamp_pdf
from service.signing.timestamping import TimeStampUnavailable
from service.storage.audit import AuditEvent

_PDF = b"%PDF-"


class RestampFailed(FilingError):
    """No fresh time stamp was had; the file is as it was."""

    code = "restamp_failed"
    audience = Audience.OPERATOR


def restamp(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Have a bundle, or a sealed PDF, stamped again by the configured time-stamp authority, and put it in its place.

    Raises:
        BundleRefused: it does not verify by the service's own roots, or those of time-stamp authorities.
        SettingsRefused: no authority is configured, or no root to trust it by.
        RestampFailed: the authority made no stamp.
    """
    _require_authority(settings)
    content = read_file(options.file)
    made = _stamped_again(content, settings)
    out: Path = options.out or options.file
    with closing(open_storage(settings)) as storage:
        write_together(out.parent, {out.name: made.content})
        detail = {"before": digest(content), "after": digest(made.content)}
        actor = LOCAL_OPERATOR.credential_id
        storage.audit.append(AuditEvent.RESTAMPED, at=system_clock(), actor=actor, detail=detail)
    answer = {
        "file": str(out),
        "stamped_at": made.at.isoformat(),
        "authority": made.authority,
        "lasts_until": made.until.isoformat(),
    }
    said = f"Stamped {made.at:%Y-%m-%d %H:%M:%S} UTC by {made.authority}. Stamp it again before {made.until:%Y-%m-%d}."
    return Spoken(answer=answer, words=f"{out}\n{said}")


def _require_authority(settings: Settings) -> None:
    needed = {"OCSE_TSA_URL": settings.tsa_url, "OCSE_TSA_ROOTS": settings.tsa_roots}
    if missing := [name for name, value in needed.items() if value is None]:
        raise SettingsRefused(f"Nothing was stamped: a time stamp needs {' and '.join(missing)}.")


def _stamped_again(content: bytes, settings: Settings) -> Restamped:
    roots = load_trusted_roots(settings, load_signing_key(settings, system_clock())).signers
    policy = load_sealing_policy(settings)
    try:
        if content.startswith(_PDF):
            return restamp_pdf(content, roots, policy)
        return restamp_bundle(content, roots, load_time_roots(settings), policy)
    except TimeStampUnavailable as reason:
        raise RestampFailed(f"Nothing was stamped: the time-stamp authority {reason}.") from reason
