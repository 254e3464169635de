"""What the noncustodial parent owes of uninsured health-care expenses, claim by claim, every step kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts
from service.facts.claims import Claim
from service.facts.orders import UninsuredTerm
from service.facts.remembering import once_for_a_case
from service.law.governing import uninsured_order
from service.law.money import HUNDRED, ZERO, cents


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredTotals:
    """Sums of one claim or over several, in dollars.

    ``uninsured`` is the bill less insurance and adjustment; ``claimed`` what the custodial party paid of that;
    ``threshold`` what the order leaves with the custodial party as routine cost; ``shared`` the rest; ``share`` the
    noncustodial parent's part of it; ``balance`` the share less ``received``.
    """

    billed: Decimal
    insurance_paid: Decimal
    adjusted: Decimal
    uninsured: Decimal
    claimed: Decimal
    threshold: Decimal
    shared: Decimal
    share: Decimal
    received: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredLine(UninsuredTotals):
    """One claim with its sums."""

    claim_id: str
    child: int
    service_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredStatement:
    """The account under one order: lines as the claims were given, sums for each child by place, and over all.

    ``percent`` is the share the order sets, 100 where it sets only a sum; ``amount`` is that sum, which then caps the
    shares; ``threshold_annual`` is per child and calendar year.
    """

    order_at: str
    paragraph: str
    percent: Decimal
    amount: Decimal | None
    threshold_annual: Decimal | None
    lines: tuple[UninsuredLine, ...]
    by_child: Mapping[int, UninsuredTotals]
    totals: UninsuredTotals


@once_for_a_case
def uninsured_statement(facts: CaseFacts) -> UninsuredStatement:
    """Compute the account of all claims under the order that divides uninsured expenses.

    The yearly threshold and a fixed sum are used up in order of service date, then claim id, so the result does not
    hang on the order in which claims are given. A balance is below zero where more was received than is owed: a draft
    shows it, and the determination blocks the filing.

    Raises:
        FactsRefused: no order divides the expenses, or a claim's figures contradict each other; one fault for each.
    """
    placed, term = uninsured_order(facts), _dividing_term(facts)
    if placed is None or term is None:
        message = "No order says what share of uninsured expenses is owed; give the terms of one that does."
        raise FactsRefused(message, (Fault(code="no_division", message=message, pointer="/orders"),))
    faults = tuple(_figure_faults(facts.claims))
    if faults:
        raise FactsRefused("The account of uninsured expenses does not come out; correct the claims named.", faults)
    lines = _lines(facts.claims, term)
    return UninsuredStatement(
        order_at=placed.at,
        paragraph=term.paragraph,
        percent=_percent(term),
        amount=term.payor_amount,
        threshold_annual=term.routine_threshold_annual,
        lines=lines,
        by_child={
            child: _totals(line for line in lines if line.child == child)
            for child in sorted({line.child for line in lines})
        },
        totals=_totals(lines),
    )


def account_lines(facts: CaseFacts) -> tuple[UninsuredLine, ...]:
    """A line for each claim as the figures stand, overpaid ones too; none where no order divides the expenses."""
    term = _dividing_term(facts)
    return () if term is None else _lines(facts.claims, term)


def _dividing_term(facts: CaseFacts) -> UninsuredTerm | None:
    placed = uninsured_order(facts)
    return None if placed is None else placed.order.uninsured_expenses


def _lines(claims: Sequence[Claim], term: UninsuredTerm) -> tuple[UninsuredLine, ...]:
    left_of_threshold: defaultdict[tuple[int, int], Decimal] = defaultdict(
        lambda: ZERO if term.routine_threshold_annual is None else term.routine_threshold_annual
    )
    left_of_amount = term.payor_amount
    lines: dict[str, UninsuredLine] = {}
    for claim in sorted(claims, key=lambda claim: (claim.service_date, claim.id)):
        year = (claim.child, claim.service_date.year)
        threshold = min(claim.paid_by_custodial_party, left_of_threshold[year])
        left_of_threshold[year] -= threshold
        share = cents((claim.paid_by_custodial_party - threshold) * _percent(term) / HUNDRED)
        if left_of_amount is not None:
            share = min(share, left_of_amount)
            left_of_amount -= share
        lines[claim.id] = _line(claim, threshold, share)
    return tuple(lines[claim.id] for claim in claims)


def _line(claim: Claim, threshold: Decimal, share: Decimal) -> UninsuredLine:
    received = sum((payment.amount for payment in claim.payments_received), ZERO)
    return UninsuredLine(
        claim_id=claim.id,
        child=claim.child,
        service_date=claim.service_date,
        billed=claim.billed,
        insurance_paid=claim.insurance_paid,
        adjusted=claim.adjusted,
        uninsured=claim.billed - claim.insurance_paid - claim.adjusted,
        claimed=claim.paid_by_custodial_party,
        threshold=threshold,
        shared=claim.paid_by_custodial_party - threshold,
        share=share,
        received=received,
        balance=share - received,
    )


def _percent(term: UninsuredTerm) -> Decimal:
    return HUNDRED if term.payor_percent is None else term.payor_percent


def _totals(lines: Iterable[UninsuredLine]) -> UninsuredTotals:
    kept = tuple(lines)
    return UninsuredTotals(
        **{sums.name: sum((getattr(line, sums.name) for line in kept), ZERO) for sums in fields(UninsuredTotals)}
    )


def _figure_faults(claims: Sequence[Claim]) -> Iterator[Fault]:
    if len({claim.id for claim in claims}) != len(claims):
        yield Fault(code="duplicate", message="Two claims have one id; give each its own.", pointer="/claims")
    for place, claim in enumerate(claims):
        if claim.paid_by_custodial_party > claim.billed - claim.insurance_paid - claim.adjusted:
            yield Fault(
                code="sum_exceeded",
                message="More is claimed as paid than insurance and adjustment left of the bill; correct these.",
                pointer=f"/claims/{place}/paid_by_custodial_party",
            )
