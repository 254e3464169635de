"""Guideline figures that a gate turns on: reasonable cost of coverage, change of income, the parents' shares.

Five percent of gross income is the federal measure (45 C.F.R. § 303.31(a)(3)); twenty percent is the State's measure of
a changed income (Ark. Code Ann. § 9-14-107(a)(1), read in secondary sources and to be confirmed by the attorney).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.facts.case import CaseFacts
from service.facts.parties import Employment, HealthPlan, Party
from service.facts.vocabulary import Certainty, PartyRole
from service.law.editions import Subject, edition_in_force
from service.law.governing import governing_order
from service.law.money import CENT, HUNDRED, ZERO, apportion, cents, percentages


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonableCost:
    """What covering the children adds to the premium, against a percentage of gross income; dollars a month."""

    gross_income: Decimal
    limit_percent: Decimal
    limit: Decimal
    premium_self: Decimal
    premium_with_children: Decimal
    added_premium: Decimal

    @property
    def is_reasonable(self) -> bool:
        """The added premium does not exceed the limit."""
        return self.added_premium <= self.limit

    @property
    def percent(self) -> Decimal | None:
        """The added premium in percent of gross income, two places; ``None`` where there is no income."""
        return cents(self.added_premium * HUNDRED / self.gross_income) if self.gross_income else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeChange:
    """A parent's gross monthly income now against what the order found; ``None`` where not known.

    ``enough_percent`` is the change that makes a ground on the filing date.
    """

    party: PartyRole
    enough_percent: Decimal
    found: Decimal | None
    now: Decimal | None
    found_at: str
    now_at: str

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of what was found, never negative, two places; ``None`` if it cannot be measured.

        An income that grew from nothing counts as changed by a hundred percent.
        """
        if self.found is None or self.now is None:
            return None
        if self.found == 0:
            return ZERO if self.now == 0 else HUNDRED.quantize(CENT)
        return cents(abs(self.now - self.found) * HUNDRED / self.found)

    @property
    def is_enough(self) -> bool | None:
        """Whether the exact change is a ground; ``None`` if it cannot be measured."""
        if self.found is None or self.now is None:
            return None
        if self.found == 0:
            return self.now > 0
        return abs(self.now - self.found) * HUNDRED >= self.enough_percent * self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentShares:
    """Each parent's part of the combined available income in percent; the two sum to exactly 100."""

    custodial_party: Decimal
    noncustodial_parent: Decimal

    def divide(self, amount: Decimal) -> tuple[Decimal, Decimal]:
        """The amount divided in these shares, custodial party first, to cents that sum to it."""
        custodial, noncustodial = apportion(amount, (self.custodial_party, self.noncustodial_parent))
        return custodial, noncustodial


def reasonable_percent(on: date) -> Decimal:
    """The percentage of gross income up to which coverage is reasonable in cost, on that day."""
    return edition_in_force(Subject.REASONABLE_COST, on).value("percent_of_gross")


def reasonable_limit(gross_income: Decimal, on: date) -> Decimal:
    """The dollars a month up to which coverage, or cash medical support, is reasonable on this gross income."""
    return cents(gross_income * reasonable_percent(on) / HUNDRED)


def reasonable_cost(gross_income: Decimal | None, plan: HealthPlan | None, on: date) -> ReasonableCost | None:
    """The cost of covering the children under a plan, or ``None`` while a premium or the income is not known."""
    if plan is None or gross_income is None:
        return None
    alone, together = plan.monthly_premium_self, plan.monthly_premium_with_children
    if alone is None or together is None:
        return None
    return ReasonableCost(
        gross_income=gross_income,
        limit_percent=reasonable_percent(on),
        limit=reasonable_limit(gross_income, on),
        premium_self=alone,
        premium_with_children=together,
        added_premium=together - alone,
    )


def offered_coverage(facts: CaseFacts) -> tuple[int, Employment] | None:
    """The employment through which the noncustodial parent can best cover the children, with its place.

    Best is a plan known to be accessible and reasonable in cost; then one not known to fail either; then any other.
    """
    offers = [
        (place, employment)
        for place, employment in enumerate(facts.noncustodial_parent.employments)
        if employment.dependent_coverage is Certainty.YES
    ]
    return min(offers, key=lambda offer: _drawbacks(facts, offer[1]), default=None)


def _drawbacks(facts: CaseFacts, employment: Employment) -> int:
    cost = reasonable_cost(facts.noncustodial_parent.gross_monthly_income, employment.plan, facts.filing_date)
    accessible = Certainty.UNKNOWN if employment.plan is None else employment.plan.accessible
    if accessible is Certainty.NO or (cost is not None and not cost.is_reasonable):
        return 2
    return 0 if accessible is Certainty.YES and cost is not None else 1


def income_changes(facts: CaseFacts) -> tuple[IncomeChange, ...]:
    """Both parents' incomes now against the governing order; empty if no order governs."""
    return tuple(_income_changes(facts))


def _income_changes(facts: CaseFacts) -> Iterator[IncomeChange]:
    placed = governing_order(facts)
    if placed is None:
        return
    found = placed.order.gross_monthly_income_found
    payor = payor_role(facts)
    parties: dict[PartyRole, Party] = {
        PartyRole.CUSTODIAL_PARTY: facts.custodial_party,
        PartyRole.NONCUSTODIAL_PARENT: facts.noncustodial_parent,
    }
    for role, party in parties.items():
        side = "payor" if role is payor else "payee"
        yield IncomeChange(
            party=role,
            enough_percent=edition_in_force(Subject.INCOME_CHANGE, facts.filing_date).value("percent"),
            found=None if found is None else (found.payor if role is payor else found.payee),
            now=party.gross_monthly_income,
            found_at=f"{placed.at}/gross_monthly_income_found" + ("" if found is None else f"/{side}"),
            now_at=f"/{role.value}/gross_monthly_income",
        )


def payor_role(facts: CaseFacts) -> PartyRole:
    """Who pays support: as the governing order says, else the noncustodial parent."""
    placed = governing_order(facts)
    if placed is None or placed.order.child_support is None:
        return PartyRole.NONCUSTODIAL_PARENT
    return placed.order.child_support.payor


def parent_shares(facts: CaseFacts) -> ParentShares | None:
    """The shares in which costs are divided (Administrative Order No. 10 § V).

    ``None`` while an income or its deductions are unknown, and where neither parent has any income.
    """
    available = [available_income(party) for party in (facts.custodial_party, facts.noncustodial_parent)]
    known = [income for income in available if income is not None]
    if len(known) < len(available) or sum(known) == 0:
        return None
    custodial, noncustodial = percentages(known)
    return ParentShares(custodial_party=custodial, noncustodial_parent=noncustodial)


def available_income(party: Party) -> Decimal | None:
    """Gross income less deductions, not below zero, in dollars a month; ``None`` while either is not known."""
    if party.gross_monthly_income is None or party.income_deductions_monthly is None:
        return None
    return max(ZERO, party.gross_monthly_income - party.income_deductions_monthly)
