"""What a paper may not show to whom: the identifiers that the facts hold, in the forms in which they are printed.

Ark. R. Civ. P. 5(c)(2) and Administrative Order No. 19 § VII(A) keep Social Security numbers, account numbers, full
dates of birth and the names of minors out of public papers. A protected address stands in no paper at all. It is told
apart from drafting on purpose: what drafting forgets to leave out is found here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from service.facts.case import CaseFacts
from service.facts.children import Child
from service.facts.parties import Address, Party, PersonName
from service.law.outcomes import DocumentAudience
from service.law.protected_addresses import PEOPLE, address_withheld, means_the_address, spellings_with_type, street_of


class IdentifierKind(StrEnum):
    """What an identifier is, in the words of the report."""

    SOCIAL_SECURITY_NUMBER = "social_security_number"
    ACCOUNT_NUMBER = "account_number"
    BIRTH_DATE = "birth_date"
    CHILD_NAME = "child_name"
    PHONE_NUMBER = "phone_number"
    PROTECTED_ADDRESS = "protected_address"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One spelling of one identifier.

    A date, in whatever form it is printed, is spelled as ISO 8601 has it, and a telephone number by its ten figures.

    ``exact`` means that case matters, as it does for a first name alone.
    """

    kind: IdentifierKind
    spelled: str
    exact: bool = False


COMMON_WORDS: Final = frozenset(
    {
        "April", "August", "Autumn", "Bill", "Case", "Chance", "Christian", "Court", "Faith", "Grace", "Grant", "Hope",
        "Joy", "June", "Justice", "Major", "Mark", "May", "Miles", "Page", "Rich", "State", "Sunday", "Will", "Young",
    }
)  # fmt: skip
"""First names that pleadings also use as words; such a child is looked for by its full name only."""

_ACCOUNT: Final = re.compile(
    r"(?<![\d$.,-])(?<!ID )(?<!ID: )(?<!code )(?<!code: )"
    r"(?!\d{4}-\d\d-\d\d\b)(?!\d{5}-\d{4}\b)\d(?:[ -]?\d){7,}(?![\d.,]*\d)"
)
"""Eight digits and more: neither a date, a postal code, a sum, nor what one joins a hearing by."""
_NO_ACCOUNT: Final = frozenset(
    {"ocse_case_number", "docket_number", "bar_number", "phone", "fax", "postal_code", "ssn", "tracking_id", "file"}
)
_OTHERS_WORDS: Final = re.compile(r"/(custodial_party|noncustodial_parent|signatory|matter/court|orders/\d+/county)\b")
_ADDRESSES: Final = re.compile(
    r"/address/(lines/\d+|city|county|postal_code)$|/county$|^/hearing/place$|/name/(first|middle|last)$|^/signatory/"
)
_FEWEST_LETTERS: Final = 2
_PHONE_DIGITS: Final = 10


def identifiers_kept_from(
    audience: DocumentAudience, facts: CaseFacts, leaves: Mapping[str, Any]
) -> tuple[Identifier, ...]:
    """What may not stand in a document for that audience; ``leaves`` are those of the facts, by JSON Pointer.

    A sealed document and one for the agency's record may hold everything but a protected address and the telephone
    number of the party who is protected; one for an employer may besides not hold the custodial party's Social
    Security number and date of birth, which no notice needs.
    """
    found = [*_protected_addresses(facts, leaves), *_phones(facts, audience)]
    if audience is DocumentAudience.EMPLOYER:
        found += [*_numbers(facts.custodial_party.ssn), *_birth_dates(leaves, [facts.custodial_party.birth_date])]
    elif audience is DocumentAudience.PUBLIC:
        people: list[Party | Child] = [facts.custodial_party, facts.noncustodial_parent, *facts.children]
        for person in people:
            found += _numbers(person.ssn)
        found += _birth_dates(leaves, [person.birth_date for person in people])
        found += _accounts(leaves)
        found += _names(facts, leaves)
    return tuple(dict.fromkeys(found))


def _numbers(ssn: str | None) -> Iterator[Identifier]:
    if ssn is not None:
        digits = re.sub(r"\D", "", ssn)
        parts = (digits[:3], digits[3:5], digits[5:])
        for spelled in (digits, "-".join(parts), " ".join(parts)):
            yield Identifier(IdentifierKind.SOCIAL_SECURITY_NUMBER, spelled)


