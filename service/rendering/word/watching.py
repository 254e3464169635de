"""A draft's context as a template reads it: every reading is noted, in order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Self

from markupsafe import Markup, escape

Path = tuple[str, ...]
LENGTH: Final = "#"
"""After the path of a list: how many entries it has."""


Reading = tuple[Path, bool]
"""A path that was read, and whether by a loop that came to an entry which is text and no group."""


class Watch:
    """Notes what is read of a context; give :meth:`named` values to the template."""

    def __init__(self) -> None:
        self._readings: list[Reading] = []

    def readings(self) -> list[Reading]:
        """What was read since this was asked last, in order."""
        readings, self._readings = self._readings, []
        return readings

    def note(self, path: Path, *, turned: bool = False) -> None:
        """Add to the readings."""
        self._readings.append((path, turned))

    def watched(self, value: Any, path: Path, *, turned: bool = False) -> Any:
        """The value, if it is a group or list as one that is watched; reading anything else is noted."""
        if isinstance(value, str):
            self._readings.append((path, turned))
            return value
        if isinstance(value, Mapping):
            return _WatchedGroup(value, path, self)
        if isinstance(value, tuple | list):
            return _WatchedList(value, path, self)
        self._readings.append((path, turned))
        return value

    def named(self, value: Any, path: Path) -> Any:
        """The value of a name of the context; Jinja fetches those before it begins, so text notes its own use."""
        if isinstance(value, bool):
            return _WatchedTruth(value, path, self)
        if isinstance(value, str):
            return _WatchedText(value, path, self)
        return self.watched(value, path)


class _WatchedGroup(Mapping[str, Any]):
    def __init__(self, members: Mapping[str, Any], path: Path, watch: Watch) -> None:
        self._members, self._path, self._watch = members, path, watch

    def __getitem__(self, name: str) -> Any:
        return self._watch.watched(self._members[name], (*self._path, name))

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


class _WatchedList(Sequence[Any]):
    def __init__(self, entries: Sequence[Any], path: Path, watch: Watch) -> None:
        self._entries, self._path, self._watch = entries, path, watch

    def __getitem__(self, place: Any) -> Any:
        places = range(len(self._entries))[place]
        if isinstance(places, range):
            return [self._entry(each) for each in places]
        return self._entry(places)

    def __iter__(self) -> Iterator[Any]:
        self._watch.note((*self._path, LENGTH))
        return (self._entry(place, turned=True) for place in range(len(self._entries)))

    def __len__(self) -> int:
        self._watch.note((*self._path, LENGTH))
        return len(self._entries)

    def _entry(self, place: int, *, turned: bool = False) -> Any:
        return self._watch.watched(self._entries[place], (*self._path, str(place)), turned=turned)


class _WatchedTruth(int):
    _path: Path
    _watch: Watch

    def __new__(cls, value: bool, path: Path, watch: Watch) -> Self:  # noqa: FBT001 - it stands for one
        truth = super().__new__(cls, value)
        truth._path, truth._watch = path, watch
        return truth

    def __bool__(self) -> bool:
        self._watch.note(self._path)
        return int(self) != 0


class _WatchedText(str):  # noqa: SLOT000 - it carries where it stands
    """Text that notes when it is printed, put through a filter, compared or asked whether there is any."""

    _path: Path
    _watch: Watch

    def __new__(cls, value: str, path: Path, watch: Watch) -> Self:
        text = super().__new__(cls, value)
        text._path, text._watch = path, watch
        return text

    def _used(self) -> str:
        self._watch.note(self._path)
        return "".join(self)

    def __html__(self) -> Markup:
        return escape(self._used())

    def __bool__(self) -> bool:
        return len(self._used()) > 0

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self._used(), other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def upper(self) -> str:
        return str.upper(self._used())

    def lower(self) -> str:
        return str.lower(self._used())

    def capitalize(self) -> str:
        return str.capitalize(self._used())

    def strip(self, chars: str | None = None, /) -> str:
        return str.strip(self._used(), chars)
