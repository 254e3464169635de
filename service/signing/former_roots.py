"""Roots of keys that signed here before: kept, so that what they signed still verifies when the key has changed.

The directory is as trusted as the key beside it. Whoever retires a key because it was stolen deletes its root there.
"""

from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from service.errors import KeyRefused
from service.signing.certificates import TEST_ONLY_MARK, display_name, fingerprint
from service.signing.keys import SigningKey


def keep_roots(directory: Path, roots: Iterable[x509.Certificate]) -> None:
    """Write each root that is not there yet into ``directory``, under its SHA-256.

    Raises:
        KeyRefused: the directory cannot be written.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for root in roots:
            path = directory / f"{fingerprint(root)}.pem"
            if not path.exists():
                draft = path.with_suffix(".incoming")
                draft.write_bytes(root.public_bytes(Encoding.PEM))
                draft.replace(path)
    except OSError as reason:
        raise KeyRefused(f"The roots of former keys cannot be kept: {reason.strerror}.") from reason


def former_roots(directory: Path, key: SigningKey) -> tuple[x509.Certificate, ...]:
    """Roots kept in ``directory`` besides those of ``key``, in order of file names.

    A key that a court can rely on brings no trust in roots marked TEST ONLY.

    Raises:
        KeyRefused: a file there cannot be read or holds no certificate.
    """
    kept = [root for path in sorted(directory.glob("*.pem")) for root in _read(path)]
    return tuple(
        root
        for root in dict.fromkeys(kept)
        if root not in key.roots and (key.test_only or TEST_ONLY_MARK not in display_name(root))
    )


def _read(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as reason:
        raise KeyRefused(f"{path.name}, a root of a former key, cannot be read. Replace or delete it.") from reason
