"""The words of a motion on uninsured expenses and of all that goes with it, contempt included where it is asked."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context, order_context
from service.drafting.expenses import account
from service.drafting.orders import order_recital, uninsured_clause
from service.drafting.redaction import public_text
from service.drafting.wording import quoted_at_end
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import UninsuredRelief
from service.law.gates.uninsured import granted_relief
from service.law.governing import uninsured_order


def motion(assignment: Assignment) -> Mapping[str, Any]:
    """The clauses word for word, the sum, and relief: enforcement, or a judgment and a direction to enforce."""
    return _account_context(assignment)


def itemized_statement(assignment: Assignment) -> Mapping[str, Any]:
    """Every line of the account, on a landscape page, and the sum certain."""
    return _account_context(assignment)


def proposed_order(assignment: Assignment) -> Mapping[str, Any]:
    """Judgment for the sum; ability to pay, schedule and sanction stay open for the judge."""
    return {**_account_context(assignment), **order_context(assignment.facts)}


def affidavit_of_account(assignment: Assignment) -> Mapping[str, Any]:
    """What the custodial party will swear to; the lines for affiant and notary stay empty, also at release."""
    return _account_context(assignment)


def order_to_show_cause(assignment: Assignment) -> Mapping[str, Any]:
    """The order to appear, with notice that ability to pay is the question; nobody approves its form but the judge."""
    return {**_account_context(assignment), **order_context(assignment.facts), "approvals": ()}


def _account_context(assignment: Assignment) -> Mapping[str, Any]:
    return {**common_context(assignment), **_of_the_claim(assignment.facts)}


@once_for_a_case
def _of_the_claim(facts: CaseFacts) -> Mapping[str, Any]:
    placed = uninsured_order(facts)
    order = facts.controlling_order if placed is None else placed.order
    return {
        "order": order_recital(facts, order),
        "clause": uninsured_clause(facts, None if order is None else order.uninsured_expenses),
        "relief": {"enforce": granted_relief(facts) is UninsuredRelief.ENFORCE},
        "statement": account(facts),
        "contempt": _contempt(facts),
        "interest": {"requested": facts.uninsured is not None and facts.uninsured.interest_requested},
    }


def _contempt(facts: CaseFacts) -> Mapping[str, Any]:
    """Contempt only if it is asked for, with the stated basis for ability to pay (45 C.F.R. § 303.6(c)(4))."""
    if facts.uninsured is None or not facts.uninsured.contempt_requested:
        return {"requested": False}
    basis = public_text(facts, facts.uninsured.ability_to_pay_basis or "")
    return {"requested": True, "basis": quoted_at_end(basis) if basis else ""}
