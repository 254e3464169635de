"""Statutes, rules and cases that filings cite, each with how far it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from service.law.confirmations import Confirmations
from service.law.outcomes import Citation
from service.law.standing import Standing
from service.law.table_reading import LawTableRefused, TableReader, open_table

TO_BE_CONFIRMED = "to be confirmed by the attorney"
CONFIRMED = "confirmed by the office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A citation as documents print it, and in our words what it says.

    ``check`` tells the attorney what to look up before relying on it.
    """

    id: str
    citation: str
    says: str
    standing: Standing
    as_of: date
    check: str | None

    def marked(self, confirmed: Confirmations) -> str:
        """The citation, with a mark unless its words were read: nothing else may be shown as certain."""
        if self.standing.certain:
            return self.citation
        return f"{self.citation} ({TO_BE_CONFIRMED if confirmed.of(self.id) is None else CONFIRMED})"

    def cited(self, confirmed: Confirmations) -> Citation:
        """The authority as a reviewer is shown it."""
        confirmation = confirmed.of(self.id)
        return Citation(
            id=self.id,
            citation=self.citation,
            says=self.says,
            standing=self.standing.value,
            to_confirm=not self.standing.certain and confirmation is None,
            confirmed=confirmation,
            check=self.check,
        )


def authority(identifier: str) -> Authority:
    """The authority of that id, as ``ark-9-14-502-a``.

    Raises:
        LawTableRefused: no such id; code and table have parted.
    """
    try:
        return AUTHORITIES[identifier]
    except KeyError:
        raise LawTableRefused(f"authorities.json has no row {identifier!r}; add it or correct the citation.") from None


def rests_on(table: TableReader, row: Mapping[str, Any], at: str, statement: str) -> str | None:
    """The id of the uncertain authority that a row's statement rests on; the two must agree on the uncertainty."""
    named = table.optional_text(row, "rests_on", at)
    if named is not None and (named not in AUTHORITIES or AUTHORITIES[named].standing.certain):
        table.refuse(f"{at}/rests_on", "authorities.json has no row of that id that is still to be confirmed.")
    if (named is not None) is not (TO_BE_CONFIRMED in statement):
        table.refuse(
            f"{at}/statement", f"what was not read in its source says “{TO_BE_CONFIRMED}” and names what it rests on."
        )
    return named


def told(statement: str, rests_on: str | None, confirmed: Confirmations) -> str:
    """A statement as a reviewer reads it: what the office has confirmed is no longer to be confirmed.

    ``rests_on`` is the id of the one authority that the statement rests on, where that is not certain.
    """
    if rests_on is None or confirmed.of(rests_on) is None:
        return statement
    return statement.replace(TO_BE_CONFIRMED, CONFIRMED)


def read_authorities(table: TableReader) -> Mapping[str, Authority]:
    """All authorities by id.

    Raises:
        LawTableRefused: a row is faulty or an id stands twice.
    """
    authorities: dict[str, Authority] = {}
    for at, row in table.rows("authorities"):
        read = Authority(
            id=table.text(row, "id", at),
            citation=table.text(row, "citation", at),
            says=table.text(row, "says", at),
            standing=table.word(Standing, row, "standing", at),
            as_of=table.day(row, "as_of", at),
            check=table.optional_text(row, "check", at),
        )
        if read.id in authorities:
            table.refuse(f"{at}/id", "this id stands twice.")
        authorities[read.id] = read
    table.close()
    return MappingProxyType(authorities)


AUTHORITIES = read_authorities(open_table("authorities.json"))
