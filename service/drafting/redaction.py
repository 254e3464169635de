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

NOTATION = "[Information Redacted]"

_SOCIAL_SECURITY_NUMBER = r"\b\d{3}[- ]\d{2}[- ]\d{4}\b"


def public_text(facts: CaseFacts, text: str) -> str:
    """The text with every identifier of the parties and children that a public record excludes taken out."""
    return _pattern(untraced(facts)).sub(NOTATION, text)


def _pattern(facts: CaseFacts) -> re.Pattern[str]:
    exact = sorted(set(_identifiers(facts)), key=len, reverse=True)
    words = [rf"(?<!\w){re.escape(identifier)}(?!\w)" for identifier in exact]
    names = {child.name.first for child in facts.children}
    first_names = [rf"(?<!\w){re.escape(name)}(?!\w)(?!\s\d)" for name in sorted(names)]
    return re.compile("|".join([_SOCIAL_SECURITY_NUMBER, *words, *first_names]))


def _identifiers(facts: CaseFacts) -> Iterator[str]:
    for child in facts.children:
        yield from _name_forms(child.name)
        yield from _date_forms(child.birth_date)
        yield from _number_forms(child.ssn)
    for party in (facts.custodial_party, facts.noncustodial_parent):
        yield from _number_forms(party.ssn)
        if party.birth_date is not None:
            yield from _date_forms(party.birth_date)
        yield from _contact_forms(party)


def _name_forms(name: PersonName) -> Iterator[str]:
    yield name.full
    yield f"{name.first} {name.last}"
    yield f"{name.last}, {name.first}"


def _date_forms(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield f"{day:%m/%d/%Y}"
    yield f"{day.month}/{day.day}/{day.year}"
    yield f"{day:%m/%d/%y}"
    yield f"{day:%B} {day.day}, {day.year}"
    yield f"{day.day} {day:%B} {day.year}"


def _number_forms(ssn: str | None) -> Iterator[str]:
    if ssn is not None:
        yield ssn
        yield ssn.replace("-", "")


def _contact_forms(party: Party) -> Iterator[str]:
    if party.phone is not None:
        yield party.phone
    if party.address_protected:
        yield from party.address.lines
        yield party.address.postal_lines[-1]
