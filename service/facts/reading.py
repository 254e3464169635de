"""Which facts were read: a tracing view of case facts that records the JSON Pointer of every leaf it hands out.

The view answers attribute access, indexing and iteration as the wrapped facts do. A property such as
``PersonName.full`` is evaluated on the view itself, so the members that it reads are recorded too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

Facts = TypeVar("Facts")


class Reading:
    """One reading of some facts from beginning to end; give :attr:`facts` to the code that is to be watched."""

    def __init__(self, facts: object) -> None:
        self._views: dict[str, _View] = {}
        self._read: dict[str, None] = {}
        self.facts: Any = self.view(facts, "")

    def read_pointers(self) -> tuple[str, ...]:
        """JSON Pointers of the leaves read so far, in the order of their first reading."""
        return tuple(self._read)

    def view(self, value: object, pointer: str) -> Any:
        """A view of what stands at ``pointer``; leaves come back as they are, and are recorded.

        The same pointer gives the same view, so that ``is`` means among views what it means among facts.
        """
        if not _has_members(value):
            self._read[pointer] = None
            return value
        if pointer not in self._views:
            self._views[pointer] = (_TupleView if isinstance(value, tuple) else _View)(value, pointer, self)
        return self._views[pointer]

    def compared(self, pointer: str) -> None:
        """The group at ``pointer`` was compared as a whole, which this reading does not count."""

    def for_a_check(self, view: Any) -> Any:
        """What a check is given in place of a view: the facts themselves, so that its reading is not recorded."""
        return behind(view)


def leaf_pointers(facts: object, pointer: str = "") -> tuple[str, ...]:
    """JSON Pointers of all leaves: text, numbers, dates, ``None`` and empty lists."""
    if not _has_members(facts):
        return (pointer,)
    return tuple(leaf for name, member in members(facts) for leaf in leaf_pointers(member, f"{pointer}/{name}"))


def members(facts: Any) -> list[tuple[str, Any]]:
    """What a group or list holds, by the steps of JSON Pointers."""
    if isinstance(facts, tuple):
        return [(str(place), member) for place, member in enumerate(facts)]
    return [(field.name, getattr(facts, field.name)) for field in fields(facts)]


def pointers_within(facts: object, pointer: str) -> Iterator[str]:
    """JSON Pointers of what stands at a pointer and of everything within it, groups and leaves."""
    yield pointer
    if _has_members(facts):
        for name, member in members(facts):
            yield from pointers_within(member, f"{pointer}/{name}")


def leaf_values(facts: object) -> dict[str, Any]:
    """What stands at each leaf, by JSON Pointer."""
    return dict(_leaves(facts, ""))


def _leaves(facts: object, pointer: str) -> Iterator[tuple[str, Any]]:
    if not _has_members(facts):
        yield pointer, facts
    else:
        for name, member in members(facts):
            yield from _leaves(member, f"{pointer}/{name}")


def with_values(facts: Facts, values: Mapping[str, object]) -> Facts:
    """The facts with other values at places named by JSON Pointers; nothing is checked.

    Of two places, one within the other, the outer one counts.
    """
    changes: dict[str, Any] = {}
    for pointer in sorted(values, key=len, reverse=True):
        *way, last = pointer.split("/")[1:]
        place = changes
        for step in way:
            place = place.setdefault(step, {})
        place[last] = _Other(values[pointer])
    return cast("Facts", _changed(facts, changes))


class _Other:
    """Another value, told apart from changes within a group."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def _changed(facts: Any, changes: dict[str, Any] | _Other) -> Any:
    if isinstance(changes, _Other):
        return changes.value
    if isinstance(facts, tuple):
        entries = list(facts)
        for step, change in changes.items():
            entries[int(step)] = _changed(entries[int(step)], change)
        return tuple(entries)
    return replace(facts, **{step: _changed(getattr(facts, step), change) for step, change in changes.items()})


def untraced(facts: Facts) -> Facts:
    """The facts for a check whose reading is not a use; facts that are no view come back as given."""
    if type(facts) not in {_View, _TupleView}:
        return facts
    return cast("Facts", object.__getattribute__(facts, "_reading").for_a_check(facts))


def behind(facts: Facts) -> Facts:
    """The facts behind a view; anything else comes back as given."""
    return cast("Facts", object.__getattribute__(facts, "_facts")) if type(facts) in {_View, _TupleView} else facts


def is_view(value: object) -> bool:
    """Whether this stands for facts that are being watched."""
    return type(value) in {_View, _TupleView}


def _has_members(value: object) -> bool:
    return is_dataclass(value) or (isinstance(value, tuple) and bool(value))


class _View:
    """Stands for one frozen dataclass; compares and hashes as the facts behind it."""

    __slots__ = ("_facts", "_pointer", "_reading")

    def __init__(self, facts: Any, pointer: str, reading: Reading) -> None:
        object.__setattr__(self, "_facts", facts)
        object.__setattr__(self, "_pointer", pointer)
        object.__setattr__(self, "_reading", reading)

    @property  # type: ignore[misc]  # the type checker knows __class__ as an attribute that can be set
    def __class__(self) -> Any:
        """The class of the facts, so that ``isinstance`` and ``match`` see no difference."""
        return type(object.__getattribute__(self, "_facts"))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            return getattr(self._facts, name)
        described = getattr(type(self._facts), name, None)
        if isinstance(described, property) and described.fget is not None:
            return described.fget(self)
        return self._reading.view(getattr(self._facts, name), f"{self._pointer}/{name}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: facts are frozen")

    def __eq__(self, other: object) -> bool:
        self._reading.compared(self._pointer)
        return bool(self._facts == behind(other))

    def __hash__(self) -> int:
        self._reading.compared(self._pointer)
        return hash(self._facts)

    def __repr__(self) -> str:
        return f"<view of facts at {self._pointer or '/'}>"


class _TupleView(_View):
    """Stands for a tuple that is not empty."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return (self._member(place) for place in range(len(self)))

    def __len__(self) -> int:
        return len(self._facts)

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return tuple(self._member(index) for index in range(*place.indices(len(self))))
        return self._member(range(len(self))[place])

    def __contains__(self, wanted: object) -> bool:
        return any(member == wanted for member in self)

    def __add__(self, other: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*self, *other)

    def __radd__(self, other: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*other, *self)

    def _member(self, place: int) -> Any:
        return self._reading.view(self._facts[place], f"{self._pointer}/{place}")
