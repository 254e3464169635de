"""Answers about a case, each recorded with the facts it was read from.

Asked about the same case with some facts changed, an answer that read none of these is given again; the rest is
reckoned anew. What comes out is what reckoning everything anew would give.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from service.facts.case import CaseFacts
from service.facts.reading import Reading, behind, is_view, pointers_within
from service.facts.remembering import CaseMemory, answers_from

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Recorded:
    result: Any
    read: frozenset[str]


class RecordedAnswers:
    """What was answered about one case."""

    def __init__(self, facts: CaseFacts) -> None:
        self._reading = _WatchfulReading(facts)
        self._recorded: dict[Any, _Recorded] = {}

    def of(self, ask: Callable[[CaseFacts], Result]) -> tuple[Result, frozenset[str]]:
        """What is answered on the case as it is, and the JSON Pointers of all that was read for it.

        Among these are groups that were looked at, as for whether there is one, and what was read for a check alone.
        """
        with answers_from(self), self._reading.apart() as read:
            result = ask(self._reading.facts)
        return result, frozenset(read)

    @contextmanager
    def on_other_facts(self, changed: AbstractSet[str]) -> Iterator[None]:
        """Within this, the case is asked about with what stands at these JSON Pointers changed.

        Where a group is changed, the pointers are its own and those of all that it held.
        """
        with answers_from(_OtherAnswers(self._recorded, changed)):
            yield

    def answer(
        self, function: Callable[..., Any], facts: CaseFacts, further: tuple[Any, ...], named: Mapping[str, Any]
    ) -> Any:
        """As :class:`service.facts.remembering.Memory`; an answer that holds facts as they stand is not recorded."""
        given = tuple((name, behind(value)) for name, value in named.items())
        question = (function, tuple(map(behind, further)), given)
        recorded = self._recorded.get(question)
        if recorded is None:
            with self._reading.apart() as read:
                result = function(facts, *further, **named)
            if _holds_a_view(result):
                return result
            recorded = self._recorded[question] = _Recorded(result, frozenset(read))
        else:
            self._reading.add(recorded.read)
        return recorded.result


class _OtherAnswers:
    """Answers on other facts: those recorded that are not touched, and besides them a memory of its own."""

    def __init__(self, recorded: Mapping[Any, _Recorded], changed: AbstractSet[str]) -> None:
        self._recorded = recorded
        self._changed = changed
        self._anew = CaseMemory()

    def answer(
        self, function: Callable[..., Any], facts: CaseFacts, further: tuple[Any, ...], named: Mapping[str, Any]
    ) -> Any:
        recorded = self._recorded.get((function, further, tuple(named.items())))
        if recorded is not None and recorded.read.isdisjoint(self._changed):
            return recorded.result
        return self._anew.answer(function, facts, further, named)


def _holds_a_view(result: Any) -> bool:
    if is_view(result):
        return True
    if isinstance(result, Mapping):
        return any(map(_holds_a_view, result.values()))
    if isinstance(result, tuple | list | AbstractSet):
        return any(map(_holds_a_view, result))
    if is_dataclass(result):
        return any(_holds_a_view(getattr(result, field.name)) for field in fields(result))
    return False


class _WatchfulReading(Reading):
    """Records groups that are looked at besides leaves, what is compared as a whole, and what checks read."""

    def __init__(self, facts: CaseFacts) -> None:
        self._apart: list[set[str]] = [set()]
        self._pointers_within: dict[str, frozenset[str]] = {}
        super().__init__(facts)

    @contextmanager
    def apart(self) -> Iterator[set[str]]:
        """What is read within this, which counts for what was begun before as well."""
        read: set[str] = set()
        self._apart.append(read)
        try:
            yield read
        finally:
            self._apart.pop()
            self.add(read)

    def add(self, read: AbstractSet[str]) -> None:
        """This was read too."""
        self._apart[-1] |= read

    def view(self, value: object, pointer: str) -> Any:
        """As for any reading."""
        self._apart[-1].add(pointer)
        return super().view(value, pointer)

    def compared(self, pointer: str) -> None:
        """Everything in the group was read."""
        if pointer not in self._pointers_within:
            self._pointers_within[pointer] = frozenset(pointers_within(behind(self._views[pointer]), pointer))
        self.add(self._pointers_within[pointer])

    def for_a_check(self, view: Any) -> Any:
        """The view: what a check reads decides on words as well."""
        return view
