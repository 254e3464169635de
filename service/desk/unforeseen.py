"""Errors that nobody foresaw: noted for the operator under a reference, their words kept out of the log."""

import logging
import secrets
from types import TracebackType

_log = logging.getLogger(__name__)


def note_unforeseen(error: Exception) -> str:
    """Log kind and place of an error, and return the reference it stands under.

    Its own words may hold facts about people, so they are not logged.
    """
    reference = secrets.token_hex(8)
    _log.error("unforeseen error, reference %s: %s", reference, kind_and_place(error))
    return reference


def kind_and_place(error: BaseException) -> str:
    """What an error is and where it was raised, without its words."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{_module(place)}.{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "unknown place"
    return f"{type(error).__qualname__} in {where}"


def _module(place: TracebackType) -> str:
    return str(place.tb_frame.f_globals.get("__name__", "?"))
