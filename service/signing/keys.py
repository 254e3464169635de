"""The signing key, from wherever it is kept, examined before it signs anything."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs12

from service.errors import Fault, KeyRefused
from service.signing.certificates import (
    TEST_ONLY_MARK,
    Standing,
    display_name,
    fingerprint,
    is_self_issued,
    trace_path,
    usage_faults,
    validity_fault,
)
from service.signing.dev_key import make_dev_key_file
from service.signing.digest_signing import DigestSigner, KeyInMemory, PrivateKey, sha256

DEV_KEY_FILE = "dev-signing-key.pem"
_LEAST_RSA_BITS = 2048
_NOTICE_OF_EXPIRY = timedelta(days=30)
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key that passed examination.

    ``chain`` holds intermediate certificates, ``roots`` the anchors it leads to; ``private_key`` signs and is all that
    is known of the private half.
    """

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    roots: tuple[x509.Certificate, ...]
    private_key: DigestSigner = field(repr=False)

    @property
    def test_only(self) -> bool:
        """Whether the certificate says that no court can rely on it."""
        return TEST_ONLY_MARK in display_name(self.certificate)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, lower-case hexadecimal."""
        return fingerprint(self.certificate)

    def expiry_notice(self, now: datetime) -> str | None:
        """A warning, within thirty days of the day after which this key is refused."""
        end = self.certificate.not_valid_after_utc
        if end - now > _NOTICE_OF_EXPIRY:
            return None
        return f"The signing certificate expires on {end:%Y-%m-%d} ({(end - now).days} days); have its successor ready."

    @property
    def subject(self) -> str:
        """Whom the certificate names."""
        return display_name(self.certificate)

    def sign(self, content: bytes) -> bytes:
        """A raw signature over the SHA-256 of ``content``: ECDSA, or RSA with PKCS #1 v1.5 padding."""
        return self.private_key.sign_digest(sha256(content))


def load_or_make_dev_key(directory: Path, now: datetime) -> SigningKey:
    """The development key, made on first use: P-256, two years, marked TEST ONLY – UNTRUSTED in its certificate.

    Key and certificates are one file, written whole or not at all, readable by its owner alone, so that two services
    starting together agree on one key.

    Raises:
        KeyRefused: the file cannot be made or read, is open to others, or its certificate is no longer in force.
    """
    path = directory / DEV_KEY_FILE
    if not path.exists():
        _make(path, now)
    if path.stat().st_mode & 0o077:
        raise KeyRefused(f"{DEV_KEY_FILE} can be read by other users. Run: chmod 600 on it, or delete it.")
    content = _read(path)
    return examined(_private_key(content, None, path), _certificates(content, path), now)


def load_pem_key(
    key_path: Path, certificate_path: Path, chain_path: Path, *, passphrase: bytes | None, now: datetime
) -> SigningKey:
    """A key in PEM files; ``chain_path`` holds the intermediate certificates and the root.

    Raises:
        KeyRefused: with every reason why this key cannot sign at ``now``.
    """
    private_key = _private_key(_read(key_path), passphrase, key_path)
    return examined(private_key, read_certificates(certificate_path, chain_path), now)


def load_hooked_key(hook: str, certificate_path: Path, chain_path: Path, *, now: datetime) -> SigningKey:
    """A key in a key service, reached through an office's own code: ``hook`` is ``module:function``.

    The function takes nothing and returns a :class:`~service.signing.digest_signing.DigestSigner`.

    Raises:
        KeyRefused: the hook cannot be loaded, or with every reason why its key cannot sign at ``now``.
        KeyUnavailable: the key service did not make the trial signature.
    """
    module, _, function = hook.partition(":")
    try:
        signer: DigestSigner = getattr(importlib.import_module(module), function)()
    except (ImportError, AttributeError, ValueError) as reason:
        raise KeyRefused(f"The signing hook {hook} cannot be loaded ({type(reason).__name__}).") from reason
    return examined(signer, read_certificates(certificate_path, chain_path), now)


def read_certificates(certificate_path: Path, chain_path: Path) -> tuple[x509.Certificate, ...]:
    """The signer's certificate first, then its issuers with the root, from PEM files.

    Raises:
        KeyRefused: a file cannot be read or holds no certificate.
    """
    certificates = _certificates(_read(certificate_path), certificate_path)[:1]
    return (*certificates, *_certificates(_read(chain_path), chain_path))


def load_pkcs12(path: Path, *, passphrase: bytes | None, now: datetime) -> SigningKey:
    """A key, its certificate and the chain with its root, in one PKCS #12 file (RFC 7292).

    Raises:
        KeyRefused: with every reason why this key cannot sign at ``now``.
    """
    try:
        private_key, certificate, others = pkcs12.load_key_and_certificates(_read(path), passphrase)
    except ValueError as reason:
        raise KeyRefused(f"{path.name} is not a PKCS #12 file, or the passphrase is wrong.") from reason
    if private_key is None or certificate is None:
        raise KeyRefused(f"{path.name} does not hold both a private key and its certificate.")
    return examined(_in_memory(private_key), (certificate, *others), now)


