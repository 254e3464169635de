"""Words of others, made fit for a public court record (Ark. R. Civ. P. 5(c)(2); Administrative Order No. 19).

Clauses, descriptions and titles are quoted as they came, and may name what a public record must not: a child, a
Social Security number, a date of birth, a protected address. Those words give way to the notation that the rule names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
_NUMBERS = re.compile(f"{_SOCIAL_SECURITY_NUMBER}|{_ACCOUNT_NUMBER}")
_SEPTEMBER = 9
_WORDS_TOO = frozenset({"april", "faith", "grace", "hope", "joy", "june", "justice", "mark", "may", "will", "young"})
"""First names that are also words: taken out only where they are written as names are."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling of an identifier: its pattern, and what every text that it is found in holds, lower case."""

    pattern: str
    holds: tuple[str, ...]


@once_for_a_case
def public_text(facts: CaseFacts, text: str) -> str:
    """The text with every identifier of the parties and children that a public record excludes taken out.

    Identifiers are known in every usual spelling: other case, dashes, apostrophes, spaces and date forms, and an
    address by its house number and street whatever follows.
    """
    plain = _lower(text)
    patterns = [form.pattern for form in _forms(untraced(facts)) if all(part in plain for part in form.holds)]
    # Only what may be found is compiled: that takes far longer than a search, and most texts name nobody.
    numbers_and_names = re.compile("|".join([_NUMBERS.pattern, *patterns])) if patterns else _NUMBERS
    return numbers_and_names.sub(NOTATION, text)


@once_for_a_case
def _forms(facts: CaseFacts) -> tuple[_Form, ...]:
    """Of forms that begin at one place the longest is taken, and a first name alone last."""
    loose = sorted(dict.fromkeys(_identifiers(facts)), key=lambda form: len(form.pattern), reverse=True)
    return (
        *(_Form(rf"(?i:(?<!\w){form.pattern}(?!\w))", form.holds) for form in loose),
        *(_first_name(name) for name in sorted({child.name.first for child in facts.children})),
    )


def _first_name(name: str) -> _Form:
    """A child's first name alone, but not where a figure follows, as in “May 4”."""
    flag = "" if name.casefold() in _WORDS_TOO else "i"
    form = _loosely(name)
    return _Form(rf"(?{flag}:(?<!\w){form.pattern}(?!\w))(?!\s\d)", form.holds)


def _identifiers(facts: CaseFacts) -> Iterator[_Form]:
    for child in facts.children:
        yield from _name_forms(child.name)
        yield _date_form(child.birth_date)
        yield from _number_forms(child.ssn)
    for party in (facts.custodial_party, facts.noncustodial_parent):
        yield from _number_forms(party.ssn)
        if party.birth_date is not None:
            yield _date_form(party.birth_date)
        yield from _contact_forms(party)


def _loosely(text: str, after: str = "") -> _Form:
    """A form for the text with any white space, dash or apostrophe in the place of its own, and a pattern after it."""
    loose = re.sub(r"(?:\\\s|\s)+", lambda _: r"\s+", re.escape(text))
    loose = re.sub(r"\\?[-\u2010-\u2015]", lambda _: _DASH, loose)
    loose = re.sub("['\u2019\u02bc]", lambda _: _APOSTROPHE, loose)
    return _Form(loose + after, tuple(re.findall(r"[^\W\u02bc]+", _lower(text))))


def _lower(text: str) -> str:
    """The text as searches without regard to case see it; to them an i is the same with a dot and without."""
    return text.casefold().replace("\u0307", "").replace("\u0131", "i")


def _name_forms(name: PersonName) -> Iterator[_Form]:
    yield _loosely(name.full)
    yield _loosely(f"{name.first} {name.last}")
    yield _loosely(f"{name.last}, {name.first}")


def _date_form(day: date) -> _Form:
    """Every usual way to write one day, the month in words or figures, the year in two digits or four."""
    month = rf"{day:%B}|{day:%b}\.?" + (r"|sept\.?" if day.month == _SEPTEMBER else "")
    year = rf"(?:{day:%Y}|[\u2019']?{day:%y})"
    ordinal = rf"0?{day.day}(?:st|nd|rd|th)?"
    between = rf"\s*(?:{_DASH}|/)\s*"
    spellings = [
        rf"(?:{month})\s+{ordinal},?\s+{year}",
        rf"{ordinal}\s+(?:of\s+)?(?:{month}),?\s+{year}",
        rf"0?{day.month}{between}0?{day.day}{between}{year}",
        rf"{day:%Y}{between}0?{day.month}{between}0?{day.day}",
    ]
    return _Form("|".join(spellings), (str(day.day), f"{day:%y}"))


def _number_forms(ssn: str | None) -> Iterator[_Form]:
    if ssn is not None:
        parts = tuple(ssn.split("-"))
        yield _Form(rf"(?:{_DASH}|\s)?".join(parts), parts)


def _contact_forms(party: Party) -> Iterator[_Form]:
    if party.phone is not None:
        yield _loosely(party.phone)
    if party.address_protected:
        for line in party.address.lines:
            yield _loosely(line)
            number, _, street = line.partition(" ")
            if number.isdigit() and street:
                yield _loosely(f"{number} {street.split()[0]}", r"(?-i:(?:\s+[A-Z]\w*\.?){0,3})")
        yield _loosely(party.address.postal_lines[-1])
        yield _loosely(party.address.postal_code)
        yield _loosely(party.address.city, rf",?\s+(?:{party.address.state}|Arkansas)")
