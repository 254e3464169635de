"""Words of others, made fit for a public court record (Ark. R. Civ. P. 5(c)(2); Administrative Order No. 19).

Clauses, descriptions and titles are quoted as they came, and may name what a public record must not: a child, a
Social Security number, a date of birth, a protected address. Those words give way to the notation that the rule names.
"""

import re
from collections.abc import Iterator
from datetime import date

from service.facts.case import CaseFacts
from service.facts.parties import Party, PersonName
from service.facts.reading import untraced
from service.facts.remembering import once_for_a_case

NOTATION = "[Information Redacted]"

_DASH = "[-\u2010-\u2015\u2212.]"
_APOSTROPHE = "['\u2019\u02bc]"
_SOCIAL_SECURITY_NUMBER = rf"\b\d{{3}}(?:{_DASH}|\s)\d{{2}}(?:{_DASH}|\s)\d{{4}}\b"
_ACCOUNT_NUMBER = (
    r"(?<![\d$.,-])(?<!ID )(?<!ID: )(?<!code )(?<!code: )"
    r"(?!\d{4}-\d\d-\d\d\b)(?!\d{5}-\d{4}\b)\d(?:[ -]?\d){7,}(?![\d.,]*\d)"
)
"""Eight digits and more, however grouped: neither a date, a postal code, a sum, nor what one joins a hearing by."""
_SEPTEMBER = 9
_WORDS_TOO = frozenset({"april", "faith", "grace", "hope", "joy", "june", "justice", "mark", "may", "will", "young"})
"""First names that are also words: taken out only where they are written as names are."""


def public_text(facts: CaseFacts, text: str) -> str:
    """The text with every identifier of the parties and children that a public record excludes taken out.

    Identifiers are known in every usual spelling: other case, dashes, apostrophes, spaces and date forms, and an
    address by its house number and street whatever follows.
    """
    return _pattern(untraced(facts)).sub(NOTATION, text)


@once_for_a_case
def _pattern(facts: CaseFacts) -> re.Pattern[str]:
    loose = sorted(set(_identifiers(facts)), key=len, reverse=True)
    forms = [rf"(?i:(?<!\w){form}(?!\w))" for form in loose]
    return re.compile("|".join([_SOCIAL_SECURITY_NUMBER, _ACCOUNT_NUMBER, *forms, *_first_names(facts)]))


def _first_names(facts: CaseFacts) -> list[str]:
    """A child's first name alone, but not where a figure follows, as in “May 4”."""
    names = sorted({child.name.first for child in facts.children})
    flags = {name: "" if name.casefold() in _WORDS_TOO else "i" for name in names}
    return [rf"(?{flags[name]}:(?<!\w){_loosely(name)}(?!\w))(?!\s\d)" for name in names]


def _identifiers(facts: CaseFacts) -> Iterator[str]:
    for child in facts.children:
        yield from _name_forms(child.name)
        yield _date_form(child.birth_date)
        yield from _number_forms(child.ssn)
    for party in (facts.custodial_party, facts.noncustodial_parent):
        yield from _number_forms(party.ssn)
        if party.birth_date is not None:
            yield _date_form(party.birth_date)
        yield from _contact_forms(party)


def _loosely(text: str) -> str:
    """A pattern for the text with any white space, dash or apostrophe in the place of its own."""
    loose = re.sub(r"(?:\\\s|\s)+", lambda _: r"\s+", re.escape(text))
    loose = re.sub(r"\\?[-\u2010-\u2015]", lambda _: _DASH, loose)
    return re.sub("['\u2019\u02bc]", lambda _: _APOSTROPHE, loose)


def _name_forms(name: PersonName) -> Iterator[str]:
    yield _loosely(name.full)
    yield _loosely(f"{name.first} {name.last}")
    yield _loosely(f"{name.last}, {name.first}")


def _date_form(day: date) -> str:
    """Every usual way to write one day, the month in words or figures, the year in two digits or four."""
    month = rf"{day:%B}|{day:%b}\.?" + (r"|sept\.?" if day.month == _SEPTEMBER else "")
    year = rf"(?:{day:%Y}|[\u2019']?{day:%y})"
    ordinal = rf"0?{day.day}(?:st|nd|rd|th)?"
    between = rf"\s*(?:{_DASH}|/)\s*"
    return "|".join(
        [
            rf"(?:{month})\s+{ordinal},?\s+{year}",
            rf"{ordinal}\s+(?:of\s+)?(?:{month}),?\s+{year}",
            rf"0?{day.month}{between}0?{day.day}{between}{year}",
            rf"{day:%Y}{between}0?{day.month}{between}0?{day.day}",
        ]
    )


def _number_forms(ssn: str | None) -> Iterator[str]:
    if ssn is not None:
        yield rf"(?:{_DASH}|\s)?".join(ssn.split("-"))


def _contact_forms(party: Party) -> Iterator[str]:
    if party.phone is not None:
        yield _loosely(party.phone)
    if party.address_protected:
        for line in party.address.lines:
            yield _loosely(line)
            number, _, street = line.partition(" ")
            if number.isdigit() and street:
                yield rf"{number}\s+{_loosely(street.split()[0])}(?-i:(?:\s+[A-Z]\w*\.?){{0,3}})"
        yield _loosely(party.address.postal_lines[-1])
        yield _loosely(party.address.postal_code)
        yield rf"{_loosely(party.address.city)},?\s+(?:{party.address.state}|Arkansas)"
