"""How far a seal can be relied on later: the baseline levels of PAdES and CAdES, and what vouches for the time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

OWN_CLOCK = "no trusted time: the instant is this service's own clock"


class SealLevel(StrEnum):
    """Baseline levels (ETSI EN 319 142-1 § 6, EN 319 122-1 § 6), each holding what the one before it holds.

    B-B is the signature alone. B-T adds a time stamp over it, B-LT the certificates and revocation lists by which it
    can be checked when their issuers are gone, B-LTA a time stamp over all that.
    """

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"

    @property
    def rank(self) -> int:
        """0 for B-B to 3 for B-LTA."""
        return list(SealLevel).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealStatement:
    """What one seal reached, whose clock vouches for its time, and why it is less than was asked for, if it is."""

    level: SealLevel
    time: str
    shortfall: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The statement as manifest and receipt print it."""
        return {"level": self.level.value, "time": self.time, "shortfall": self.shortfall}


def by_clock_of(authority: str, at: datetime) -> str:
    """What vouches for a time that an authority stamped."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC by the clock of {authority}"


def lowest(statements: Iterable[SealStatement]) -> SealStatement | None:
    """The statement that all of them bear out; ``None`` where there is none."""
    return min(statements, key=lambda statement: statement.level.rank, default=None)
