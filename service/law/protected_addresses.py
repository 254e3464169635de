"""Which addresses no paper may show, and what they call a street and a town (Ark. R. Civ. P. 5(c)(2)).

An address is protected for the sake of a dwelling. Where the other party lives in the same one, it is withheld for
both: what is printed as the address of the one would tell that of the other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from service.facts.case import CaseFacts
from service.facts.parties import Address, Party
from service.facts.reading import untraced
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import PartyRole
from service.law.table_reading import TableReader, open_table

PEOPLE: Final = (PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT)
STREET_TYPES: Final = {
    "avenue": "ave", "boulevard": "blvd", "circle": "cir", "court": "ct", "cove": "cv", "drive": "dr",
    "highway": "hwy", "lane": "ln", "loop": "loop", "parkway": "pkwy", "place": "pl", "road": "rd",
    "square": "sq", "street": "st", "terrace": "ter", "trail": "trl", "way": "way",
}  # fmt: skip
"""What streets are called last, in full and as the post shortens it."""
_DIRECTIONS: Final = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"})
_UNITS: Final = frozenset({"apt", "apartment", "unit", "suite", "ste", "lot", "room", "rm", "floor", "fl"})
_FEWEST_LETTERS: Final = 4


@once_for_a_case
def address_withheld(facts: CaseFacts, role: PartyRole) -> bool:
    """Whether no paper may print the address of the party in this role: it is protected, or the other's is the same."""
    return _person(facts, role).address_protected or _lives_with_protected(untraced(facts), role)


def withheld_addresses(facts: CaseFacts) -> Iterator[Address]:
    """The addresses that no paper may print."""
    for role in PEOPLE:
        if address_withheld(facts, role):
            yield _person(facts, role).address


def shared_with_protected(facts: CaseFacts) -> PartyRole | None:
    """The party who lives at the other's protected address, and whose own is not marked as protected."""
    return next(
        (role for role in PEOPLE if address_withheld(facts, role) and not _person(facts, role).address_protected), None
    )


def street_of(line: str) -> tuple[str, str]:
    """The name of the street in a line of an address, without number, direction and unit, and what it is called last.

    Both are empty where the line names no street, as a post-office box does.
    """
    head = re.split(r"[,#]", line, maxsplit=1)[0].split()
    if len(head) < 2 or not head[0][0].isdigit():  # noqa: PLR2004 - a house number and a name
        return "", ""
    words = head[1:]
    plain = [_plain(word) for word in words]
    units = [place for place, word in enumerate(plain) if word in _UNITS and place]
    end = units[0] if units else len(words)
    while end > 1 and plain[end - 1] in _DIRECTIONS:
        end -= 1
    start = 1 if end > 1 and plain[0] in _DIRECTIONS else 0
    if end - start > 1 and plain[end - 1] in _TYPES:
        return " ".join(words[start : end - 1]), words[end - 1]
    return " ".join(words[start:end]), ""


def telling_names(facts: CaseFacts) -> tuple[str, ...]:
    """Streets and towns of withheld addresses by their names alone, whatever else these may mean."""
    names = [
        name
        for address in withheld_addresses(facts)
        for name in (*(street_of(line)[0] for line in address.lines), address.city)
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def means_the_address(facts: CaseFacts, name: str) -> bool:
    """Whether a street or town named alone is unlikely to be anything but the withheld address.

    It is not where the name is also a word, or stands in the facts for somebody or something else.
    """
    plain = name.casefold()
    if len(plain) < _FEWEST_LETTERS or plain in _COMMON_NAMES:
        return False
    return not any(named_in(other, (name,)) for other in _named_otherwise(facts) if other)


def named_in(text: str, names: Iterable[str]) -> bool:
    """Whether a text names one of these streets and towns, in large letters or small."""
    plain = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", plain) for name in names)


def spellings_with_type(line: str) -> Iterator[tuple[str, str]]:
    """The street in a line with its last word in full and as the post shortens it: ``Larkhaven``, ``Ct``."""
    name, last = street_of(line)
    if name and last:
        full = _TYPES[_plain(last)]
        yield name, full
        yield name, STREET_TYPES[full]


def _lives_with_protected(facts: CaseFacts, role: PartyRole) -> bool:
    person, other = _person(facts, role), _person(facts, _OTHER[role])
    return other.address_protected and _one_dwelling(person.address, other.address)


def _one_dwelling(one: Address, other: Address) -> bool:
    """The same house in the same town, however street and unit are written."""
    if {one.postal_code[:5], one.city.casefold()}.isdisjoint({other.postal_code[:5], other.city.casefold()}):
        return False
    return bool(_houses(one) & _houses(other))


def _houses(address: Address) -> set[tuple[str, str]]:
    """House number and street of every line that names one; of an address that has none, its lines as they are."""
    streets = {(line.split()[0], street_of(line)[0].casefold()) for line in address.lines if street_of(line)[0]}
    return streets or {("", _plain(line)) for line in address.lines}


def _named_otherwise(facts: CaseFacts) -> Iterator[str | None]:
    """Names of people, firms and places that the facts state for what they are, other than withheld addresses."""
    yield from (facts.matter.court.county, facts.matter.court.district, facts.matter.court.division)
    yield from (facts.signatory.name, facts.signatory.office, *facts.signatory.address.postal_lines)
    yield from (order.county for order in facts.orders)
    yield None if facts.hearing is None else facts.hearing.place
    yield from (child.name.full for child in facts.children)
    for role in PEOPLE:
        person = _person(facts, role)
        yield person.name.full
        if not address_withheld(facts, role):
            yield from person.address.postal_lines
        if person.attorney is not None:
            yield from (person.attorney.name, *person.attorney.address.postal_lines)
        for employment in person.employments:
            yield from (employment.name, *employment.address.postal_lines)
            yield None if employment.plan is None else employment.plan.name


def _person(facts: CaseFacts, role: PartyRole) -> Party:
    return facts.custodial_party if role is PartyRole.CUSTODIAL_PARTY else facts.noncustodial_parent


def _plain(word: str) -> str:
    return re.sub(r"[^\w]", "", word).casefold()


def read_common_names(table: TableReader) -> frozenset[str]:
    """Names of streets and towns that are also words, or names of people or places all over, in small letters.

    Raises:
        LawTableRefused: the table holds anything but words.
    """
    words = table.texts(table.document, "words", "")
    table.close()
    return frozenset(words)


_COMMON_NAMES: Final = read_common_names(open_table("common_names.json"))
_OTHER: Final = {PEOPLE[0]: PEOPLE[1], PEOPLE[1]: PEOPLE[0]}
_TYPES: Final = {**{full: full for full in STREET_TYPES}, **{short: full for full, short in STREET_TYPES.items()}}
