"""Uninsured health-care expenses claimed, and the relief asked for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.facts.vocabulary import ExpenseKind, UninsuredRelief


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived:
    """A payment by the noncustodial parent towards one claim, in dollars."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One expense, in dollars; ``child`` is a place in ``CaseFacts.children``, ``proof`` holds exhibit ids."""

    id: str
    child: int
    provider: str
    kind: ExpenseKind
    description: str
    service_date: date
    billed: Decimal
    insurance_paid: Decimal
    adjusted: Decimal
    benefits_explained_on: date | None
    paid_by_custodial_party: Decimal
    paid_on: date | None
    demand_sent_on: date | None
    payments_received: tuple[PaymentReceived, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredRequest:
    """What the filing asks the court to do about the claims."""

    relief: UninsuredRelief
    contempt_requested: bool
    ability_to_pay_basis: str | None
    interest_requested: bool
