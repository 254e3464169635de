"""The order of headings that PDF/UA-1 asks for (ISO 14289-1, 7.4.2): it begins with H1 and skips no level downwards."""


class HeadingOrder:
    """Follows the headings of one document in reading order."""

    def __init__(self) -> None:
        self._last = 0

    def fault_of(self, level: int) -> str | None:
        """What is wrong with a heading of this level (from 1) coming next."""
        expected = self._last + 1
        self._last = level
        if level > expected:
            return f"A heading of level {level} comes where at most level {expected} may: choose another heading style."
        return None
