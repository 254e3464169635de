"""The children of a case and their health coverage."""

from dataclasses import dataclass
from datetime import date

from service.facts.parties import PersonName
from service.facts.vocabulary import CoverageSource, CoverageStatus, PartyRole, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Health coverage that a person has now."""

    status: CoverageStatus
    source: CoverageSource | None
    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child of the parties. Public documents show initials and year of birth only."""

    name: PersonName
    birth_date: date
    coverage: Coverage
    resides_with: PartyRole
    sex: Sex | None = None
    ssn: str | None = None
    school_completed_on: date | None = None
