"""Which gates read a fact, told for thousands of paragraphs at once."""

from collections.abc import Iterator, Sequence

from service.law.outcomes import GateFinding


class GatesByFact:
    """The gates of one filing, found by what they read; a group and what it holds count as one another."""

    def __init__(self, gates: Sequence[GateFinding]) -> None:
        self._ids = tuple(gate.id for gate in gates)
        self._reading: dict[str, set[int]] = {}
        self._reading_within: dict[str, set[int]] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._answers: dict[tuple[str, ...], list[str]] = {}
        for place, gate in enumerate(gates):
            for pointer in gate.facts:
                self._reading.setdefault(pointer, set()).add(place)
                for group in _upwards(pointer):
                    self._reading_within.setdefault(group, set()).add(place)

    def reading(self, facts: tuple[str, ...]) -> list[str]:
        """The ids of the gates that read one of these facts, a group that holds one, or a part of one; in order."""
        if facts not in self._answers:
            places = frozenset().union(*map(self._of, facts))
            self._answers[facts] = [self._ids[place] for place in sorted(places)]
        return list(self._answers[facts])

    def _of(self, fact: str) -> frozenset[int]:
        if fact not in self._known:
            holding = (self._reading.get(group, ()) for group in _upwards(fact))
            self._known[fact] = frozenset(self._reading_within.get(fact, ())).union(*holding)
        return self._known[fact]


def _upwards(pointer: str) -> Iterator[str]:
    """A pointer, and those of the groups that hold what it names, the nearest first."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
