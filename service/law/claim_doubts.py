"""Doubts about single claims: each function names the places in ``claims`` that give rise to one."""

from collections.abc import Iterator
from datetime import date, timedelta

from service.facts.case import CaseFacts
from service.facts.children import Child
from service.law.calendar import anniversary
from service.law.governing import uninsured_order

MAJORITY_YEARS = 18


def duty_ended_on(child: Child) -> date:
    """The later of the eighteenth birthday and the end of school (Ark. Code Ann. § 9-14-237, to be confirmed)."""
    majority = anniversary(child.birth_date, MAJORITY_YEARS)
    return majority if child.school_completed_on is None else max(majority, child.school_completed_on)


def incurred_after_duty(facts: CaseFacts) -> Iterator[str]:
    """Expenses for a child after the duty of support seems to have ended."""
    for place, claim in enumerate(facts.claims):
        if claim.service_date > duty_ended_on(facts.children[claim.child]):
            yield f"/claims/{place}/service_date"
            yield f"/children/{claim.child}/birth_date"
            yield f"/children/{claim.child}/school_completed_on"


def without_demand(facts: CaseFacts) -> Iterator[str]:
    """Expenses never demanded, where the order counts the time to pay from a demand."""
    if _days_to_pay(facts) is not None:
        for place, claim in enumerate(facts.claims):
            if claim.demand_sent_on is None:
                yield f"/claims/{place}/demand_sent_on"


def not_yet_due(facts: CaseFacts) -> Iterator[str]:
    """Expenses demanded, but not as many days ago as the order gives to pay."""
    days = _days_to_pay(facts)
    if days is None:
        return
    for place, claim in enumerate(facts.claims):
        demanded = claim.demand_sent_on
        if demanded is not None and demanded + timedelta(days=days) >= facts.filing_date:
            yield f"/claims/{place}/demand_sent_on"


def without_proof(facts: CaseFacts) -> Iterator[str]:
    """Expenses that no exhibit proves."""
    for place, claim in enumerate(facts.claims):
        if not claim.proof:
            yield f"/claims/{place}/proof"


def _days_to_pay(facts: CaseFacts) -> int | None:
    placed = uninsured_order(facts)
    term = None if placed is None else placed.order.uninsured_expenses
    return None if term is None else term.days_to_pay_after_demand
