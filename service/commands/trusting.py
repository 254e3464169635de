"""verify and trust: checking a bundle, and the root to check it by."""

import argparse
from pathlib import Path

from cryptography import x509

from schemas.results import verification_json
from service.clock import system_clock
from service.commands.files import FileRefused, read_file, write_together
from service.commands.speaking import Spoken
from service.sealing_setup import (
    announcement,
    load_sealing_policy,
    load_signing_key,
    load_time_roots,
    load_trusted_roots,
)
from service.settings import Settings
from service.signing.examination import examine
from service.signing.findings import CheckOutcome, Verification
from service.signing.keys import trust_roots_pem

_INSTANT = "%Y-%m-%d %H:%M:%S UTC"
_OUTCOMES = {CheckOutcome.PASS: "passes", CheckOutcome.FAIL: "FAILS", CheckOutcome.NOTE: "note"}


def verify(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Check a bundle, or a PDF taken out of one, without network and without the service's records."""
    own = None if options.trust else load_trusted_roots(settings, load_signing_key(settings, system_clock()))
    roots = own.signers if own else _roots(options.trust)
    if options.trust_time:
        time_roots = _roots(options.trust_time)
    else:
        time_roots = list(own.time if own else load_time_roots(settings))
    verification = examine(read_file(options.bundle), roots, time_roots)
    sound = verification.intact and verification.trusted
    return Spoken(answer=verification_json(verification), words=_in_words(verification), status=0 if sound else 1)


def trust(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Write the roots that verify this service's bundles, those of former keys included, and say who signs now."""
    now = system_clock()
    key = load_signing_key(settings, now)
    roots = load_trusted_roots(settings, key)
    policy = load_sealing_policy(settings)
    out: Path = options.out
    write_together(out.parent, {out.name: trust_roots_pem(key, roots.former)})
    answer = {
        "root": str(out),
        "test_only": key.test_only,
        "certificate_fingerprint": key.fingerprint,
        "level": policy.level.value,
        "warning": key.expiry_notice(now),
    }
    return Spoken(answer=answer, words="\n".join([str(out), *announcement(key, policy, now)]))


def _in_words(found: Verification) -> str:
    lines = [found.sentence, found.explanation]
    if found.signer:
        lines += ["", f"Signed by   {found.signer}", f"            certificate SHA-256 {found.certificate_fingerprint}"]
    if found.stamped_at:
        lines.append(f"Signed      before {found.stamped_at:{_INSTANT}}, {found.time_basis}")
    elif found.signed_at:
        lines.append(f"Signed      {found.signed_at:{_INSTANT}} by the signer's own clock, {found.time_basis}")
    if found.signer:
        lines.append(f"Trust       rests on {found.trust_basis}")
    for title, checks in (("Checks", found.checks), ("Files", found.files)):
        lines += ["", title] if checks else []
        lines += [f"  {_OUTCOMES[check.outcome]:6}  {check.name}: {check.detail}" for check in checks]
    return "\n".join(lines)


def _roots(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(read_file(path))
    except ValueError:
        raise FileRefused(f"{path} holds no certificate in PEM form.") from None
