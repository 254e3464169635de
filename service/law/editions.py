"""What changes with time: editions of rules and measures, each in force from day to day, and the set in force on one.

A filing made again as of a past day takes what was in force then. A day for which no edition is on file is refused
with its pointer: the law of that day is not guessed from what came later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from service.errors import FactsRefused, Fault
from service.facts.canonical import canonical_json, digest
from service.law.authorities import AUTHORITIES
from service.law.standing import Standing
from service.law.table_reading import LawTableRefused, TableReader, open_table


class Subject(StrEnum):
    """What has editions."""

    GUIDELINES = "guidelines"
    REASONABLE_COST = "reasonable_cost"
    INCOME_CHANGE = "income_change"
    PERIODIC_REVIEW = "periodic_review"
    ADDED_TIME = "added_time"


class EditionUnknown(FactsRefused):
    """No edition of a rule is on file for the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition, in force from ``first`` to ``last`` day, both included; the names of values carry their units."""

    name: str
    first: date
    last: date | None
    standing: Standing
    authority: str
    values: Mapping[str, Decimal]

    def governs(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def value(self, name: str) -> Decimal:
        """One figure of it.

        Raises:
            LawTableRefused: it has no such figure; code and table have parted.
        """
        if name not in self.values:
            raise LawTableRefused(f"editions.json has no value {name!r} in {self.name}; add it.")
        return self.values[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All editions in force on one day; ``id`` names the day since when, ``digest`` is the SHA-256 of their figures."""

    id: str
    digest: str


def edition_in_force(subject: Subject, on: date) -> Edition:
    """The edition in force on the day.

    Raises:
        EditionUnknown: none is on file; the fault points at the filing date.
    """
    known = edition_known(subject, on)
    if known is not None:
        return known
    first = min(edition.first for edition in EDITIONS[subject])
    message = (
        f"No edition of the rule on {subject.value.replace('_', ' ')} is on file for that day; the first one on file "
        f"is of {first.isoformat()}. Correct the date, or have the operator add the edition."
    )
    raise EditionUnknown(message, (Fault(code="edition_unknown", message=message, pointer="/filing_date"),))


def edition_known(subject: Subject, on: date) -> Edition | None:
    """The edition in force on the day, or ``None`` if none is on file."""
    return next((edition for edition in EDITIONS[subject] if edition.governs(on)), None)


def is_in_force(subject: Subject, name: str, on: date) -> bool:
    """Whether the edition of that name is on file and in force on the day."""
    return any(edition.name == name and edition.governs(on) for edition in EDITIONS[subject])


def rule_set(filing_date: date) -> RuleSet:
    """What was in force on the filing date, for a manifest to name; a subject without an edition then is left out."""
    known = {subject: edition_known(subject, filing_date) for subject in Subject}
    in_force = {subject.value: edition for subject, edition in known.items() if edition is not None}
    since = max((edition.first for edition in in_force.values()), default=date.min)
    plain = {subject: _plain(edition) for subject, edition in in_force.items()}
    return RuleSet(id=f"arkansas-{since.isoformat()}", digest=digest(canonical_json(plain)))


def read_editions(table: TableReader) -> Mapping[Subject, tuple[Edition, ...]]:
    """All editions by subject.

    Raises:
        LawTableRefused: a row is faulty, a subject is missing, or two editions of one subject are in force on one day.
    """
    subjects: dict[Subject, tuple[Edition, ...]] = {}
    for at, row in table.rows("subjects"):
        subject = table.word(Subject, row, "subject", at)
        inner = row.get("editions")
        rows = inner if isinstance(inner, list) else []
        editions = tuple(_edition(table, entry, f"{at}/editions/{place}") for place, entry in enumerate(rows))
        for earlier, later in pairwise(editions):
            if earlier.last is None or earlier.last >= later.first:
                table.refuse(f"{at}/editions", "editions follow one another in time and do not overlap.")
        subjects[subject] = editions
    for missing in set(Subject) - {subject for subject, editions in subjects.items() if editions}:
        table.refuse("/subjects", f"the subject {missing.value} has no edition.")
    table.close()
    return MappingProxyType(subjects)


def _edition(table: TableReader, row: Mapping[str, Any], at: str) -> Edition:
    edition = Edition(
        name=table.text(row, "name", at),
        first=table.day(row, "from", at),
        last=None if row.get("to") is None else table.day(row, "to", at),
        standing=table.word(Standing, row, "standing", at),
        authority=table.text(row, "authority", at),
        values=MappingProxyType(
            {name: _number(table, value, f"{at}/values/{name}") for name, value in (row.get("values") or {}).items()}
        ),
    )
    if edition.authority not in AUTHORITIES:
        table.refuse(f"{at}/authority", "authorities.json has no such row.")
    return edition


def _number(table: TableReader, text: Any, at: str) -> Decimal:
    try:
        return Decimal(text if isinstance(text, str) else "")
    except InvalidOperation:
        table.refuse(at, "a decimal number, written as text, is expected.")
        return Decimal()


def _plain(edition: Edition) -> dict[str, Any]:
    values = {name: str(value) for name, value in edition.values.items()}
    return {"name": edition.name, "from": edition.first.isoformat(), "values": values}


EDITIONS = read_editions(open_table("editions.json"))
