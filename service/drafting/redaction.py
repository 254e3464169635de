"""Words of others, made fit for a public court record (Ark. R. Civ. P. 5(c)(2); Administrative Order No. 19).

Clauses, descriptions and titles are quoted as they came, and may name what a public record must not: a child, a
Social Security number, a date of birth, a protected address. Those words give way to the notation that the rule names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from service.facts.case import CaseFacts
from service.facts.parties import Address, PersonName
from service.facts.reading import untraced
from service.facts.remembering import once_for_a_case
from service.law.protected_addresses import (
    means_the_address,
    spellings_with_type,
    street_of,
    telling_names,
    withheld_addresses,
)

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
_PHONE_DIGITS = 10
_POSTAL_DIGITS = 5
_FIGURE = r"\d"
_WORDS_TOO = frozenset({"april", "faith", "grace", "hope", "joy", "june", "justice", "mark", "may", "will", "young"})
"""First names that are also words: taken out only where they are written as names are."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling of an identifier: its pattern, and what every text that it is found in holds, lower case.

    ``parted_from`` are the characters that it may not be joined to: a number is another one behind a figure only.
    """

    pattern: str
    holds: tuple[str, ...]
    parted_from: str = r"\w"


@once_for_a_case
def public_text(facts: CaseFacts, text: str) -> str:
    """The text with every identifier of the parties and children that a public record excludes taken out.

    Identifiers are known in every usual spelling: other case, dashes, apostrophes, spaces, brackets and date forms. An
    address is known by its house number and street whatever follows, by its street or town with what these are called
    last, and by either name alone where that is unlikely to mean anything else.
    """
    plain, known = _lower(text), untraced(facts)
    patterns = [form.pattern for form in _forms(known) if all(part in plain for part in form.holds)]
    patterns += [_alone(name) for name in _names_in(known, plain) if means_the_address(known, name)]
    # Only what may be found is compiled: that takes far longer than a search, and most texts name nobody.
    numbers_and_names = re.compile("|".join([_NUMBERS.pattern, *patterns])) if patterns else _NUMBERS
    return numbers_and_names.sub(NOTATION, text)


@once_for_a_case
def _forms(facts: CaseFacts) -> tuple[_Form, ...]:
    """Of forms that begin at one place the longest is taken, and a first name alone last."""
    loose = sorted(dict.fromkeys(_identifiers(facts)), key=lambda form: len(form.pattern), reverse=True)
    return (
        *(_Form(rf"(?i:(?<!{form.parted_from}){form.pattern}(?!{form.parted_from}))", form.holds) for form in loose),
        *(_first_name(name) for name in sorted({child.name.first for child in facts.children})),
    )


def _first_name(name: str) -> _Form:
    """A child's first name alone, but not where a figure follows, as in “May 4”."""
    flag = "" if name.casefold() in _WORDS_TOO else "i"
    form = _loosely(name)
    return _Form(rf"(?{flag}:(?<!\w){form.pattern}(?!\w))(?!\s\d)", form.holds)


def _names_in(facts: CaseFacts, plain: str) -> Iterator[str]:
    """The streets and towns of withheld addresses that a text in small letters may name."""
    return (name for name in _street_and_town_names(facts) if all(part in plain for part in _loosely(name).holds))


@once_for_a_case
def _street_and_town_names(facts: CaseFacts) -> tuple[str, ...]:
    return telling_names(facts)


def _alone(name: str) -> str:
    """A street or town written as a name, or in small letters behind a word of place, as in “in vandervale”."""
    loose = _loosely(name).pattern
    place = "|".join(rf"(?<=\b{word}\s)" for word in ("at", "from", "in", "near", "of", "off", "on", "to"))
    return rf"(?<!\w)(?:(?![a-zà-ÿ])|{place})(?i:{loose})(?!\w)"


def _identifiers(facts: CaseFacts) -> Iterator[_Form]:
    for child in facts.children:
        yield from _name_forms(child.name)
        yield _date_form(child.birth_date)
        yield from _number_forms(child.ssn)
    for party in (facts.custodial_party, facts.noncustodial_parent):
        yield from _number_forms(party.ssn)
        if party.birth_date is not None:
            yield _date_form(party.birth_date)
        yield from _phone_forms(party.phone)
    for address in withheld_addresses(facts):
        yield from _address_forms(address)


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
    between = rf"(?:\s*(?:{_DASH}|[/_])\s*|\s+)"
    spellings = [
        rf"(?:{month})\s*{ordinal}(?:,\s*|\s+){year}",
        rf"{ordinal}\s*(?:of\s+)?(?:{month}),?\s*{year}",
        rf"0?{day.month}{between}0?{day.day}{between}{year}",
        rf"{day:%Y}{between}0?{day.month}{between}0?{day.day}",
    ]
    return _Form(f"(?:{'|'.join(spellings)})", (str(day.day), f"{day:%y}"), parted_from=_FIGURE)


def _number_forms(ssn: str | None) -> Iterator[_Form]:
    if ssn is not None:
        parts = tuple(ssn.split("-"))
        yield _Form(rf"(?:{_DASH}|\s)?".join(parts), parts, parted_from=_FIGURE)


def _phone_forms(phone: str | None) -> Iterator[_Form]:
    """A telephone number however its groups are set apart, with its country code and without its area code."""
    digits = re.sub(r"\D", "", phone or "")[-_PHONE_DIGITS:]
    if len(digits) == _PHONE_DIGITS:
        area, exchange, line = digits[:3], digits[3:6], digits[6:]
        between = rf"(?:{_DASH}|[\s/\u00b7])"
        yield _Form(
            rf"(?:\+?1{between}*)?(?:\({between}*)?{area}{between}*\)?{between}*{exchange}{between}*{line}",
            (area, exchange, line),
            parted_from=_FIGURE,
        )
        yield _Form(rf"(?<!\d{_DASH}){exchange}{between}{line}", (exchange, line), parted_from=_FIGURE)
    elif phone is not None:
        yield _loosely(phone)


def _address_forms(address: Address) -> Iterator[_Form]:
    for line in address.lines:
        yield _loosely(line)
        number, _, street = line.partition(" ")
        if number.isdigit() and street:
            for word in dict.fromkeys((street.split()[0], *street_of(line)[0].split()[:1])):
                further = r"(?-i:(?:\s+[A-Z]\w*\.?){0,3})"
                yield _loosely(f"{number} {word}", further)
        for name, last in spellings_with_type(line):
            yield _loosely(f"{name} {last}")
    yield _loosely(address.postal_lines[-1])
    code = address.postal_code[:_POSTAL_DIGITS]
    yield _Form(rf"{re.escape(code)}(?:{_DASH}\d{{4}})?", (code,), parted_from=_FIGURE)
    yield _loosely(address.city, rf",?\s+(?:{address.state}|Arkansas)")
