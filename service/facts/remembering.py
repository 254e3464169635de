"""Reckoning something once for a case: drawing up nine papers asks nine times the same of the same facts."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from service.facts.case import CaseFacts

Result = TypeVar("Result")
Further = ParamSpec("Further")


class Memory(Protocol):
    """Gives answers of functions marked :func:`once_for_a_case`, remembered or reckoned now."""

    def answer(
        self, function: Callable[..., Any], facts: CaseFacts, further: tuple[Any, ...], named: Mapping[str, Any]
    ) -> Any:
        """What the function says of the facts and the further arguments."""


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def answers_remembered() -> Iterator[None]:
    """Within this, functions marked :func:`once_for_a_case` answer a repeated question from memory.

    Afterwards nothing of any case is kept.
    """
    with answers_from(CaseMemory()):
        yield


@contextmanager
def answers_from(memory: Memory) -> Iterator[None]:
    """Within this, functions marked :func:`once_for_a_case` are asked through this memory."""
    token = _MEMORY.set(memory)
    try:
        yield
    finally:
        _MEMORY.reset(token)


def once_for_a_case(
    function: Callable[Concatenate[CaseFacts, Further], Result],
) -> Callable[Concatenate[CaseFacts, Further], Result]:
    """Mark a function that depends on nothing but its arguments, and whose result nobody changes.

    Facts are told apart by identity, all further arguments by equality. A part of a larger reckoning is worth a mark
    of its own where it reads other facts than the rest: an experiment on other facts then redoes that part alone.
    """

    @wraps(function)
    def answer(facts: CaseFacts, /, *further: Further.args, **named: Further.kwargs) -> Result:
        memory = _MEMORY.get()
        if memory is None:
            return function(facts, *further, **named)
        result: Result = memory.answer(function, facts, further, named)
        return result

    return answer


class CaseMemory:
    """Keeps every answer for as long as it lives itself."""

    def __init__(self) -> None:
        self._answers: dict[Any, Any] = {}

    def answer(
        self, function: Callable[..., Any], facts: CaseFacts, further: tuple[Any, ...], named: Mapping[str, Any]
    ) -> Any:
        """As :class:`Memory`."""
        question = (function, id(facts), further, tuple(named.items()))
        if question not in self._answers:
            # The facts are kept with the answer, so that no others can take their identity meanwhile.
            self._answers[question] = (facts, function(facts, *further, **named))
        return self._answers[question][1]
