"""Incomes and the amount of child support, as motions plead them and orders find them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from service.drafting.parties import term_for
from service.drafting.wording import BLANK, DOLLARS_TO_FILL, dollars, long_date, percent, series
from service.facts.case import AdditionalExpense, CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import PartyRole
from service.law.guideline import IncomeChange, income_changes, parent_shares, payor_role
from service.law.worksheet import Worksheet, WorksheetLine, reserve_applies, worksheet, worksheet_gaps

_PERCENT_TO_FILL = "______"


@once_for_a_case
def changes_in_income(facts: CaseFacts, *, in_issue: bool) -> Mapping[str, Any]:
    """Each parent's gross income when the order was entered and now, where both are known; the decisive one first."""
    measured = [change for change in income_changes(facts) if change.percent is not None] if in_issue else []
    decisive = [term_for(change.party) for change in measured if change.is_enough]
    return {
        "changes": tuple(_change(change) for change in sorted(measured, key=lambda change: not change.is_enough)),
        "decisive": series(decisive) if decisive else "parents",
    }


@once_for_a_case
def amount_computed(facts: CaseFacts, *, in_issue: bool) -> Mapping[str, Any]:
    """The worksheet line by line, if the amount is in issue and every figure of it is known.

    Where the self-support reserve applies the worksheet's sum is not the guideline amount, so none is stated.
    """
    if not in_issue or worksheet_gaps(facts) or reserve_applies(facts):
        return {"shown": False, "wanted": in_issue}
    sheet = worksheet(facts)
    payee = _other(sheet.payor)
    return {
        "shown": True,
        "wanted": True,
        "edition": sheet.edition,
        "payor": term_for(sheet.payor),
        "payee": term_for(payee),
        "lines": tuple(_row(line, sheet, payee) for line in sheet.lines),
        "combined_income": _figure(sheet.line("2").combined, sheet.line("2")),
        "payor_percent": percent(sheet.line("3").of(sheet.payor) or Decimal(0)),
        "basic_obligation": _figure(sheet.line("4").combined, sheet.line("4")),
        "support": f"{dollars(sheet.monthly_support)} a month",
    }


@once_for_a_case
def income_findings(facts: CaseFacts) -> Mapping[str, str]:
    """The findings that Administrative Order No. 10 § V asks of an order; unknown figures are lines to fill."""
    guideline = None if facts.modification is None else facts.modification.guideline
    payor = payor_role(facts)
    return {
        "custodial_income": _monthly(facts.custodial_party.gross_monthly_income),
        "noncustodial_income": _monthly(facts.noncustodial_parent.gross_monthly_income),
        "payor": term_for(payor),
        "payee": term_for(_other(payor)),
        "premium": _allowed(None if guideline is None else guideline.child_health_premium),
        "extraordinary_medical": _allowed(None if guideline is None else guideline.extraordinary_medical),
        "child_care": _allowed(None if guideline is None else guideline.child_care),
    }


@once_for_a_case
def shares_of_cost(facts: CaseFacts) -> Mapping[str, str]:
    """In what shares the parents bear health care costs, in percent."""
    shares = parent_shares(facts)
    if shares is None:
        return {"custodial": _PERCENT_TO_FILL, "noncustodial": _PERCENT_TO_FILL}
    return {"custodial": percent(shares.custodial_party), "noncustodial": percent(shares.noncustodial_parent)}


@once_for_a_case
def effective_date(facts: CaseFacts) -> Mapping[str, str]:
    """From when a change may run: not before filing and service (42 U.S.C. § 666(a)(9)(C))."""
    filed = long_date(facts.filing_date)
    served = _last_service(facts)
    if served is None:
        explained = f"That date is not earlier than the filing of the motion on {filed} and its service."
        return {"date": BLANK, "explained": explained}
    explained = f"The motion was filed on {filed} and its service was complete on {long_date(served)}."
    return {"date": long_date(max(facts.filing_date, served)), "explained": explained}


def _last_service(facts: CaseFacts) -> date | None:
    completed = [service.completed_on for service in facts.service]
    known = [day for day in completed if day is not None]
    return max(known) if known and len(known) == len(completed) else None


def _change(change: IncomeChange) -> Mapping[str, Any]:
    before, now = change.found or Decimal(0), change.now or Decimal(0)
    return {
        "who": term_for(change.party),
        "before": dollars(before),
        "now": dollars(now),
        "same": before == now,
        "decisive": bool(change.is_enough),
        "described": f"an increase of {_points(change)}" if now > before else f"a decrease of {_points(change)}",
    }


def _points(change: IncomeChange) -> str:
    return f"{percent(change.percent or Decimal(0))} percent"


def _row(line: WorksheetLine, sheet: Worksheet, payee: PartyRole) -> Mapping[str, str]:
    return {
        "number": line.number,
        "label": line.name,
        "payor": _figure(line.of(sheet.payor), line),
        "payee": _figure(line.of(payee), line),
        "combined": _figure(line.combined, line),
    }


def _figure(figure: Decimal | None, line: WorksheetLine) -> str:
    if figure is None:
        return ""
    return f"{percent(figure)}%" if line.in_percent else dollars(figure)


def _monthly(amount: Decimal | None) -> str:
    return f"{DOLLARS_TO_FILL if amount is None else dollars(amount)} a month"


def _allowed(expense: AdditionalExpense | None) -> str:
    return DOLLARS_TO_FILL if expense is None else dollars(expense.monthly)


def _other(role: PartyRole) -> PartyRole:
    if role is PartyRole.NONCUSTODIAL_PARENT:
        return PartyRole.CUSTODIAL_PARTY
    return PartyRole.NONCUSTODIAL_PARENT
