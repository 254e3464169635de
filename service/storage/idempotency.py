"""One answer to one request, however often a caller sends it (IETF httpapi Idempotency-Key)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

IN_FLIGHT_FOR = timedelta(minutes=15)
"""After this long without an answer the process that held the key has died, and the next caller may try."""

ANSWERS_KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to answer a key first. ``token`` tells this attempt from a later one that took over."""

    scope: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """The first answer: its HTTP status, and the blob that holds its body, if it had one."""

    status: int
    blob: str | None


def idempotency_scope(credential: str, key: str) -> str:
    """What a key is unique within: one credential. A digest, because callers put names into keys."""
    return sha256(f"{len(credential)}:{credential}:{key}".encode()).hexdigest()


class IdempotencyRecords(Protocol):
    """Idempotency keys, whatever database keeps them."""

    def claim(self, *, credential: str, key: str, request_digest: str, at: datetime) -> Claim | StoredAnswer:
        """Take the key, or learn the answer already given to the same request.

        Raises:
            InProgress: the first call is still at work; asking again later is right.
            Conflict: the key was used with another request, or made a filing whose answer could not be kept.
        """

    def bind(self, claim: Claim, filing_id: str) -> None:
        """Note which filing the request makes, in the transaction that keeps it; from then on the key makes no other.

        Raises:
            Conflict: another caller took the key over; the filing is not to be kept.
        """

    def free(self, filing_id: str) -> tuple[str, ...]:
        """Give back the keys of a filing that was never prepared; the answer is the blobs that are needed no more."""

    def finish(self, claim: Claim, answer: StoredAnswer, *, at: datetime) -> None:
        """Keep the answer for those who repeat the request.

        Raises:
            Conflict: another caller took the key over, because this one needed too long.
        """

    def abandon(self, claim: Claim) -> None:
        """Give the key back unanswered, for a request that failed to be repeated; one that made a filing keeps it."""

    def outdated(self, at: datetime) -> tuple[tuple[str, str | None], ...]:
        """Scope and blob of the answers that need not be kept any longer."""

    def forget(self, scope: str) -> None:
        """Drop an answer once its blob is gone."""
