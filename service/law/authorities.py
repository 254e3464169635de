"""Statutes, rules and cases that filings cite, each with how far it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from service.law.outcomes import Citation
from service.law.tables import LawTableRefused, Standing, TableReader, open_table

TO_BE_CONFIRMED = "to be confirmed by the attorney"


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

    @property
    def marked(self) -> str:
        """The citation, with a mark unless its words were read: nothing else may be printed as certain."""
        return self.citation if self.standing.certain else f"{self.citation} ({TO_BE_CONFIRMED})"

    @property
    def cited(self) -> Citation:
        """The authority as a reviewer is shown it."""
        return Citation(
            citation=self.citation,
            says=self.says,
            standing=self.standing.value,
            to_confirm=not self.standing.certain,
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
