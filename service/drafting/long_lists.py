"""Which entries of a long list stand behind what, found by changing many of them at once.

To change each fact of each of n entries alone would take time in the square of n. Here every kind of fact, as the sum
billed, is changed in one half of the entries and then in the other. Besides, every entry is given a set of signs of its
own, as many signs to each; and for each sign all that can be changed is changed in the entries that bear it. What comes
out otherwise under as many signs as an entry bears hangs on the entry that bears them: two entries bear more together.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from itertools import combinations, islice
from math import comb
from typing import Any, Final

from service.drafting.differences import Path
from service.drafting.experiments import WHOLE, Bench, Outcome
from service.drafting.other_facts import Alternative, set_apart
from service.facts.reading import members

_PLACES_APART: Final = 8
"""Within an entry, places in a list from this one on count as one kind."""
_MOST_TURNS: Final = 12
_ANY_PLACE: Final = "*"
_PLACE: Final = re.compile(r"(?<=/)\d+(?=/|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One thing that may be otherwise in an entry, the entry told by its number."""

    entry: int
    alternative: Alternative


@dataclass(frozen=True, slots=True)
class Entries:
    """A long list by its pointer, with all that may be otherwise in its entries, kind by kind."""

    at: str
    kinds: tuple[tuple[Member, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """What was changed together: the pointers, by the number of their entry."""

    pointers: Mapping[int, Sequence[str]]


def long_lists(
    facts: Any, every: Iterable[Alternative], *, longer_than: int
) -> tuple[list[Entries], list[Alternative]]:
    """The lists of more entries, and besides them whatever stands in no such list.

    What stands in a long list within an entry of another counts for that other.
    """
    lists = {pointer: defaultdict[str, list[Member]](list) for pointer in _long(facts, "", longer_than)}
    elsewhere = []
    for alternative in every:
        at = next((prefix for prefix in _prefixes(alternative.pointer) if prefix in lists), None)
        if at is None:
            elsewhere.append(alternative)
        else:
            number, _, below = alternative.pointer.removeprefix(f"{at}/").partition("/")
            kind = _PLACE.sub(lambda place: str(min(int(place[0]), _PLACES_APART)), f"/{below}")
            lists[at][kind].append(Member(int(number), set_apart(alternative, int(number))))
    found = [Entries(at, tuple(map(tuple, kinds.values()))) for at, kinds in lists.items() if kinds]
    return found, elsewhere


def _long(facts: Any, pointer: str, longer_than: int) -> Iterator[str]:
    if isinstance(facts, tuple) and len(facts) > longer_than:
        yield pointer
    elif isinstance(facts, tuple) or is_dataclass(facts):
        for step, member in members(facts):
            yield from _long(member, f"{pointer}/{step}", longer_than)


def _prefixes(pointer: str) -> Iterator[str]:
    """The pointers of the groups that hold a place, the outermost first."""
    end = pointer.find("/", 1)
    while end > 0:
        yield pointer[:end]
        end = pointer.find("/", end + 1)


class LongList:
    """Experiments on one long list; their number grows with the kinds of facts and the logarithm of its length.

    What hangs on one entry is named exactly. What hangs on several, as a total does, is said to rest on the list, which
    stands for everything in it and may be more than it rests on. Where that is so of one line, as when a sum that the
    order fixes is used up, it is said of all lines besides their own entries: which line meets it may turn on a change
    that was not tried. It is also said of changes that no document bears and that some dozens of trials cannot tell
    apart. An effect that shows in no experiment because other effects undo it is not found; neither is it where a fact
    is changed alone.
    """

    def __init__(self, bench: Bench, entries: Entries) -> None:
        self._bench = bench
        self._at = entries.at
        self._kinds = entries.kinds
        self._codes = codes(max(2, 1 + max(member.entry for kind in entries.kinds for member in kind)))
        self._bearers = {code: entry for entry, code in enumerate(self._codes)}
        self._length = max(self._codes).bit_length()
        self._patience = 4 * self._length
        self._together: list[list[Sequence[Member]]] = []
        self._accepted: defaultdict[str, list[Any]] = defaultdict(list)
        self._groups: dict[str, dict[Path, list[_Group]]] = {name: {} for name in bench.names}
        self._signs: dict[str, defaultdict[Path, int]] = {name: defaultdict(int) for name in bench.names}
        self._any: Counter[str] = Counter()
        self._needed: dict[str, dict[Path, set[str]]] = {name: {} for name in bench.names}

    def found(self) -> dict[str, dict[Path, set[str]]]:
        """By document and path the pointers behind it."""
        self._experiment()
        known: dict[Any, list[str]] = {}
        for name, paths in self._groups.items():
            needed, shared = self._needed[name], set[Path]()
            for path, groups in paths.items():
                signs = self._signs[name].get(path, 0) | self._any[name]
                question = (signs, *groups)
                if question not in known:
                    known[question] = self._behind(signs, groups)
                needed.setdefault(path, set()).update(known[question])
                if self._at in known[question]:
                    shared.add(_column(path))
            if any(_ANY_PLACE in column for column in shared):
                for path in paths:
                    if _column(path) in shared:
                        needed[path].add(self._at)
        return self._needed

    def _experiment(self) -> None:
        for number, kind in enumerate(self._kinds):
            for bearing in (True, False):
                half = [member for member in kind if self._bears(member, 1 << number % self._length) is bearing]
                self._try(half, self._bench.within_reach(_touched(half)))
        for number in range(max(map(len, self._accepted.values()), default=0)):
            if number > 0 and self._all_signed():
                break
            changeable = [
                [member for member in kind if len(self._accepted[_pointer(member)]) > number] for kind in self._kinds
            ]
            self._together = [[kind for kind in changeable if kind]]
            for place in range(self._length):
                self._tell_apart(1 << place, number)

    def _all_signed(self) -> bool:
        """Whether everything that came out otherwise did so under some sign too."""
        return all(path in self._signs[name] for name, paths in self._groups.items() for path in paths)

    def _bears(self, member: Member, sign: int) -> bool:
        return bool(self._codes[member.entry] & sign)

    def _try(self, group: Sequence[Member], names: Sequence[str]) -> None:
        """Change all members together; those that a refusal names, or else all, go on to their next value."""
        turns = dict.fromkeys(group, 0)
        done, given_up = Counter[str](), set[Member]()
        for _ in range(_MOST_TURNS):
            active = [member for member in group if turns[member] < len(member.alternative.others)]
            waiting = [name for name in names if done[name] < group[0].alternative.enough]
            if not active or not waiting:
                break
            changes = [(member.alternative, member.alternative.others[turns[member]]) for member in active]
            outcome = self._bench.outcome(changes, waiting)
            self._note(outcome, active)
            done.update(outcome.changed.keys())
            if outcome.changed:
                self._accept(changes)
            blamed = self._blamed(outcome, active)
            for member in blamed or active:
                turns[member] += 1
            given_up.update(member for member in blamed if turns[member] == len(member.alternative.others))
        left = [name for name in names if not done[name]]
        self._try_less(group, left)
        if given_up:
            self._try_less([member for member in group if member in given_up], [name for name in names if done[name]])

    def _accept(self, changes: Sequence[tuple[Alternative, Any]]) -> None:
        for alternative, value in changes:
            if value not in self._accepted[alternative.pointer]:
                self._accepted[alternative.pointer].append(value)

    def _try_less(self, group: Sequence[Member], names: Sequence[str]) -> None:
        """Smaller groups of what cannot be changed together; like values are taken to be refused for a like reason."""
        if not names:
            return
        ordered = sorted(group, key=lambda member: str(member.alternative.value))
        alike = ordered[0].alternative.value == ordered[-1].alternative.value
        if alike or self._patience == 0:
            self._need(group, names, alike=alike)
        else:
            self._patience -= 1
            middle = len(ordered) // 2
            for part in (ordered[:middle], ordered[middle:]):
                self._try(part, names)

    def _need(self, group: Sequence[Member], names: Sequence[str], *, alike: bool) -> None:
        """Documents that can be drafted with nothing else in these places."""
        needed = group[0].alternative
        if needed.indispensable:
            for name in names:
                for path in self._bench.standing(name, needed.value) if alike else (WHOLE,):
                    pointer = needed.pointer if len(group) == 1 else self._at
                    self._needed[name].setdefault(path, set()).add(pointer)

    def _blamed(self, outcome: Outcome, active: Sequence[Member]) -> list[Member]:
        """Those in whose entries a refusal found a fault."""
        places = [pointer.removeprefix(f"{self._at}/") for faults in outcome.refused.values() for pointer in faults]
        entries = {place.partition("/")[0] for place in places}
        return [member for member in active if str(member.entry) in entries]

    def _note(self, outcome: Outcome, changed: Sequence[Member]) -> None:
        pointers = defaultdict[int, list[str]](list)
        for member in changed:
            pointers[member.entry].append(member.alternative.pointer)
        group = _Group(pointers)
        for name, paths in outcome.changed.items():
            groups = self._groups[name]
            for path in paths:
                groups.setdefault(path, []).append(group)

    def _tell_apart(self, sign: int, number: int) -> None:
        """Change all that can be changed in the entries that bear a sign, each to the value accepted at this turn.

        Kinds that cannot be changed together here are not tried together again. Where one alone is refused, nothing is
        ruled out.
        """
        batches, self._together = self._together, []
        while batches:
            batch = batches.pop()
            changed = [member for kind in batch for member in kind if self._bears(member, sign)]
            changes = [(member.alternative, self._accepted[_pointer(member)][number]) for member in changed]
            outcome = self._bench.outcome(changes, self._bench.within_reach(_touched(changed)))
            for name, paths in outcome.changed.items():
                signs = self._signs[name]
                for path in paths:
                    signs[path] |= sign
            if outcome.refused and len(batch) > 1:
                batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
                continue
            self._together.append(batch)
            for name in outcome.refused:
                self._any[name] |= sign

    def _behind(self, signs: int, groups: Sequence[_Group]) -> list[str]:
        """What was changed in the entry that bears these signs; the list, where no entry does or another counts too."""
        entry = self._bearers.get(signs)
        if entry is None:
            return [self._at]
        found = [pointer for group in groups for pointer in group.pointers.get(entry, ())]
        return found if all(entry in group.pointers for group in groups) else [*found, self._at]


def codes(count: int) -> tuple[int, ...]:
    """For each of so many entries its signs as the bits of a number: as few signs in all as can be, half for each."""
    length = next(length for length in range(1, count + 1) if comb(length, length // 2) >= count)
    chosen = islice(combinations(range(length), length // 2), count)
    return tuple(sum(1 << place for place in places) for places in chosen)


def _column(path: Path) -> Path:
    """The path with no place in any list told."""
    return tuple(_ANY_PLACE if step.isdecimal() else step for step in path)


def _pointer(member: Member) -> str:
    return member.alternative.pointer


def _touched(group: Iterable[Member]) -> frozenset[str]:
    return frozenset().union(*(member.alternative.touched for member in group))
