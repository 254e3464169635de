"""Identifiers that sort by the time they were made and cannot be guessed.

The form is a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32) behind a prefix that says of what.
"""

import re
import secrets
from datetime import datetime
from enum import StrEnum

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS = 26
_RANDOM_BITS = 80


class IdentifierPrefix(StrEnum):
    """What an identifier identifies."""

    FILING = "flg_"
    PREVIEW = "prv_"
    CREDENTIAL = "key_"


def new_identifier(prefix: IdentifierPrefix, at: datetime) -> str:
    """A fresh identifier; those of a later millisecond sort after it. ``at`` is timezone-aware."""
    if at.tzinfo is None:
        raise ValueError("an identifier is made at a timezone-aware time")
    milliseconds = int(at.timestamp() * 1000)
    number = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    return prefix + "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_CHARACTERS - 1), -1, -5))


def is_identifier(prefix: IdentifierPrefix, text: str) -> bool:
    """Whether ``text`` has the form of an identifier of this kind."""
    return re.fullmatch(f"{prefix}[{_ALPHABET}]{{{_CHARACTERS}}}", text) is not None
