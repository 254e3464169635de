"""The private operation of a signing key, wherever the key lies: in memory, on a token, in a key service."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_SHA256 = Prehashed(hashes.SHA256())


class DigestSigner(Protocol):
    """Signs a digest with a private key that it keeps to itself.

    Only 32 bytes go to it and a signature comes back, so that a key may stay on a device or in a key service.
    """

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256: ECDSA as a DER ``Ecdsa-Sig-Value`` (RFC 3279 § 2.2.3), or RSA PKCS #1 v1.5 (RFC 8017 § 8.2).

        Raises:
            KeyUnavailable: the device or service that keeps the key did not sign.
        """


@dataclass(frozen=True, slots=True)
class KeyInMemory:
    """A private key that was read from a file."""

    key: PrivateKey

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign with the key at hand."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, padding.PKCS1v15(), _SHA256)
        return self.key.sign(digest, ec.ECDSA(_SHA256))


def sha256(content: bytes) -> bytes:
    """The digest that is signed for content."""
    return hashlib.sha256(content).digest()
