"""The steps of an account of uninsured expenses: claim by claim, payment by payment, and all together."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from service.facts.case import CaseFacts
from service.facts.claims import Claim, PaymentReceived
from service.law.calculation_table import CalculationRow, CalculationTable, as_dollars, as_percent, cited_table, step
from service.law.governing import uninsured_order
from service.law.money import ZERO
from service.law.standing import Standing
from service.law.uninsured import UninsuredLine, UninsuredStatement, uninsured_statement

LEFT_TO_THE_COURT = "to be determined by the court"


def expense_tables(facts: CaseFacts) -> Iterator[CalculationTable]:
    """The account under the order that divides the expenses; without such an order, what was billed and paid alone.

    Raises:
        FactsRefused: the claims do not come out.
    """
    if uninsured_order(facts) is None:
        yield _undivided(facts)
    else:
        statement = uninsured_statement(facts)
        for line, claim in zip(statement.lines, facts.claims, strict=True):
            yield _account(f"Uninsured expense {line.claim_id}", statement, _claim_rows(line, claim, statement))
        yield _account("Uninsured expenses together", statement, _sum_rows(statement))
    if facts.uninsured is not None and facts.uninsured.interest_requested:
        row = step("Interest on the sum due", "no rate and no sum is stated", LEFT_TO_THE_COURT)
        yield cited_table("Interest", ("ark-9-14-233-uninsured", "ark-16-65-114"), (row,))


def _undivided(facts: CaseFacts) -> CalculationTable:
    rows = [
        step(f"Not covered by insurance, expense {claim.id}", _left(claim), as_dollars(_uninsured(claim)))
        for claim in facts.claims
    ]
    total = as_dollars(sum((_uninsured(claim) for claim in facts.claims), ZERO))
    return CalculationTable(
        title="Uninsured expenses; no order divides them",
        authority="The bills relied on",
        standing=Standing.SEEN.value,
        rows=(*rows, step("Not covered by insurance together", "sum of the above", total)),
    )


def _account(title: str, statement: UninsuredStatement, rows: Iterable[CalculationRow]) -> CalculationTable:
    return CalculationTable(
        title=title,
        authority=f"The order relied on, paragraph {statement.paragraph}",
        standing=Standing.SEEN.value,
        rows=tuple(rows),
    )


def _sum_rows(statement: UninsuredStatement) -> Iterator[CalculationRow]:
    for child, totals in statement.by_child.items():
        yield step(f"Balance for child {child + 1}", _balances(statement, child), as_dollars(totals.balance))
    every = " + ".join(as_dollars(line.balance) for line in statement.lines)
    yield step("Total due", every, as_dollars(statement.totals.balance))


def _balances(statement: UninsuredStatement, child: int) -> str:
    return " + ".join(as_dollars(line.balance) for line in statement.lines if line.child == child)


def _claim_rows(line: UninsuredLine, claim: Claim, statement: UninsuredStatement) -> Iterator[CalculationRow]:
    yield step("Not covered by insurance", _left(claim), as_dollars(line.uninsured))
    yield step("Paid by the custodial party", "as stated", as_dollars(line.claimed))
    if statement.threshold_annual is not None:
        routine = f"what is left of {as_dollars(statement.threshold_annual)} for the child and year"
        yield step("Routine cost left with the custodial party", routine, as_dollars(line.threshold))
        shared = f"{as_dollars(line.claimed)} - {as_dollars(line.threshold)}"
        yield step("To be shared", shared, as_dollars(line.shared))
    share = f"{as_percent(statement.percent)} x {as_dollars(line.shared)}"
    if statement.amount is not None:
        share += f", within the sum of {as_dollars(statement.amount)} that the order fixes"
    yield step("Share of the noncustodial parent", share, as_dollars(line.share))
    yield from _payment_rows(line, claim.payments_received)
    yield step("Payments received", "sum of the payments", as_dollars(line.received))
    yield step("Balance", f"{as_dollars(line.share)} - {as_dollars(line.received)}", as_dollars(line.balance))


def _payment_rows(line: UninsuredLine, payments: Iterable[PaymentReceived]) -> Iterator[CalculationRow]:
    """Each payment taken off the share in the order of their days."""
    left = line.share
    for payment in sorted(payments, key=lambda payment: (payment.on, payment.amount)):
        taken_off = f"{as_dollars(left)} - {as_dollars(payment.amount)}"
        left -= payment.amount
        yield step(f"Left after the payment of {payment.on.isoformat()}", taken_off, as_dollars(left))


def _left(claim: Claim) -> str:
    return f"{as_dollars(claim.billed)} - {as_dollars(claim.insurance_paid)} - {as_dollars(claim.adjusted)}"


def _uninsured(claim: Claim) -> Decimal:
    return claim.billed - claim.insurance_paid - claim.adjusted
