"""Errors that nobody foresaw: noted for the operator under a reference, their words kept out of the log."""

import logging
import secrets

_log = logging.getLogger(__name__)


def note_unforeseen(error: Exception) -> str:
    """Log kind and place of an error, and return the reference it stands under.

    Its own words may hold facts about people, so they are not logged.
    """
    reference = secrets.token_hex(8)
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "unknown place"
    _log.error("unforeseen error, reference %s: %s in %s", reference, type(error).__qualname__, where)
    return reference
