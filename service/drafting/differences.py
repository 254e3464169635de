"""Where in the words of a document something stands, and where two contexts differ."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

Path = tuple[str, ...]
"""Where something stands in a context: member by member, entries of a list by their place from 0."""
LENGTH: Final = "#"
"""After the path of a list: how many entries it has."""
_NOTHING: Final = object()


def differing(one: Any, other: Any, path: Path = ()) -> list[Path]:
    """The paths at which two contexts, or parts of them, differ; each as far down as both have the same shape."""
    found: list[Path] = []
    if one is not other and one != other:
        _collect(one, other, path, found)
    return found


def _collect(one: Any, other: Any, path: Path, found: list[Path]) -> None:
    """For what is known to differ."""
    if isinstance(one, str) or isinstance(other, str):
        found.append(path)
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        for name, member in one.items():
            if name not in other:
                found.append((*path, name))
            elif member is not other[name] and member != other[name]:
                _collect(member, other[name], (*path, name), found)
        found += [(*path, name) for name in other if name not in one]
    elif isinstance(one, tuple | list) and isinstance(other, tuple | list):
        for place, (entry, changed) in enumerate(zip(one, other, strict=False)):
            if entry is not changed and entry != changed:
                _collect(entry, changed, (*path, str(place)), found)
        if len(one) != len(other):
            found.append((*path, LENGTH))
            found += [(*path, str(place)) for place in range(min(len(one), len(other)), len(one))]
    else:
        found.append(path)


class Differences:
    """Compares documents of one filing with others; what several share on both sides is compared once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], list[Path]] = {}

    def between(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Path]:
        """The paths at which two contexts differ; both must outlive this object, for parts are known by identity."""
        found: list[Path] = []
        for name, part in one.items():
            changed = other.get(name, _NOTHING)
            if changed is not part:
                found += [(name,)] if changed is _NOTHING else self._within(name, part, changed)
        if one.keys() != other.keys():
            found += [(name,) for name in other if name not in one]
        return found

    def _within(self, name: str, part: Any, changed: Any) -> list[Path]:
        parts = (id(part), id(changed))
        if parts not in self._known:
            self._known[parts] = differing(part, changed, (name,))
        return self._known[parts]


def standing_at(context: Any, text: str) -> frozenset[Path]:
    """Where in a context a text stands by itself, and not as a part of a longer word or number."""
    alone = re.compile(rf"(?<![\w.,]){re.escape(text)}(?!\w|[.,]\d)")
    return frozenset(path for path, printed in _texts(context, ()) if text in printed and alone.search(printed))


def _texts(part: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(part, Mapping):
        for name, member in part.items():
            yield from _texts(member, (*path, name))
    elif isinstance(part, tuple | list):
        for place, entry in enumerate(part):
            yield from _texts(entry, (*path, str(place)))
    elif isinstance(part, str):
        yield path, part
