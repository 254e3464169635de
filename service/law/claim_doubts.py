"""Doubts about single claims: each function names the places in ``claims`` that give rise to one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.children import Child
from service.law.calendar import anniversary
from service.law.governing import uninsured_order
from service.law.money import ZERO
from service.law.uninsured import account_lines

MAJORITY_YEARS = 18


def duty_ended_on(child: Child) -> date:
    """The later of the eighteenth birthday and the end of school (Ark. Code Ann. § 9-14-237, to be confirmed)."""
    majority = anniversary(child.birth_date, MAJORITY_YEARS)
    return majority if child.school_completed_on is None else max(majority, child.school_completed_on)


def _overpaid(facts: CaseFacts) -> Iterator[str]:
    for place, line in enumerate(account_lines(facts)):
        if line.balance < ZERO:
            yield f"/claims/{place}/payments_received"


def _nothing_owed(facts: CaseFacts) -> Iterator[str]:
    lines = account_lines(facts)
    if lines and all(line.balance == ZERO for line in lines):
        yield "/claims"


def _line_settled(facts: CaseFacts) -> Iterator[str]:
    """Lines with nothing left to pay beside others on which something is."""
    lines = account_lines(facts)
    if any(line.balance > ZERO for line in lines):
        for place, line in enumerate(lines):
            if line.balance == ZERO:
                yield f"/claims/{place}/paid_by_custodial_party"
                yield f"/claims/{place}/payments_received"


def _before_order(facts: CaseFacts) -> Iterator[str]:
    placed = uninsured_order(facts)
    if placed is not None:
        for place, claim in enumerate(facts.claims):
            if claim.service_date < placed.order.entered_on:
                yield f"/claims/{place}/service_date"
                yield f"{placed.at}/entered_on"


def _before_birth(facts: CaseFacts) -> Iterator[str]:
    for place, claim in enumerate(facts.claims):
        if claim.service_date < facts.children[claim.child].birth_date:
            yield f"/claims/{place}/service_date"
            yield f"/children/{claim.child}/birth_date"


def _for_later_child(facts: CaseFacts) -> Iterator[str]:
    """Expenses of a child born after the order that divides them, which cannot name that child."""
    placed = uninsured_order(facts)
    if placed is not None:
        for place, claim in enumerate(facts.claims):
            if facts.children[claim.child].birth_date > placed.order.entered_on:
                yield f"/claims/{place}/child"
                yield f"/children/{claim.child}/birth_date"
                yield f"{placed.at}/entered_on"


def _after_duty(facts: CaseFacts) -> Iterator[str]:
    for place, claim in enumerate(facts.claims):
        if claim.service_date > duty_ended_on(facts.children[claim.child]):
            yield f"/claims/{place}/service_date"
            yield f"/children/{claim.child}/birth_date"
            yield f"/children/{claim.child}/school_completed_on"


def _same_bill(facts: CaseFacts) -> Iterator[str]:
    seen = set()
    for place, claim in enumerate(facts.claims):
        bill = (claim.child, claim.provider.casefold(), claim.service_date, claim.billed)
        if bill in seen:
            yield f"/claims/{place}/billed"
        seen.add(bill)


def _without_demand(facts: CaseFacts) -> Iterator[str]:
    return iter(()) if _contempt_asked(facts) else _not_demanded(facts)


def _contempt_without_demand(facts: CaseFacts) -> Iterator[str]:
    return _not_demanded(facts) if _contempt_asked(facts) else iter(())


def _not_demanded(facts: CaseFacts) -> Iterator[str]:
    for place, claim in enumerate(facts.claims):
        if claim.demand_sent_on is None:
            yield f"/claims/{place}/demand_sent_on"


def _contempt_asked(facts: CaseFacts) -> bool:
    return facts.uninsured is not None and facts.uninsured.contempt_requested


def _not_yet_due(facts: CaseFacts) -> Iterator[str]:
    """Expenses demanded, but not as many days ago as the order gives to pay."""
    placed = uninsured_order(facts)
    term = None if placed is None else placed.order.uninsured_expenses
    if term is None or term.days_to_pay_after_demand is None:
        return
    allowed = timedelta(days=term.days_to_pay_after_demand)
    for place, claim in enumerate(facts.claims):
        if claim.demand_sent_on is not None and claim.demand_sent_on + allowed >= facts.filing_date:
            yield f"/claims/{place}/demand_sent_on"


def _without_proof(facts: CaseFacts) -> Iterator[str]:
    for place, claim in enumerate(facts.claims):
        if not claim.proof:
            yield f"/claims/{place}/proof"


def _exhibit_unused(facts: CaseFacts) -> Iterator[str]:
    used = {exhibit for claim in facts.claims for exhibit in claim.proof}
    used |= {order.file_marked_copy for order in facts.orders if order.file_marked_copy is not None}
    for place, exhibit in enumerate(facts.exhibits):
        if exhibit.id not in used:
            yield f"/exhibits/{place}/id"


CLAIM_DOUBTS: Mapping[str, Callable[[CaseFacts], Iterator[str]]] = MappingProxyType(
    {
        "claim_overpaid": _overpaid,
        "nothing_owed": _nothing_owed,
        "claim_settled": _line_settled,
        "claim_before_order": _before_order,
        "claim_before_birth": _before_birth,
        "claim_for_later_child": _for_later_child,
        "claim_after_duty_ended": _after_duty,
        "claim_repeated": _same_bill,
        "claim_without_demand": _without_demand,
        "contempt_without_demand": _contempt_without_demand,
        "claim_not_yet_due": _not_yet_due,
        "claim_without_proof": _without_proof,
        "exhibit_unused": _exhibit_unused,
    }
)
