"""Looking for identifiers in text: plain searches first, since most texts hold none, and a closer look at each hit."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

from service.assembling.identifiers.known import Identifier, IdentifierKind

_SOCIAL_SECURITY_NUMBER: Final = re.compile(r"-(?<=(?<![\w-])\d{3}-)\d{2}-\d{4}(?![\w-])")
"""From its first hyphen on, so that the search runs from hyphen to hyphen; it looks back at the three digits before."""
_AREA: Final = 3
_DASHES: Final = "\x02\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufffe"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_ORDINAL: Final = "(?:st|nd|rd|th)?(?: day)?(?: of)?"
_DATE: Final = re.compile(
    r"(?<!\d)(?=(?:"
    rf"{_MONTH} 0?(\d\d?){_ORDINAL},? (\d{{4}})"
    rf"|0?(\d\d?){_ORDINAL} {_MONTH},? (\d{{4}})"
    r"|0?(\d\d?)[-/.]0?(\d\d?)[-/.](\d{4}|\d\d)"
    r"|(\d{4})[-/.]0?(\d\d?)[-/.]0?(\d\d?)"
    r")(?!\d))"
)
"""In words or figures: Aug. 30, 2015, the 30th day of August, 2015, 8/30/15, 2015-08-30; dates may overlap."""
_ORDERS: Final = {3: (1, 2, 3), 6: (5, 4, 6), 9: (7, 8, 9), 12: (11, 12, 10)}
"""The groups of month, day and year in each of the four forms, by the last group of the form."""
_PHONE: Final = re.compile(r"(?<!\d)(?:1[-. ]?)?\(? ?(\d{3})[-. /)]*(\d{3})[-. /]*(\d{4})(?!\d)")
"""Ten figures in three groups however these are set apart, with the country code before them or without."""
_LAST_GROUP: Final = 4
_REACH: Final = 40
"""How far from its year a date may begin or end."""
_Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A spelling made plain; the text it is looked for in keeps its case where that matters."""

    kind: IdentifierKind
    spelled: str
    exact: bool

    def stands_in(self, text: str) -> bool:
        """Whether the text holds it as words of its own; "June 5" is a day and not the child June."""
        at = text.find(self.spelled)
        while at >= 0:
            end = at + len(self.spelled)
            parted = not _in_word(text[at - 1 : at]) and not _in_word(text[end : end + 1])
            if parted and not (self.exact and text[end : end + 1].isspace() and text[end + 1 : end + 2].isdecimal()):
                return True
            at = text.find(self.spelled, at + 1)
        return False


class IdentifierSearch:
    """Looks for given identifiers and, ``for_any_number``, for all that is formed as a Social Security number."""

    def __init__(self, identifiers: Iterable[Identifier], *, for_any_number: bool) -> None:
        self._wanted: list[_Wanted] = []
        self._days: set[date] = set()
        self._phones: set[str] = set()
        for each in identifiers:
            if each.kind is IdentifierKind.BIRTH_DATE:
                self._days.add(date.fromisoformat(each.spelled))
            elif each.kind is IdentifierKind.PHONE_NUMBER:
                self._phones.add(each.spelled)
            else:
                spelled = _plain(each.spelled)
                self._wanted.append(_Wanted(each.kind, spelled if each.exact else spelled.casefold(), each.exact))
        self._for_any_number = for_any_number

    def kinds_in(self, text: str) -> dict[IdentifierKind, int]:
        """How many identifiers of each kind the text holds; line breaks count as spaces, dashes are all alike."""
        plain = _plain(text)
        folded = plain.casefold()
        kinds = Counter(each.kind for each in self._wanted if each.stands_in(plain if each.exact else folded))
        kinds[IdentifierKind.BIRTH_DATE] = len(_found(self._days, folded))
        kinds[IdentifierKind.PHONE_NUMBER] = sum(_is_called(phone, plain) for phone in self._phones)
        kind = IdentifierKind.SOCIAL_SECURITY_NUMBER
        if self._for_any_number and not kinds[kind]:
            ends = _SOCIAL_SECURITY_NUMBER.finditer(plain)
            kinds[kind] = len({plain[end.start() - _AREA : end.end()] for end in ends})
        return dict(+kinds)


def _is_called(phone: str, text: str) -> bool:
    """Whether a text gives a telephone number; it is read only before the figures that the number ends with."""
    return any(
        "".join(found.groups()) == phone
        for at in _places(phone[-_LAST_GROUP:], text)
        for found in _PHONE.finditer(text, max(0, at - _REACH), at + _LAST_GROUP + 1)
    )


def _found(days: set[date], folded: str) -> set[date]:
    """The days that a text names; it is read around their years alone."""
    signs = {sign for day in days for sign in (f"{day.year}", f"/{day:%y}", f"-{day:%y}", f".{day:%y}")}
    named = {found for sign in signs for at in _places(sign, folded) for found in _dates_about(at, folded)}
    return {day for day in days if not named.isdisjoint(_spellings(day))}


def _spellings(day: date) -> set[_Day]:
    return {(day.year, day.month, day.day), (day.year % 100, day.month, day.day)}


def _places(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _dates_about(at: int, folded: str) -> Iterator[_Day]:
    for found in _DATE.finditer(folded, max(0, at - _REACH), at + _REACH):
        month, day, year = (found[each] for each in _ORDERS[found.lastindex or 0])
        yield int(year), _MONTHS.index(month) + 1 if month in _MONTHS else int(month), int(day)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _plain(text: str) -> str:
    """One space for every run of white space, one sign for every dash, and none of what has no shape."""
    if not text.isascii():
        for dash in _DASHES:
            text = text.replace(dash, "-")
        for unseen in _UNSEEN:
            text = text.replace(unseen, "")
        text = normalize("NFC", text)
    return " ".join(text.split()).replace("- ", "-")
