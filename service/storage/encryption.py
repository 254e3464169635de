"""Encryption at rest: AES-256-GCM (NIST SP 800-38D) under one key that lies beside the signing key."""

import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.errors import StorageFailed
from service.storage.durability import flush_directory, make_private_directory, write_once

KEY_BYTES = 32
KEY_FILE = "storage.key"
_HEADER = b"OCSE\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class StorageKey:
    """A 256-bit key. Its material never appears in a representation or a message."""

    material: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.material) != KEY_BYTES:
            raise StorageFailed("The storage key must be 256 bits long. Restore the key file from its backup.")

    @property
    def fingerprint(self) -> str:
        """Tells whether two keys are the same without revealing either (the key is random, so its hash is safe)."""
        return sha256(b"ocse storage key fingerprint\x00" + self.material).hexdigest()

    def encrypt(self, content: bytes, identity: str) -> bytes:
        """Header, random 96-bit nonce, ciphertext and tag.

        ``identity`` names the record the content belongs to. It is authenticated, not stored: the result decrypts under
        the same identity only, so one record's content cannot be put in the place of another's.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _HEADER + nonce + AESGCM(self.material).encrypt(nonce, content, _associated(identity))

    def decrypt(self, stored: bytes, identity: str) -> bytes:
        """The content that was encrypted for ``identity``.

        Raises:
            StorageFailed: another key, another identity, altered or cut bytes, or a format this version does not know.
        """
        body = len(_HEADER) + _NONCE_BYTES
        if not stored.startswith(_HEADER) or len(stored) < body + _TAG_BYTES:
            raise StorageFailed(
                f"What is stored as {identity} is not in a format this version reads. Restore it from a backup."
            )
        try:
            return AESGCM(self.material).decrypt(stored[len(_HEADER) : body], stored[body:], _associated(identity))
        except InvalidTag as error:
            raise StorageFailed(
                f"What is stored as {identity} was altered, exchanged, or written under another storage key. "
                f"Restore it, or the key file, from a backup."
            ) from error


def load_or_make_storage_key(directory: Path) -> StorageKey:
    """The key kept in ``directory``; made there on first run, readable by its owner alone.

    Raises:
        StorageFailed: the key file is readable by others, damaged, or cannot be read or made.
    """
    path = directory / KEY_FILE
    try:
        if not path.exists():
            _make_key_file(path)
        _require_private(path)
        text = path.read_text(encoding="ascii").strip()
        return StorageKey(bytes.fromhex(text))
    except OSError as error:
        raise StorageFailed(
            f"The storage key file {KEY_FILE} cannot be read or made. Check the key directory's owner and permissions."
        ) from error
    except ValueError as error:
        raise StorageFailed(
            f"The storage key file {KEY_FILE} does not hold 64 hexadecimal digits. Restore it from its backup."
        ) from error


def _associated(identity: str) -> bytes:
    return _HEADER + identity.encode()


def _make_key_file(path: Path) -> None:
    """Complete or not at all; when two processes start at once, both go on with the key that came first."""
    make_private_directory(path.parent)
    write_once(path, secrets.token_hex(KEY_BYTES).encode("ascii") + b"\n", by_way_of=path.parent)
    flush_directory(path.parent)


def _require_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise StorageFailed(
            f"Other users can read the storage key file {KEY_FILE}. Run chmod 600 on it and consider the key disclosed."
        )
