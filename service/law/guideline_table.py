"""The editions of the child support guidelines and the measures that gates and figures turn on, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from service.law.authorities import AUTHORITIES
from service.law.tables import Standing, TableReader, open_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of Administrative Order No. 10, in force from ``first`` to ``last`` day, both included."""

    name: str
    first: date
    last: date | None

    def governs(self, day: date) -> bool:
        """Whether an order entered on that day falls under it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of the law with the id of its authority; the name carries its unit."""

    name: str
    value: Decimal
    meaning: str
    standing: Standing
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineTable:
    """All editions by name and all measures by name."""

    editions: Mapping[str, Edition]
    measures: Mapping[str, Measure]


def read_guidelines(table: TableReader) -> GuidelineTable:
    """The editions and measures of a table.

    Raises:
        LawTableRefused: a row is faulty, a value is no number, or an authority is not in its table.
    """
    editions = [
        Edition(
            name=table.text(row, "name", at),
            first=table.day(row, "from", at),
            last=None if row.get("to") is None else table.day(row, "to", at),
        )
        for at, row in table.rows("editions")
    ]
    measures = [
        Measure(
            name=table.text(row, "name", at),
            value=_number(table, table.text(row, "value", at), f"{at}/value"),
            meaning=table.text(row, "meaning", at),
            standing=table.word(Standing, row, "standing", at),
            authority=table.text(row, "authority", at),
        )
        for at, row in table.rows("measures")
    ]
    for place, measure in enumerate(measures):
        if measure.authority not in AUTHORITIES:
            table.refuse(f"/measures/{place}/authority", "authorities.json has no such row.")
    table.close()
    return GuidelineTable(
        editions=MappingProxyType({edition.name: edition for edition in editions}),
        measures=MappingProxyType({measure.name: measure for measure in measures}),
    )


def edition_in_force(name: str, day: date) -> bool:
    """Whether the edition of that name is known and governs orders entered on the day."""
    edition = GUIDELINES.editions.get(name)
    return edition is not None and edition.governs(day)


def _number(table: TableReader, text: str, at: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        table.refuse(at, "a decimal number is expected.")
        return Decimal()


GUIDELINES = read_guidelines(open_table("guidelines.json"))
