"""Other facts than those of the case, to see what a document would say then. None of them is ever filed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

_SOME_CENTS: Final = Decimal("1.11")
_DAY: Final = timedelta(days=1)
_SOME_YEARS: Final = timedelta(days=1000)


def other_values(value: Any) -> Iterator[Any]:
    """Other values of the same kind: first far ones, which no rounding hides, then such as fit where those do not."""
    match value:
        case bool():
            yield not value
        case Enum():
            yield from (member for member in type(value) if member is not value)
        case Decimal():
            yield from (value * 2 + 400, value + _SOME_CENTS, max(value - _SOME_CENTS, Decimal(0)))
        case int():
            yield value + 1
        case date():
            yield from (value + _SOME_YEARS, value + _DAY)
        case time():
            yield time((value.hour + 1) % 24, value.minute)
        case str():
            yield from (f"{value}x", f"Q{value}")
        case _:  # nothing, or an empty list, has no neighbour
            return


def smaller_groups(facts: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Lists without their last entry, and groups that may be left out, left out; by JSON Pointer."""
    if isinstance(facts, tuple):
        for place, entry in enumerate(facts):
            yield from smaller_groups(entry, f"{pointer}/{place}")
    elif is_dataclass(facts) and not isinstance(facts, type):
        for field in fields(facts):
            member, at = getattr(facts, field.name), f"{pointer}/{field.name}"
            if isinstance(member, tuple) and member:
                yield at, member[:-1]
            elif is_dataclass(member) and field.name in _may_be_left_out(type(facts)):
                yield at, None
            yield from smaller_groups(member, at)


@cache
def _may_be_left_out(kind: type) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(kind).items() if NoneType in get_args(hint))
