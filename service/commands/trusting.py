"""verify and trust: checking a bundle, and the root to check it by."""

import argparse
from pathlib import Path

from cryptography import x509

from schemas.results import verification_json
from service.app import load_signing_key
from service.clock import system_clock
from service.commands.files import FileRefused, read_file, write_together
from service.commands.speaking import Spoken
from service.settings import Settings
from service.signing.keys import trust_roots_pem
from service.signing.verification import verify as verify_bundle


def verify(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Check a bundle without network and without the service's records."""
    roots = _roots(options.trust) if options.trust else list(load_signing_key(settings, system_clock()).roots)
    verification = verify_bundle(read_file(options.bundle), roots)
    words = [verification.sentence, verification.explanation]
    words += [f"  {check.outcome.value:5} {check.name}: {check.detail}" for check in verification.checks]
    words += [f"  {entry.outcome.value:5} {entry.name} {entry.detail}".rstrip() for entry in verification.files]
    sound = verification.intact and verification.trusted
    return Spoken(answer=verification_json(verification), words="\n".join(words), status=0 if sound else 1)


def trust(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Write the root certificate that verifies this service's bundles."""
    key = load_signing_key(settings, system_clock())
    out: Path = options.out
    write_together(out.parent, {out.name: trust_roots_pem(key)})
    return Spoken(answer={"root": str(out), "test_only": key.test_only}, words=str(out))


def _roots(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(read_file(path))
    except ValueError:
        raise FileRefused(f"{path} holds no certificate in PEM form.") from None
