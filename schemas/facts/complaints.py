"""Faults at the JSON border: what is wrong, and the JSON Pointer (RFC 6901) of the place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from service.errors import Fault

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a field or schema objects to; ``member`` names a member below the place the complaint is stored at.

    Messages are fixed sentences about what to send; they never hold what was sent.
    """

    code: str
    message: str
    member: str | None = None


def refusal(code: str, message: str) -> ValidationError:
    """One complaint in the form marshmallow collects."""
    return ValidationError([Complaint(code, message)])


def pointer(steps: Steps) -> str:
    """Member names and list indexes as a JSON Pointer; the whole document is the empty string."""
    return "".join(f"/{_escaped(step)}" for step in steps)


def _escaped(step: str | int) -> str:
    """``~`` and ``/`` as RFC 6901 § 3 asks; half a surrogate pair, which UTF-8 cannot carry, as a question mark."""
    token = str(step).replace("~", "~0").replace("/", "~1")
    return token.encode(errors="replace").decode()


def faults_of(messages: object, steps: Steps = ()) -> Iterator[Fault]:
    """Every complaint in marshmallow's tree of messages as a fault, in the order of the fields."""
    if isinstance(messages, Complaint):
        place = steps if messages.member is None else (*steps, messages.member)
        yield Fault(code=messages.code, message=messages.message, pointer=pointer(place))
    elif isinstance(messages, Mapping):
        for step, below in messages.items():
            yield from faults_of(below, steps if step == SCHEMA else (*steps, step))
    elif isinstance(messages, Sequence):
        for below in messages:
            yield from faults_of(below, steps)
