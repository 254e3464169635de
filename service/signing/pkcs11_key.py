"""A signing key on a device, reached over PKCS #11: the private half never leaves it.

Needs the optional package of the ``pkcs11`` extra, and the library of the device's maker.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from service.errors import KeyRefused, KeyUnavailable
from service.signing.keys import SigningKey, examined, read_certificates

# RFC 8017 § 9.2, note 1: the DER prefix of a DigestInfo with SHA-256.
_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKey:
    """Where a private key lies: the maker's library, the token's label, the key's label, and the user's PIN."""

    library: Path
    token: str
    key: str
    pin: str = field(repr=False)


def load_pkcs11_key(place: TokenKey, certificate_path: Path, chain_path: Path, *, now: datetime) -> SigningKey:
    """A key on a token; its certificate and chain lie in PEM files.

    Raises:
        KeyRefused: with every reason why this key cannot sign at ``now``.
        KeyUnavailable: the token is not there, refuses the PIN, or does not hold the key.
    """
    certificates = read_certificates(certificate_path, chain_path)
    return examined(_TokenSigner(place, certificates[0]), certificates, now)


class _TokenSigner:
    """Signs on the token. One session is kept open; it is opened anew once when the token has forgotten it."""

    def __init__(self, place: TokenKey, certificate: x509.Certificate) -> None:
        self._place = place
        self._rsa = isinstance(certificate.public_key(), RSAPublicKey)
        self._turn = Lock()
        self._key: Any = None

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign on the token, one call at a time: a session carries out one operation."""
        pkcs11 = _package()
        with self._turn:
            try:
                return self._signed(pkcs11, digest)
            except pkcs11.exceptions.PKCS11Error as reason:
                self._key = None
                raise KeyUnavailable(
                    f"The token {self._place.token} did not sign with {self._place.key} ({type(reason).__name__})."
                ) from reason

    def _signed(self, pkcs11: Any, digest: bytes) -> bytes:
        """A PIN is never tried twice: tokens lock after a few wrong ones."""
        if self._key is None:
            return self._sign(pkcs11, digest)
        try:
            return self._sign(pkcs11, digest)
        except pkcs11.exceptions.PKCS11Error:
            self._key = None
        return self._sign(pkcs11, digest)

    def _sign(self, pkcs11: Any, digest: bytes) -> bytes:
        key = self._opened(pkcs11)
        if self._rsa:
            signed: bytes = key.sign(_SHA256_DIGEST_INFO + digest, mechanism=pkcs11.Mechanism.RSA_PKCS)
            return signed
        raw: bytes = key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
        half = len(raw) // 2
        return encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))

    def _opened(self, pkcs11: Any) -> Any:
        if self._key is None:
            token = _library(pkcs11, self._place.library).get_token(token_label=self._place.token)
            session = self._session(pkcs11, token)
            self._key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._place.key)
        return self._key

    def _session(self, pkcs11: Any, token: Any) -> Any:
        """A program logs in once for all its sessions (PKCS #11 v2.40 § 5.6)."""
        try:
            return token.open(user_pin=self._place.pin)
        except pkcs11.exceptions.UserAlreadyLoggedIn:
            return token.open()


def _package() -> Any:
    try:
        import pkcs11  # noqa: PLC0415  # optional: only an installation with a device has it
        import pkcs11.exceptions  # noqa: PLC0415  # as above
    except ImportError as reason:
        raise KeyRefused("A key on a device needs the pkcs11 extra: pip install 'ocse-filings[pkcs11]'.") from reason
    return pkcs11


def _library(pkcs11: Any, path: Path) -> Any:
    load: Callable[[str], Any] = pkcs11.lib
    try:
        return load(str(path))
    except pkcs11.exceptions.PKCS11Error as reason:
        raise KeyRefused(f"{path.name} is no PKCS #11 library that can be loaded here.") from reason
