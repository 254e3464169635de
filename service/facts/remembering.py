"""Reckoning something once for a case: drawing up nine papers asks nine times the same of the same facts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from service.facts.case import CaseFacts

Result = TypeVar("Result")
Further = ParamSpec("Further")

_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def answers_remembered() -> Iterator[None]:
    """Within this, functions marked :func:`once_for_a_case` answer a repeated question from memory.

    Afterwards nothing of any case is kept.
    """
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once_for_a_case(
    function: Callable[Concatenate[CaseFacts, Further], Result],
) -> Callable[Concatenate[CaseFacts, Further], Result]:
    """Mark a function that depends on nothing but its arguments, and whose result nobody changes.

    Facts are told apart by identity, all further arguments by equality.
    """

    @wraps(function)
    def answer(facts: CaseFacts, /, *further: Further.args, **named: Further.kwargs) -> Result:
        answers = _ANSWERS.get()
        if answers is None:
            return function(facts, *further, **named)
        question = (function, id(facts), further, tuple(named.items()))
        if question not in answers:
            # The facts are kept with the answer, so that no others can take their identity meanwhile.
            answers[question] = (facts, function(facts, *further, **named))
        result: Result = answers[question][1]
        return result

    return answer
