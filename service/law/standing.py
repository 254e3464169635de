"""How far what the law is said to be was checked."""

from enum import StrEnum


class Standing(StrEnum):
    """How far a legal statement was checked; only :attr:`SEEN` may be printed as certain."""

    SEEN = "V"
    SECONDARY = "V2"
    FROM_MEMORY = "M"

    @property
    def certain(self) -> bool:
        """Whether the words of the source itself were read."""
        return self is Standing.SEEN
