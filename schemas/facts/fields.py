"""The kinds of value that case facts are made of, each refusing in words what it cannot take.

JSON types are strict: ``"1"`` is no number and ``1`` is no truth value.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from marshmallow import fields

from schemas.facts.complaints import Complaint, refusal
from schemas.facts.text import PRINTABLE_LINE, checked_text

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

#: How a value that must be there is missed; for every kind of field.
ABSENCE_MESSAGES: dict[str, Any] = {
    "required": [Complaint("missing_field", "This field is required. Where the value may be unknown, send null.")],
    "null": [Complaint("missing_field", "This field may not be null; send its value.")],
}


class FactField(fields.Field[Value], Generic[Value]):
    """A value that must be sent unless ``optional``, and may be null when ``nullable`` or ``optional``.

    ``shape`` says in JSON Schema what :meth:`_read` takes, null left aside.
    """

    default_error_messages = ABSENCE_MESSAGES
    shape: Mapping[str, Any]

    def __init__(self, meaning: str = "", *, optional: bool = False, nullable: bool = False) -> None:
        described = {"description": meaning} if meaning else {}
        super().__init__(required=not optional, allow_none=nullable or optional, metadata=described)

    def _read(self, value: object) -> Value:
        raise NotImplementedError

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Value:
        del attr, data, kwargs
        return self._read(value)


class Text(FactField[str]):
    """One line of Unicode text that is not blank, of at most ``longest`` characters."""

    def __init__(
        self, meaning: str = "", *, longest: int = 300, optional: bool = False, nullable: bool = False
    ) -> None:
        super().__init__(meaning, optional=optional, nullable=nullable)
        self.longest = longest
        self.shape = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": PRINTABLE_LINE}

    def _read(self, value: object) -> str:
        return checked_text(value, self.longest)


class FormedText(FactField[str]):
    """Text of one fixed form, such as a docket number: ``form`` is a regular expression for the whole of it."""

    form: ClassVar[str]
    code: ClassVar[str]
    message: ClassVar[str]
    longest: ClassVar[int] = 100

    def __init__(self, meaning: str = "", *, optional: bool = False, nullable: bool = False) -> None:
        super().__init__(meaning, optional=optional, nullable=nullable)
        self.shape = {"type": "string", "maxLength": self.longest, "pattern": f"^(?:{self.form})$"}

    def _read(self, value: object) -> str:
        text = checked_text(value, self.longest)
        if not re.fullmatch(self.form, text):
            raise refusal(self.code, self.message)
        return text


class Money(FactField[Decimal]):
    """Dollars and cents as text, never a JSON number: a float cannot hold every cent exactly."""

    form: ClassVar[str] = r"[0-9]{1,9}\.[0-9]{2}"
    message: ClassVar[str] = 'Send dollars as text with two decimals and no sign or comma, for example "4300.00".'
    shape = {"type": "string", "pattern": f"^{form}$", "examples": ["4300.00"]}  # noqa: RUF012  # a shape is only read

    def _read(self, value: object) -> Decimal:
        if _is_negative(value):
            raise refusal("negative_money", f"A sum may not be negative. {self.message}")
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise refusal("not_money", self.message)
        return Decimal(value)


def _is_negative(value: object) -> bool:
    if isinstance(value, int | float):
        return value < 0
    return isinstance(value, str) and re.fullmatch(r"-[0-9]+(?:\.[0-9]*)?", value) is not None


class Percent(FactField[Decimal]):
    """A share from 0 to 100 as decimal text."""

    form: ClassVar[str] = r"[0-9]{1,3}(?:\.[0-9]{1,4})?"
    whole: ClassVar[Decimal] = Decimal(100)
    shape = {  # noqa: RUF012  # a shape is only read
        "type": "string",
        "pattern": r"^(?:100(?:\.0{1,4})?|0?[0-9]{1,2}(?:\.[0-9]{1,4})?)$",
        "examples": ["60", "33.34"],
    }

    def _read(self, value: object) -> Decimal:
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise refusal("not_percent", 'Send percent as decimal text without a sign, for example "60" or "33.34".')
        percent = Decimal(value)
        if percent > self.whole:
            raise refusal("out_of_range", "Send a percentage from 0 to 100.")
        return percent


class Day(FactField[date]):
    """A calendar day, ``YYYY-MM-DD``, in the years for which any fact of a case can stand."""

    form: ClassVar[str] = "(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    shape = {"type": "string", "format": "date", "pattern": f"^{form}$"}  # noqa: RUF012  # a shape is only read

    def _read(self, value: object) -> date:
        if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise refusal("not_a_date", 'Send a date as text, year-month-day, for example "2026-11-23".')
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise refusal("not_a_date", "There is no such day in the calendar; send one that exists.") from None
        if not re.fullmatch(self.form, value):
            raise refusal("out_of_range", "Send a year from 1900 to 2199.")
        return day


class ClockTime(FactField[time]):
    """A time of day, ``HH:MM`` on the 24-hour clock."""

    form: ClassVar[str] = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    shape = {"type": "string", "pattern": f"^{form}$"}  # noqa: RUF012  # a shape is only read

    def _read(self, value: object) -> time:
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise refusal("not_a_time", 'Send a time as text on the 24-hour clock, for example "09:30".')
        return time.fromisoformat(value)


class Flag(FactField[bool]):
    """``true`` or ``false``, nothing that merely resembles them."""

    shape = {"type": "boolean"}  # noqa: RUF012  # a shape is only read

    def _read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise refusal("wrong_type", "Send true or false, without quotes.")
        return value


class Count(FactField[int]):
    """A whole number from ``at_least`` to ``at_most``."""

    def __init__(
        self, meaning: str = "", *, at_least: int, at_most: int, optional: bool = False, nullable: bool = False
    ) -> None:
        super().__init__(meaning, optional=optional, nullable=nullable)
        self.bounds = range(at_least, at_most + 1)
        self.shape = {"type": "integer", "minimum": at_least, "maximum": at_most}

    def _read(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise refusal("wrong_type", "Send a whole number, without quotes and without a decimal point.")
        if value not in self.bounds:
            raise refusal("out_of_range", f"Send a whole number from {self.bounds[0]} to {self.bounds[-1]}.")
        return value


class Choice(FactField[Member]):
    """One word of a closed vocabulary, or of the part of it that can be meant."""

    def __init__(
        self, vocabulary: Iterable[Member], meaning: str = "", *, optional: bool = False, nullable: bool = False
    ) -> None:
        super().__init__(meaning, optional=optional, nullable=nullable)
        self.words = {str(member): member for member in vocabulary}
        self.shape = {"type": "string", "enum": list(self.words)}

    def _read(self, value: object) -> Member:
        if not isinstance(value, str) or value not in self.words:
            raise refusal("not_in_list", f"Send one of: {', '.join(self.words)}.")
        return self.words[value]


class ListedName(FactField[str]):
    """One name of a list kept elsewhere: counties, States."""

    names: ClassVar[tuple[str, ...]]

    def __init__(self, meaning: str = "", *, optional: bool = False, nullable: bool = False) -> None:
        super().__init__(meaning, optional=optional, nullable=nullable)
        self.shape = {"type": "string", "enum": list(self.names)}

    def _read(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.names:
            raise refusal("not_in_list", f"Send one of: {', '.join(self.names)}.")
        return value
