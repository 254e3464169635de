"""Looking for identifiers in text: plain searches first, since most texts hold none, and a closer look at each hit."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

from service.assembling.identifiers import Identifier, IdentifierKind

_SOCIAL_SECURITY_NUMBER: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_DASHES: Final = re.compile("[\x02\u2010-\u2015\u2212\ufffe]")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ORDINAL: Final = "(?:st|nd|rd|th)?(?: day)?(?: of)?"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An identifier ready for the search: what must stand in text made plain, any of it, and the form in full."""

    identifier: Identifier
    signs: tuple[str, ...]
    form: re.Pattern[str]

    def stands_in(self, plain: str, folded: str) -> bool:
        """Whether the text, as it is and without case, holds it."""
        text = plain if self.identifier.exact else folded
        return any(sign in text for sign in self.signs) and self.form.search(text) is not None


class IdentifierSearch:
    """Looks for given identifiers and, ``for_any_number``, for all that is formed as a Social Security number."""

    def __init__(self, identifiers: Iterable[Identifier], *, for_any_number: bool) -> None:
        self._wanted = [_wanted(identifier) for identifier in identifiers]
        self._for_any_number = for_any_number

    def kinds_in(self, text: str) -> dict[IdentifierKind, int]:
        """How many identifiers of each kind the text holds; line breaks count as spaces, dashes are all alike."""
        plain = _plain(text)
        folded = plain.casefold()
        kinds = Counter(wanted.identifier.kind for wanted in self._wanted if wanted.stands_in(plain, folded))
        kind = IdentifierKind.SOCIAL_SECURITY_NUMBER
        if self._for_any_number and not kinds[kind]:
            kinds[kind] = len(set(_SOCIAL_SECURITY_NUMBER.findall(plain)))
        return dict(+kinds)


def _wanted(identifier: Identifier) -> _Wanted:
    if identifier.kind is IdentifierKind.BIRTH_DATE:
        return _wanted_day(identifier, date.fromisoformat(identifier.spelled))
    spelled = _plain(identifier.spelled)
    spelled = spelled if identifier.exact else spelled.casefold()
    # "June 5" is a day and not the child June.
    after = r"(?!\w)(?!\s\d)" if identifier.exact else r"(?!\w)"
    return _Wanted(identifier, (spelled,), re.compile(rf"(?<!\w){re.escape(spelled)}{after}"))


def _wanted_day(identifier: Identifier, day: date) -> _Wanted:
    """A date in figures or words: 8/30/15, 2015-08-30, Aug. 30, 2015, the 30th day of August, 2015."""
    year, short = f"{day.year}", f"{day:%y}"
    month, number = rf"{day:%b}[a-z]*\.?".casefold(), f"0?{day.day}"
    between = "[-/.]"
    forms = (
        rf"{month} {number}{_ORDINAL},? {year}",
        rf"{number}{_ORDINAL} {month},? {year}",
        rf"0?{day.month}{between}{number}{between}(?:{year}|{short})",
        rf"{year}{between}0?{day.month}{between}{number}",
    )
    signs = (year, f"/{short}", f"-{short}", f".{short}")
    return _Wanted(identifier, signs, re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"))


def _plain(text: str) -> str:
    """One space for every run of white space, one sign for every dash, and none of what has no shape."""
    plain = text if text.isascii() else normalize("NFC", _UNSEEN.sub("", _DASHES.sub("-", text)))
    return " ".join(plain.split()).replace("- ", "-")
