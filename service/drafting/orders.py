"""Orders already entered, as a filing recites them; clauses are quoted word for word."""

from collections.abc import Mapping
from typing import Any

from service.drafting.parties import term_for
from service.drafting.redaction import public_text
from service.drafting.wording import BLANK, dollars, long_date, spelled
from service.facts.case import CaseFacts
from service.facts.orders import ChildSupportTerm, SupportOrder, UninsuredTerm
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import MedicalProvisionKind, PartyRole, SupportFrequency

_PERIODS = {
    SupportFrequency.WEEKLY: "a week",
    SupportFrequency.BIWEEKLY: "every two weeks",
    SupportFrequency.SEMIMONTHLY: "twice a month",
    SupportFrequency.MONTHLY: "a month",
}

_PROVISIONS = {
    MedicalProvisionKind.HEALTH_INSURANCE: "health insurance",
    MedicalProvisionKind.CASH: "cash medical support",
}

_NO_ORDER: Mapping[str, Any] = {
    "title": "order of support",
    "date": BLANK,
    "court": "this Court",
    "court_first": "This Court",
    "place": f"in No.\u00a0{BLANK}",
    "ours": True,
    "exhibit": "",
    "support_ordered": False,
    "incomes_found": False,
    "silent": True,
}


def exhibit_label(facts: CaseFacts, identifier: str | None) -> str:
    """``Exhibit A`` for an exhibit id; nothing when no exhibit bears it."""
    return next((f"Exhibit {exhibit.label}" for exhibit in facts.exhibits if exhibit.id == identifier), "")


@once_for_a_case
def order_recital(facts: CaseFacts, order: SupportOrder | None) -> Mapping[str, Any]:
    """Who entered the order, when, and what it says; lines to be filled where no order is known yet."""
    if order is None:
        return _NO_ORDER
    court = _court_name(facts, order)
    ours = order.docket_number == facts.matter.court.docket_number
    return {
        "title": public_text(facts, order.title),
        "date": long_date(order.entered_on),
        "court": court,
        "court_first": court[:1].upper() + court[1:],
        "place": "in this case" if ours else f"in No.\u00a0{order.docket_number}",
        "ours": court == "this Court",
        "exhibit": exhibit_label(facts, order.file_marked_copy),
        **_support(order.child_support),
        **_incomes_found(order),
        **_provision(facts, order),
    }


def uninsured_clause(facts: CaseFacts, term: UninsuredTerm | None) -> Mapping[str, Any]:
    """The clause that divides uninsured expenses, and the one that directs the agency to enforce it."""
    if term is None:
        return {"allocates": False, "directs": False, "percent_only": False, "days_to_pay": "", "paragraph": BLANK}
    return {
        "allocates": True,
        "paragraph": term.paragraph,
        "text": public_text(facts, term.text),
        "percent_only": term.payor_amount is None,
        "days_to_pay": "" if term.days_to_pay_after_demand is None else spelled(term.days_to_pay_after_demand),
        "directs": term.directs_ocse_to_enforce,
        "direction_paragraph": term.direction_paragraph or "",
        "direction_text": public_text(facts, term.direction_text or ""),
    }


def _court_name(facts: CaseFacts, order: SupportOrder) -> str:
    if order.state != "AR":
        return f"a court of another State ({order.state})"
    if order.county in {facts.matter.court.county, None}:
        return "this Court"
    return f"the Circuit Court of {order.county} County, Arkansas,"


def _support(term: ChildSupportTerm | None) -> Mapping[str, Any]:
    if term is None:
        return {"support_ordered": False}
    payee = PartyRole.CUSTODIAL_PARTY if term.payor is PartyRole.NONCUSTODIAL_PARENT else PartyRole.NONCUSTODIAL_PARENT
    return {
        "support_ordered": True,
        "support": f"{dollars(term.amount)} {_PERIODS[term.frequency]}",
        "payor": term_for(term.payor),
        "payee": term_for(payee),
    }


def _incomes_found(order: SupportOrder) -> Mapping[str, Any]:
    found = order.gross_monthly_income_found
    if found is None or order.child_support is None:
        return {"incomes_found": False}
    pays = order.child_support.payor is PartyRole.NONCUSTODIAL_PARENT
    return {
        "incomes_found": True,
        "income_found_noncustodial": dollars(found.payor if pays else found.payee),
        "income_found_custodial": dollars(found.payee if pays else found.payor),
    }


def _provision(facts: CaseFacts, order: SupportOrder) -> Mapping[str, Any]:
    provision = order.medical_provision
    if provision.kind is MedicalProvisionKind.NONE:
        return {"silent": True}
    return {
        "silent": False,
        "provision_kind": _PROVISIONS[provision.kind],
        "provision_paragraph": provision.paragraph or "",
        "provision_text": public_text(facts, provision.text or ""),
    }
