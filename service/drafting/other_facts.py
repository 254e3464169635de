"""Other facts than those of the case, to see what a document would say then. None of them is ever filed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Final, get_args, get_type_hints

from service.facts.case import CaseFacts
from service.facts.reading import leaf_values, pointers_within

_SOME_CENTS: Final = Decimal("1.11")
_SIGN: Final = "\ue000"
"""A character for private use, which no fact holds that is printed, and which is no initial."""
_DAY: Final = timedelta(days=1)
_SOME_YEARS: Final = timedelta(days=1000)
_LONGEST_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alternative:
    """What else could stand at one place: the values to try in turn, and how many of them suffice.

    ``touched`` are the pointers of all that changes with it, its own included. ``indispensable``: where a document can
    be drafted with none of the others, it needs what is there.
    """

    pointer: str
    value: Any
    others: tuple[Any, ...]
    enough: int
    touched: frozenset[str]
    indispensable: bool


def alternatives(facts: CaseFacts) -> Iterator[Alternative]:
    """One for every fact, list and group that could be otherwise."""
    for pointer, value in leaf_values(facts).items():
        if others := tuple(other_values(value)):
            yield Alternative(
                pointer=pointer,
                value=value,
                others=others,
                enough=2 if isinstance(value, Enum) else 1,
                touched=frozenset({pointer}),
                indispensable=True,
            )
    for pointer, group, smaller in smaller_groups(facts):
        yield Alternative(
            pointer=pointer,
            value=group,
            others=(smaller,),
            enough=1,
            touched=frozenset(pointers_within(group, pointer)),
            indispensable=False,
        )


def set_apart(alternative: Alternative, number: int) -> Alternative:
    """The same for one of many places that change together: no two days then come to lie in one year."""
    if not isinstance(alternative.value, date):
        return alternative
    far = alternative.value + _SOME_YEARS + number * _LONGEST_YEAR
    return replace(alternative, others=(far, *alternative.others[1:]))


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
            yield from (value + 1, *([value - 1] if value > 0 else []))
        case date():
            yield from (value + _SOME_YEARS, value + _DAY)
        case time():
            yield time((value.hour + 1) % 24, value.minute)
        case str():
            yield from (f"{_SIGN}{value}{_SIGN}", f"{value}x", f"Q{value}")
        case _:  # nothing, or an empty list, has no neighbour
            return


def smaller_groups(facts: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Lists that hold anything and groups that may be left out: pointer, what stands there, and that made smaller.

    A list is made smaller by its last entry, a group is left out.
    """
    if isinstance(facts, tuple):
        for place, entry in enumerate(facts):
            yield from smaller_groups(entry, f"{pointer}/{place}")
    elif is_dataclass(facts) and not isinstance(facts, type):
        for field in fields(facts):
            member, at = getattr(facts, field.name), f"{pointer}/{field.name}"
            if isinstance(member, tuple) and member:
                yield at, member, member[:-1]
            elif is_dataclass(member) and field.name in _may_be_left_out(type(facts)):
                yield at, member, None
            yield from smaller_groups(member, at)


@cache
def _may_be_left_out(kind: type) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(kind).items() if NoneType in get_args(hint))
