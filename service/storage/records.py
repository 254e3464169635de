"""What is kept in clear about a filing: enough to find it and to say where it stands, no fact about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from service.facts.vocabulary import FilingKind


class FilingState(StrEnum):
    """Where a filing stands between drafting and the court's answer.

    The words are those of the API, so callers may filter by each; as long as bundles are handed out and not sent,
    nothing leads to ``DELIVERED`` and what follows it, nor to ``SUPERSEDED``.
    """

    DRAFT = "draft"
    PREPARED = "prepared"
    RELEASED = "released"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    VOID = "void"
    SUPERSEDED = "superseded"


_ENDED_BEFORE_DELIVERY = frozenset({FilingState.VOID, FilingState.SUPERSEDED})

TRANSITIONS: Mapping[FilingState, frozenset[FilingState]] = {
    FilingState.DRAFT: _ENDED_BEFORE_DELIVERY | {FilingState.PREPARED},
    FilingState.PREPARED: _ENDED_BEFORE_DELIVERY | {FilingState.RELEASED},
    FilingState.RELEASED: _ENDED_BEFORE_DELIVERY | {FilingState.DELIVERED},
    FilingState.DELIVERED: frozenset({FilingState.ACCEPTED, FilingState.REJECTED}),
    FilingState.ACCEPTED: frozenset(),
    FilingState.REJECTED: frozenset(),
    FilingState.VOID: frozenset(),
    FilingState.SUPERSEDED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRecord:
    """One filing. Facts, docket and case numbers lie in encrypted blobs; here stand only their digests.

    ``prepared_by``, ``released_by`` and ``ended_by`` are credential ids; ended is what was voided or superseded.
    """

    id: str
    kind: FilingKind
    state: FilingState
    field_office: str
    county: str
    filing_date: date
    facts_digest: str
    documents_digest: str | None = None
    prepared_at: datetime | None = None
    prepared_by: str | None = None
    released_at: datetime | None = None
    released_by: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFilter:
    """Which filings to list; ``None`` leaves a member open. ``since`` and ``until`` are filing dates, both included."""

    state: FilingState | None = None
    kind: FilingKind | None = None
    county: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPage:
    """Filings, newest first, and the cursor of the next page if there is one."""

    records: tuple[FilingRecord, ...]
    next_cursor: str | None


class FilingRecords(Protocol):
    """Filing records, whatever database keeps them. ``office`` is the field office that asks, None for all offices."""

    def create(self, record: FilingRecord) -> None:
        """Keep a new filing, a draft or prepared.

        Raises:
            Conflict: the id is taken.
        """

    def get(self, filing_id: str, *, office: str | None) -> FilingRecord:
        """The filing as it stands.

        Raises:
            NotFound: there is none, or it belongs to another office.
        """

    def list(self, wanted: FilingFilter, *, office: str | None, limit: int, cursor: str | None = None) -> FilingPage:
        """At most ``limit`` filings, newest first, those after ``cursor``.

        Raises:
            NotFound: the cursor was not given out by this listing.
        """

    def offices(self) -> tuple[str, ...]:
        """The field offices that any filing names, in alphabetical order."""

    def transition(
        self,
        filing_id: str,
        *,
        office: str | None,
        expected: FilingState,
        to: FilingState,
        by: str,
        at: datetime,
        documents_digest: str | None = None,
    ) -> FilingRecord:
        """Move a filing from ``expected`` to ``to`` if nobody moved it before; of several callers exactly one succeeds.

        ``by`` (credential id) and ``at`` are kept for preparing, releasing and ending. ``documents_digest`` belongs to
        preparing a draft and is otherwise left out.

        Raises:
            NotFound: there is none, or it belongs to another office.
            Conflict: the filing is not in ``expected``, or nothing leads from there to ``to``.
        """
