"""Unsigned packets kept for a while, visible to the field office that made them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One preview; ``office`` is None when central office made it. ``blobs`` name its encrypted contents."""

    id: str
    office: str | None
    created_at: datetime
    expires_at: datetime
    blobs: tuple[str, ...]


class PreviewRecords(Protocol):
    """Preview records, whatever database keeps them."""

    def create(self, preview: Preview) -> None:
        """Keep a new preview.

        Raises:
            Conflict: the id is taken.
        """

    def get(self, preview_id: str, *, office: str | None, at: datetime) -> Preview:
        """The preview, for the office that made it or for a caller of all offices (``office`` None).

        Raises:
            NotFound: there is none, it has expired by ``at``, or it belongs to another office.
        """

    def expired(self, at: datetime) -> tuple[Preview, ...]:
        """The previews that nobody may see any more at ``at`` and whose contents are to be removed."""

    def forget(self, preview_id: str) -> None:
        """Drop the record once its blobs are gone."""
