"""The account of uninsured health-care expenses, as a motion sums it up and an itemized statement sets it out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from service.drafting.children import child_labels
from service.drafting.redaction import public_text
from service.drafting.wording import DOLLARS_TO_FILL, closed, dollars, long_date, percent, series, short_date
from service.facts.case import CaseFacts
from service.facts.claims import Claim, PaymentReceived
from service.facts.remembering import once_for_a_case
from service.law.governing import uninsured_order
from service.law.uninsured import UninsuredLine, UninsuredStatement, uninsured_statement

_NOTHING = "—"
_MOST_LISTED = 8
"""Payments that a sentence can name one by one."""


@once_for_a_case
def account(facts: CaseFacts) -> Mapping[str, Any]:
    """Every line with its sums, the totals, and in words how they were reached.

    Where no order divides the expenses, shares and balances are lines to fill.

    Raises:
        FactsRefused: the figures of a claim contradict each other.
    """
    statement = uninsured_statement(facts) if uninsured_order(facts) else None
    lines: tuple[UninsuredLine | None, ...] = statement.lines if statement else (None,) * len(facts.claims)
    return {
        "lines": tuple(_line(facts, place, line, statement) for place, line in enumerate(lines)),
        **_claimed_totals(facts),
        **_shared_totals(facts, statement),
        **_proof(facts),
        "time_passed": _time_passed(facts),
    }


def _line(
    facts: CaseFacts, place: int, line: UninsuredLine | None, statement: UninsuredStatement | None
) -> Mapping[str, str]:
    return {
        **_described(facts, place),
        "threshold": DOLLARS_TO_FILL if line is None else dollars(line.threshold),
        "shared": DOLLARS_TO_FILL if line is None else dollars(line.shared),
        "percent": "" if statement is None else percent(statement.percent),
        "share": DOLLARS_TO_FILL if line is None else dollars(line.share),
        "balance": DOLLARS_TO_FILL if line is None else dollars(line.balance),
    }


@once_for_a_case
def _described(facts: CaseFacts, place: int) -> Mapping[str, str]:
    """What a line says of its claim apart from what others bear on: of which child, by whom, proved by what."""
    claim = facts.claims[place]
    return {
        **_as_stated(facts, place),
        "number": str(place + 1),
        "child": child_labels(facts)[claim.child],
        "provider": public_text(facts, claim.provider),
        "service": public_text(facts, claim.description),
        "exhibit": ", ".join(_labels(facts, claim)) or _NOTHING,
    }


@once_for_a_case
def _as_stated(facts: CaseFacts, place: int) -> Mapping[str, str]:
    """What a line says of its claim alone."""
    claim = facts.claims[place]
    received = sum((payment.amount for payment in claim.payments_received), Decimal(0))
    return {
        "kind": claim.kind.value.replace("_", " "),
        "service_date": short_date(claim.service_date),
        "billed": dollars(claim.billed),
        "insurance_paid": dollars(claim.insurance_paid),
        "adjusted": dollars(claim.adjusted),
        "covered": dollars(claim.insurance_paid + claim.adjusted),
        "uninsured": dollars(claim.billed - claim.insurance_paid - claim.adjusted),
        "paid_by_custodial_party": dollars(claim.paid_by_custodial_party),
        "payments": dollars(received),
        "benefits_date": _day(claim.benefits_explained_on),
        "paid_date": _day(claim.paid_on),
        "demand_date": _day(claim.demand_sent_on),
        "payment_list": _payments(claim) or _NOTHING,
    }


def _claimed_totals(facts: CaseFacts) -> Mapping[str, str]:
    def total(amounts: list[Decimal]) -> str:
        return dollars(sum(amounts, Decimal(0)))

    return {
        "billed": total([claim.billed for claim in facts.claims]),
        "insurance_paid": total([claim.insurance_paid for claim in facts.claims]),
        "adjusted": total([claim.adjusted for claim in facts.claims]),
        "covered": total([claim.insurance_paid + claim.adjusted for claim in facts.claims]),
        "uninsured": total([claim.billed - claim.insurance_paid - claim.adjusted for claim in facts.claims]),
        "paid_by_custodial_party": total([claim.paid_by_custodial_party for claim in facts.claims]),
    }


def _shared_totals(facts: CaseFacts, statement: UninsuredStatement | None) -> Mapping[str, Any]:
    payments = [payment for claim in facts.claims for payment in claim.payments_received]
    return {
        "threshold": DOLLARS_TO_FILL if statement is None else dollars(statement.totals.threshold),
        "shared": DOLLARS_TO_FILL if statement is None else dollars(statement.totals.shared),
        "share": DOLLARS_TO_FILL if statement is None else dollars(statement.totals.share),
        "balance": DOLLARS_TO_FILL if statement is None else dollars(statement.totals.balance),
        "payments": dollars(sum((payment.amount for payment in payments), Decimal(0))),
        "paid_anything": bool(payments),
        "payment_list": _all_payments(facts, payments),
        "method": "" if statement is None else _method(statement),
        "by_child": "" if statement is None else _by_child(facts, statement),
    }


def _all_payments(facts: CaseFacts, payments: Sequence[PaymentReceived]) -> str:
    """Each payment with its day; of many only how many and when, since the itemized statement has them line by line."""
    if len(payments) <= _MOST_LISTED:
        return series([_payments(claim) for claim in facts.claims if claim.payments_received]) if payments else ""
    first, last = min(payment.on for payment in payments), max(payment.on for payment in payments)
    when = f"on {long_date(first)}" if first == last else f"from {long_date(first)} to {long_date(last)}"
    return f"{len(payments)} payments {when}, which the Itemized Statement shows line by line"


def _method(statement: UninsuredStatement) -> str:
    """How a share is reached under the order's own terms."""
    routine = ""
    if statement.threshold_annual is not None:
        routine = (
            f", less the first {dollars(statement.threshold_annual)} for each child and calendar year, which the Order "
            "leaves with the Custodial Party"
        )
    share = f"that sum multiplied by {percent(statement.percent)} percent and rounded to the cent"
    if statement.amount is not None:
        share += f", until the shares reach the {dollars(statement.amount)} that the Order fixes"
    return (
        "The sum to be shared is what the Custodial Party paid of the part that insurance and adjustments left"
        f"{routine}. The Noncustodial Parent’s share under paragraph {statement.paragraph} of the Order is {share}. "
        "The balance is the share less payments received."
    )


