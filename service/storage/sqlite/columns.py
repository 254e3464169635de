"""Instants as SQLite keeps them."""

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def instant_text(at: datetime) -> str:
    """UTC text of fixed width, so that the order of texts is the order of instants.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone to be kept")
    return at.astimezone(UTC).strftime(_FORM)


def instant(text: str) -> datetime:
    """The instant that :func:`instant_text` wrote."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)


def optional_instant(text: str | None) -> datetime | None:
    """The instant, where one is recorded."""
    return None if text is None else instant(text)
