"""The one place that asks what time it is; everything else is told."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, timezone-aware, in UTC."""

    def __call__(self) -> datetime:
        """Now."""
        ...


def system_clock() -> datetime:
    """Now, by this machine's clock."""
    return datetime.now(UTC)