def _by_child(facts: CaseFacts, statement: UninsuredStatement) -> str:
    if len(statement.by_child) < 2:  # noqa: PLR2004 - one child needs no division
        return ""
    labels = child_labels(facts)
    balances = [f"{dollars(totals.balance)} for {labels[child]}" for child, totals in statement.by_child.items()]
    return closed(f"Of that balance, {series(balances)}")


def _proof(facts: CaseFacts) -> Mapping[str, str]:
    labels = list(dict.fromkeys(label for claim in facts.claims for label in _labels(facts, claim)))
    if not labels:
        return {"exhibits": ""}
    return {"exhibits": f"{'Exhibit' if len(labels) == 1 else 'Exhibits'} {series(labels)}"}


def _labels(facts: CaseFacts, claim: Claim) -> list[str]:
    placed = _placed_labels(facts)
    return [label for _, label in sorted(placed[identifier] for identifier in claim.proof if identifier in placed)]


@once_for_a_case
def _placed_labels(facts: CaseFacts) -> Mapping[str, tuple[int, str]]:
    """The labels of the exhibits by their ids, with their places."""
    return {exhibit.id: (place, exhibit.label) for place, exhibit in enumerate(facts.exhibits)}


def _payments(claim: Claim) -> str:
    paid = [f"{dollars(payment.amount)} on {long_date(payment.on)}" for payment in claim.payments_received]
    return series(paid) if paid else ""


def _time_passed(facts: CaseFacts) -> str:
    """Whether the order's time to pay has run for every line; empty where the order sets none."""
    placed = uninsured_order(facts)
    term = None if placed is None else placed.order.uninsured_expenses
    if term is None or term.days_to_pay_after_demand is None:
        return ""
    allowed = timedelta(days=term.days_to_pay_after_demand)
    open_lines = [
        f"line {number}"
        for number, claim in enumerate(facts.claims, start=1)
        if claim.demand_sent_on is None or claim.demand_sent_on + allowed >= facts.filing_date
    ]
    if not open_lines:
        return "That time has passed for every expense listed."
    return f"That time has passed for every expense listed except {series(open_lines)}."


def _day(day: date | None) -> str:
    return _NOTHING if day is None else short_date(day)
