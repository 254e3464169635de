"""API keys: who calls, for which field office, and what they may do."""

import secrets
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from service.errors import CredentialRefused, Fault

SECRET_PREFIX = "ocse_"  # noqa: S105 - a public mark, by which secret scanners recognise leaked keys
_SECRET_BYTES = 32


class Scope(StrEnum):
    """What a credential may do. ``ADMIN`` is a word of the API that opens nothing yet."""

    DETERMINE = "determine"
    PREVIEW = "preview"
    PREPARE = "prepare"
    SIGN = "sign"
    VERIFY = "verify"
    TEMPLATES = "templates"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundSignatory:
    """The one attorney for whom a credential may release filings (Ark. R. Civ. P. 11)."""

    name: str
    bar_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """An API key without its secret; ``field_office`` is None for central office, which sees all offices."""

    id: str
    label: str
    scopes: frozenset[Scope]
    field_office: str | None
    signatory: BoundSignatory | None
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A new key and, this once, its secret."""

    key: ApiKey
    secret: str

    def __repr__(self) -> str:
        return f"IssuedKey(key={self.key!r})"


def mint_secret() -> str:
    """256 random bits behind a recognisable prefix."""
    return SECRET_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)


def secret_digest(secret: str) -> bytes:
    """What is stored of a secret. A plain SHA-256 is enough because the secret is not guessable."""
    return sha256(secret.encode()).digest()


def require_issuable(
    label: str, scopes: AbstractSet[Scope], signatory: BoundSignatory | None, field_office: str | None
) -> None:
    """Check what is asked of a new key.

    Raises:
        CredentialRefused: every fault at once.
    """
    faults = []
    if not label.strip():
        faults.append(Fault(code="label_missing", message="Say in a few words who will use the key.", pointer="/label"))
    if not scopes:
        faults.append(Fault(code="scopes_missing", message="Give the key at least one scope.", pointer="/scopes"))
    if field_office is not None and not field_office.strip():
        faults.append(
            Fault(
                code="office_missing",
                message="Name the field office, or leave it out for central office.",
                pointer="/field_office",
            )
        )
    if Scope.SIGN in scopes and signatory is None:
        faults.append(
            Fault(
                code="signatory_missing",
                message="A key that may sign belongs to one attorney: give name and bar number.",
                pointer="/signatory",
            )
        )
    if signatory is not None and not (signatory.name.strip() and signatory.bar_number.strip()):
        faults.append(
            Fault(
                code="signatory_incomplete",
                message="Give both the attorney's name and bar number.",
                pointer="/signatory",
            )
        )
    if faults:
        raise CredentialRefused("The API key cannot be issued as asked.", faults)


class CredentialRecords(Protocol):
    """API keys, whatever database keeps them."""

    def issue(
        self,
        *,
        label: str,
        scopes: AbstractSet[Scope],
        field_office: str | None,
        signatory: BoundSignatory | None,
        at: datetime,
    ) -> IssuedKey:
        """Make a key. Its secret is in the answer and nowhere else.

        Raises:
            CredentialRefused: every fault of what is asked, at once.
        """

    def authenticate(self, secret: str) -> ApiKey:
        """The key whose secret this is.

        Raises:
            NotAuthenticated: none has it, or it was revoked; the answer does not tell which.
        """

    def revoke(self, key_id: str, *, at: datetime) -> ApiKey:
        """End a key for good; ending it twice keeps the first time.

        Raises:
            NotFound: there is no such key.
        """

    def list(self) -> tuple[ApiKey, ...]:
        """All keys, revoked ones included, oldest first."""

    def any_active(self) -> bool:
        """Whether any key could authenticate; without one the service listens on loopback only."""