def trust_roots_pem(key: SigningKey, former: Sequence[x509.Certificate] = ()) -> bytes:
    """The roots that a verifier of this key's bundles, and of former keys' bundles, must be given, in PEM."""
    return b"".join(root.public_bytes(Encoding.PEM) for root in (*key.roots, *former))


def verify_signature(certificate: x509.Certificate, signature: bytes, content: bytes) -> None:
    """Check a raw signature as :meth:`SigningKey.sign` makes it.

    Raises:
        InvalidSignature: it is not the certificate's, or the certificate's key is of a kind that is never used.
    """
    public_key = certificate.public_key()
    if isinstance(public_key, rsa.RSAPublicKey):
        public_key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(public_key, ec.EllipticCurvePublicKey):
        public_key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    else:
        raise InvalidSignature


def examined(private_key: DigestSigner, certificates: Sequence[x509.Certificate], now: datetime) -> SigningKey:
    """Hold a key against its certificates: kind, strength, usages, force at ``now``, chain, and a trial signature.

    The first certificate is the signer's; the others are its issuers, self-issued ones the roots.

    Raises:
        KeyRefused: with every reason why this key cannot sign at ``now``.
        KeyUnavailable: the device or service that keeps the key did not make the trial signature.
    """
    certificate, others = certificates[0], certificates[1:]
    if weakness := _weakness(certificate):
        raise KeyRefused(f"The signing key cannot be used: {weakness}. Use P-256, or RSA of at least 2048 bits.")
    roots = tuple(other for other in others if is_self_issued(other))
    chain = tuple(other for other in others if not is_self_issued(other))
    key = SigningKey(certificate=certificate, chain=chain, roots=roots, private_key=private_key)
    faults = [Fault(code=code, message=f"The signing certificate: {reason}.") for code, reason in _faults(key, now)]
    if faults:
        raise KeyRefused("The signing key cannot be used. " + " ".join(fault.message for fault in faults), faults)
    return key


def _faults(key: SigningKey, now: datetime) -> list[tuple[str, str]]:
    faults = [("certificate_usage", reason) for reason in usage_faults(key.certificate)]
    if not _fits(key):
        faults.append(("key_mismatch", "it belongs to another private key"))
    if expiry := validity_fault(key.certificate, now):
        faults.append(("certificate_not_in_force", expiry))
    path = trace_path(key.certificate, key.chain, key.roots, _moment_in_force(key.certificate, now))
    if path.standing is not Standing.TRUSTED:
        faults.append(("chain_incomplete", f"its chain does not hold: {path.reason}; give every issuer and the root"))
    return faults


def _moment_in_force(certificate: x509.Certificate, now: datetime) -> datetime:
    """A certificate out of force is said once, not again as a broken chain."""
    return min(max(now, certificate.not_valid_before_utc), certificate.not_valid_after_utc)


def _weakness(certificate: x509.Certificate) -> str | None:
    public_key = certificate.public_key()
    if isinstance(public_key, rsa.RSAPublicKey):
        short = public_key.key_size < _LEAST_RSA_BITS
        return f"an RSA key of {public_key.key_size} bits is too short" if short else None
    if not isinstance(public_key, ec.EllipticCurvePublicKey):
        return "it is neither RSA nor on a NIST curve"
    return None if isinstance(public_key.curve, _CURVES) else f"the curve {public_key.curve.name} is not accepted"


def _fits(key: SigningKey) -> bool:
    probe = b"ocse-filings key examination"
    try:
        verify_signature(key.certificate, key.sign(probe), probe)
    except InvalidSignature:
        return False
    return True


def _make(path: Path, now: datetime) -> None:
    try:
        make_dev_key_file(path, now)
    except OSError as reason:
        raise KeyRefused(f"{path.name} cannot be made in the service's directory: {reason.strerror}.") from reason


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise KeyRefused(f"{path.name} cannot be read: {reason.strerror}.") from reason


def _private_key(content: bytes, passphrase: bytes | None, path: Path) -> KeyInMemory:
    try:
        private_key = load_pem_private_key(content, passphrase)
    except (ValueError, TypeError) as reason:
        raise KeyRefused(f"{path.name} holds no private key in PEM, or the passphrase is wrong.") from reason
    return _in_memory(private_key)


def _in_memory(private_key: object) -> KeyInMemory:
    if not isinstance(private_key, PrivateKey):
        raise KeyRefused(
            "The signing key cannot be used: it is neither RSA nor on a NIST curve. "
            "Use P-256, or RSA of at least 2048 bits."
        )
    return KeyInMemory(private_key)


def _certificates(content: bytes, path: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(content))
    except ValueError as reason:
        raise KeyRefused(f"{path.name} holds no certificate in PEM.") from reason
