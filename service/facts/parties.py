"""The parties to a case and where they can be reached."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.facts.vocabulary import Certainty, CoverageType, EmploymentKind, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name in parts, exactly as given."""

    first: str
    last: str
    middle: str | None = None
    suffix: str | None = None

    @property
    def full(self) -> str:
        """The name in speaking order: ``René D. Lefèvre, Jr.``."""
        name = " ".join(part for part in (self.first, self.middle, self.last) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def initials(self) -> str:
        """First letters of first, middle and last name, each with a period: ``Z.A.N.``."""
        return "".join(f"{part[0]}." for part in (self.first, self.middle, self.last) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in the United States."""

    lines: tuple[str, ...]
    city: str
    state: str
    postal_code: str
    county: str | None = None

    @property
    def postal_lines(self) -> tuple[str, ...]:
        """The address as an envelope shows it, city line last."""
        return (*self.lines, f"{self.city}, {self.state} {self.postal_code}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdministrator:
    """Who administers a group health plan."""

    name: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPlan:
    """A group health plan open to a party; premiums in dollars a month."""

    name: str
    coverages: tuple[CoverageType, ...]
    monthly_premium_self: Decimal | None
    monthly_premium_with_children: Decimal | None
    accessible: Certainty
    administrator: PlanAdministrator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """An employer or union of a party, and the dependent coverage it offers."""

    kind: EmploymentKind
    name: str
    address: Address
    dependent_coverage: Certainty
    plan: HealthPlan | None
    since: date | None = None
    information_received_on: date | None = None
    fein: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attorney:
    """An attorney of record for a parent, never for the State."""

    name: str
    address: Address
    bar_number: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A parent or other custodian. Incomes and deductions in dollars a month; ``None`` means not yet known."""

    name: PersonName
    relationship: Relationship
    address: Address
    address_protected: bool
    gross_monthly_income: Decimal | None
    income_deductions_monthly: Decimal | None
    employments: tuple[Employment, ...]
    attorney: Attorney | None
    birth_date: date | None = None
    ssn: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoncustodialParent(Party):
    """The parent without physical custody. Incarceration doubles the time to answer (Ark. R. Civ. P. 12(a)(1))."""

    incarcerated: bool
