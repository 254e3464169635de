"""Who did what when: a record that only grows, each entry bound to the one before by its digest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from service.facts.canonical import canonical_json, digest

FIRST_PREVIOUS = "0" * 64
"""What the first entry is bound to."""

_PLAIN_DETAIL = re.compile(r"[A-Za-z0-9_.:/-]{1,128}")


class AuditEvent(StrEnum):
    """What is worth a line that nobody can take back."""

    BEGUN = "begun"
    PREPARED = "prepared"
    PREVIEWED = "previewed"
    RELEASED = "released"
    VOIDED = "voided"
    VERIFIED = "verified"
    RESTAMPED = "restamped"
    KEY_ISSUED = "key_issued"
    KEY_REVOKED = "key_revoked"
    DOWNLOADED = "downloaded"
    REFUSED_ACCESS = "refused_access"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line: ``actor`` is a credential id, ``detail`` holds ids and digests, ``digest`` covers all the others."""

    sequence: int
    event: AuditEvent
    at: datetime
    actor: str
    filing_id: str | None
    detail: Mapping[str, str]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """How far the record reaches. Noted elsewhere, it shows later that no entry up to here was cut off or replaced."""

    entries: int
    digest: str


def entry_digest(columns: Mapping[str, str | int | None]) -> str:
    """SHA-256 in hexadecimal over an entry as it is stored, text for text, the digest before it included."""
    return digest(canonical_json({name: column for name, column in columns.items() if name != "digest"}))


def require_plain(members: Mapping[str, str]) -> None:
    """Check that what is written can only be ids, digests and codes: no space, no letter beyond ASCII.

    Raises:
        ValueError: naming the member, never its value, because that may be a fact about a person.
    """
    for name, value in members.items():
        if not (_PLAIN_DETAIL.fullmatch(name) and _PLAIN_DETAIL.fullmatch(value)):
            raise ValueError(f"the audit member {name!r} is not an id, a digest or a code")


class AuditLog(Protocol):
    """The audit record, whatever database keeps it."""

    def append(
        self, event: AuditEvent, *, at: datetime, actor: str, filing_id: str | None = None, detail: Mapping[str, str]
    ) -> AuditEntry:
        """Write one entry after the last.

        Raises:
            ValueError: actor or detail could carry more than ids, digests and codes.
        """

    def entries(self, *, filing_id: str | None = None, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Entries in order, of one filing or of all, those with a sequence above ``after``."""

    def check_chain(self, noted: AuditHead | None = None) -> AuditHead:
        """Recompute every digest, and compare with a head noted earlier; the answer is the head now.

        Raises:
            StorageFailed: entries were altered, removed, inserted or cut off; one fault for each place.
        """
