"""Money, dates, numbers and lists as a pleading prints them."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

BLANK = "____________________"
"""A line to be filled by hand."""

DOLLARS_TO_FILL = "$____________"
"""A sum to be filled by hand."""

_ONE_LINE = 40
"""Capitals in bold that a line surely holds."""
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_ONES = _UNITS + _TEENS
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def dollars(amount: Decimal) -> str:
    """``$1,234.50``; a negative sum carries its sign first."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"


def percent(value: Decimal) -> str:
    """``60`` or ``33.33``, without needless zeros and without the word."""
    return f"{value.normalize():f}"


def long_date(day: date) -> str:
    """``November 23, 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """``02/03/2026``, for table cells."""
    return f"{day.month:02d}/{day.day:02d}/{day.year:04d}"


def clock_time(moment: time) -> str:
    """``9:30 a.m.``, ``12:00 noon``."""
    if (moment.hour, moment.minute) == (12, 0):
        return "12:00 noon"
    half = "a.m." if moment.hour < 12 else "p.m."  # noqa: PLR2004 - noon divides the clock
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"


def spelled(number: int) -> str:
    """``thirty (30)``, as orders write day counts; figures alone from one hundred."""
    return f"{cardinal(number)} ({number})" if number < 100 else str(number)  # noqa: PLR2004 - words end at ninety-nine


def roman(number: int) -> str:
    """Roman capitals, for the numbers of counts."""
    numeral = ""
    for value, letters in _ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def series(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b, and c``; semicolons when a member already holds a comma."""
    *head, last = items
    if not head:
        return last
    divider = ";" if any(", " in item for item in items) else ","
    if len(head) == 1 and divider == ",":
        return f"{head[0]} and {last}"
    return f"{f'{divider} '.join(head)}{divider} and {last}"


def quoted_at_end(text: str) -> str:
    """Free text between quotation marks at the end of a sentence, its period inside them."""
    return f"“{closed(text.strip())}”"


def closed(text: str) -> str:
    """The text as the end of a sentence: with one period, also behind ``Inc.``."""
    return text if text.endswith(".") else f"{text}."


def kept_together_at_end(title: str) -> str:
    """A long title with no-break spaces between its last three words, so that none stands alone on a line."""
    words = title.split(" ")
    if len(title) <= _ONE_LINE:
        return title
    return " ".join([*words[:-3], "\u00a0".join(words[-3:])])


def capitalised(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def cardinal(number: int) -> str:
    """``two``, ``thirty-one``; whole numbers below one hundred."""
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
