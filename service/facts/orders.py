"""Orders already entered, and what they say."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.facts.vocabulary import CoverageType, MedicalProvisionKind, PartyRole, SupportFrequency


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSupportTerm:
    """Child support under an order: dollars for each period of ``frequency``."""

    amount: Decimal
    frequency: SupportFrequency
    payor: PartyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeFound:
    """Gross monthly incomes that the court found, in dollars."""

    payor: Decimal
    payee: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalProvision:
    """What an order says about health coverage."""

    kind: MedicalProvisionKind
    coverages: tuple[CoverageType, ...]
    alternative_stipulated: bool
    paragraph: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredTerm:
    """How an order divides uninsured health-care expenses.

    ``payor_percent`` is the noncustodial parent's share in percent, ``payor_amount`` a fixed sum in dollars,
    ``routine_threshold_annual`` dollars per child and year that the order leaves with the custodial party.
    """

    paragraph: str
    text: str
    payor_percent: Decimal | None
    payor_amount: Decimal | None
    days_to_pay_after_demand: int | None
    directs_ocse_to_enforce: bool
    direction_paragraph: str | None
    direction_text: str | None
    routine_threshold_annual: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportOrder:
    """An order relied on; ``file_marked_copy`` is the id of the exhibit that proves it, once it is on file."""

    id: str
    title: str
    state: str
    county: str | None
    docket_number: str
    entered_on: date
    file_marked_copy: str | None
    controlling: bool
    child_support: ChildSupportTerm | None
    medical_provision: MedicalProvision
    uninsured_expenses: UninsuredTerm | None
    gross_monthly_income_found: IncomeFound | None = None