def _phones(facts: CaseFacts, audience: DocumentAudience) -> Iterator[Identifier]:
    """Of both parties in public, else of those who are protected; not a number that is the attorney's as well."""
    known = {_ten_figures(number) for number in (facts.signatory.phone, facts.signatory.fax)}
    for party in (facts.custodial_party, facts.noncustodial_parent):
        number = _ten_figures(party.phone)
        kept = audience is DocumentAudience.PUBLIC or party.address_protected
        if kept and len(number) == _PHONE_DIGITS and number not in known:
            yield Identifier(IdentifierKind.PHONE_NUMBER, number)


def _ten_figures(number: str | None) -> str:
    return re.sub(r"\D", "", number or "")[-_PHONE_DIGITS:]


def _birth_dates(leaves: Mapping[str, Any], days: list[date | None]) -> Iterator[Identifier]:
    """Not of a day on which something else happened in the case, which papers state."""
    others = {
        value for pointer, value in leaves.items() if isinstance(value, date) and not pointer.endswith("/birth_date")
    }
    for day in days:
        if day is not None and day not in others:
            yield Identifier(IdentifierKind.BIRTH_DATE, day.isoformat())


def _accounts(leaves: Mapping[str, Any]) -> Iterator[Identifier]:
    """Numbers of eight digits and more in what people wrote, and an employer's tax number."""
    for pointer, value in leaves.items():
        if isinstance(value, str) and pointer.rpartition("/")[2] not in _NO_ACCOUNT:
            for number in _ACCOUNT.findall(value):
                yield Identifier(IdentifierKind.ACCOUNT_NUMBER, number)
                yield Identifier(IdentifierKind.ACCOUNT_NUMBER, re.sub(r"\D", "", number))


def _names(facts: CaseFacts, leaves: Mapping[str, Any]) -> Iterator[Identifier]:
    """A child's full name in any order; its first name alone unless that is also another's, a place or a word."""
    parties = {party.name.full.casefold() for party in (facts.custodial_party, facts.noncustodial_parent)}
    others = _words_of_others(leaves)
    for child in facts.children:
        for spelled in _orders_of(child.name):
            if spelled.casefold() not in parties:
                yield Identifier(IdentifierKind.CHILD_NAME, spelled)
        first = child.name.first
        if len(first) >= _FEWEST_LETTERS and first not in COMMON_WORDS and first.casefold() not in others:
            yield Identifier(IdentifierKind.CHILD_NAME, first, exact=True)
            yield Identifier(IdentifierKind.CHILD_NAME, first.upper(), exact=True)


def _orders_of(name: PersonName) -> Iterator[str]:
    yield name.full
    yield f"{name.first} {name.last}"
    yield f"{name.last}, {name.first}"
    if name.middle:
        yield f"{name.first} {name.middle} {name.last}"
        yield f"{name.first} {name.middle[0]}. {name.last}"


def _words_of_others(leaves: Mapping[str, Any]) -> set[str]:
    written = (value for pointer, value in leaves.items() if isinstance(value, str) and _OTHERS_WORDS.match(pointer))
    return {word.casefold() for text in written for word in re.findall(r"\w[\w’'-]*", text)}


def _protected_addresses(facts: CaseFacts, leaves: Mapping[str, Any]) -> Iterator[Identifier]:
    """Lines, streets, postal code and the city with its State, but for what is also another's address or the court's.

    A street is looked for with what it is called last, in full or shortened; alone only if its name has several words
    and means nothing else, for one word may stand in the words of a template.
    """
    roles = [role.value for role in PEOPLE if address_withheld(facts, role)]
    own = tuple(f"/{role}/address/" for role in roles)
    others = "\n".join(
        value
        for pointer, value in leaves.items()
        if isinstance(value, str) and _ADDRESSES.search(pointer) and not pointer.startswith(own)
    ).casefold()
    for role in roles:
        address: Address = getattr(facts, role).address
        for spelled in (*address.lines, *_streets(facts, address), address.postal_code):
            if spelled.casefold() not in others:
                yield Identifier(IdentifierKind.PROTECTED_ADDRESS, spelled)
        if address.city.casefold() not in others:
            for state in (address.state, "Arkansas"):
                yield Identifier(IdentifierKind.PROTECTED_ADDRESS, f"{address.city}, {state}")


def _streets(facts: CaseFacts, address: Address) -> Iterator[str]:
    for line in address.lines:
        for name, last in spellings_with_type(line):
            yield f"{name} {last}"
        name = street_of(line)[0]
        if " " in name and means_the_address(facts, name):
            yield name
