"""Every figure of a filing with the steps that lead to it, for the page and for the record."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from service.facts.case import CaseFacts
from service.facts.parties import HealthPlan
from service.facts.vocabulary import Certainty, FilingKind, ModificationGround
from service.law.calculation_table import CalculationRow, CalculationTable, as_dollars, as_percent, cited_table, step
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.expense_steps import expense_tables
from service.law.gates.notice import noticed_employment
from service.law.grounds import granted_grounds
from service.law.guideline import (
    IncomeChange,
    ReasonableCost,
    income_changes,
    offered_coverage,
    parent_shares,
    reasonable_cost,
    reasonable_limit,
    reasonable_percent,
)
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import granted_request
from service.law.party_names import PARTY_NAMES
from service.law.worksheet import Worksheet, WorksheetLine, reserve_applies, worksheet, worksheet_gaps


def calculation(
    facts: CaseFacts, lifted: Lifted = NONE_LIFTED, confirmed: Confirmations = NONE_CONFIRMED
) -> tuple[CalculationTable, ...]:
    """Every figure that the facts' own kind of filing needs, as far as the facts allow it to be computed.

    Args:
        facts: the facts of the filing.
        lifted: ids of the gates that an attorney has lifted, whose grounds are then shown too.
        confirmed: the authorities that the office has confirmed, which are then marked so.

    Raises:
        FactsRefused: the claims of an uninsured-expense filing do not come out.
    """
    return tuple(table.under(confirmed) for table in _tables(facts, lifted))


def _tables(facts: CaseFacts, lifted: Lifted) -> tuple[CalculationTable, ...]:
    match facts.kind:
        case FilingKind.UNINSURED_CLAIM:
            return tuple(expense_tables(facts))
        case FilingKind.MODIFICATION:
            return (*_modification_tables(facts, lifted), *_coverage_tables(facts), *_cash_tables(facts, lifted))
        case FilingKind.MEDICAL_SUPPORT:
            return (*_coverage_tables(facts), *_cash_tables(facts, lifted))
        case FilingKind.MEDICAL_SUPPORT_NOTICE:
            return tuple(_coverage_tables(facts))


def calculation_json(tables: Sequence[CalculationTable]) -> dict[str, Any]:
    """The tables as plain JSON values; every amount is a string."""
    return {
        "tables": [
            {**asdict(table), "rests_on": list(table.rests_on), "rows": [asdict(row) for row in table.rows]}
            for table in tables
        ]
    }


def _coverage_tables(facts: CaseFacts) -> Iterator[CalculationTable]:
    chosen = noticed_employment(facts) if facts.kind is FilingKind.MEDICAL_SUPPORT_NOTICE else offered_coverage(facts)
    plan = None if chosen is None else chosen[1].plan
    cost = reasonable_cost(facts.noncustodial_parent.gross_monthly_income, plan, facts.filing_date)
    if cost is not None:
        authorities = ("cfr-303-31-a-3", "ao-10-iv-reasonable-cost")
        rows = (*_reasonable_cost_rows(cost), step("Accessible to the children", "as stated", _accessible(plan)))
        yield cited_table("Reasonable cost of coverage", authorities, rows)
    if facts.kind is not FilingKind.MEDICAL_SUPPORT_NOTICE and (shares := parent_shares(facts)):
        rows = (
            step(
                "Share of the custodial party", "custodial income / combined income", as_percent(shares.custodial_party)
            ),
            step("Share of the noncustodial parent", "the remainder", as_percent(shares.noncustodial_parent)),
        )
        yield cited_table("Division of medical costs between the parents", ("cfr-303-31-b-1-ii", "ao-10-v"), rows)


def _reasonable_cost_rows(cost: ReasonableCost) -> tuple[CalculationRow, ...]:
    premium = f"{as_dollars(cost.premium_with_children)} - {as_dollars(cost.premium_self)}"
    limit = f"{as_percent(cost.limit_percent)} x {as_dollars(cost.gross_income)}"
    sign = "<=" if cost.is_reasonable else ">"
    verdict = "reasonable" if cost.is_reasonable else "not reasonable"
    return (
        step("Gross monthly income of the noncustodial parent", "as stated", as_dollars(cost.gross_income)),
        step("Highest reasonable cost a month", limit, as_dollars(cost.limit)),
        step("Premium for the children a month", premium, as_dollars(cost.added_premium)),
        step("Comparison", f"{as_dollars(cost.added_premium)} {sign} {as_dollars(cost.limit)}", verdict),
    )


def _accessible(plan: HealthPlan | None) -> str:
    known = Certainty.UNKNOWN if plan is None else plan.accessible
    return {Certainty.YES: "accessible", Certainty.NO: "not accessible", Certainty.UNKNOWN: "not known"}[known]


def _cash_tables(facts: CaseFacts, lifted: Lifted) -> Iterator[CalculationTable]:
    """The most that cash medical support may reasonably cost, in the alternative to coverage or alone."""
    income = facts.noncustodial_parent.gross_monthly_income
    if income is None or granted_request(facts, lifted) is None:
        return
    limit = reasonable_limit(income, facts.filing_date)
    expression = f"{as_percent(reasonable_percent(facts.filing_date))} x {as_dollars(income)}"
    rows = [step("Highest reasonable cash medical support a month", expression, as_dollars(limit))]
    asked = None if facts.medical_support is None else facts.medical_support.cash_monthly
    if asked is not None:
        sign, verdict = ("<=", "reasonable") if asked <= limit else (">", "not reasonable")
        rows.append(step("Cash medical support asked for", "as stated", as_dollars(asked)))
        rows.append(step("Comparison", f"{as_dollars(asked)} {sign} {as_dollars(limit)}", verdict))
    yield cited_table("Cash medical support while there is no coverage", ("cfr-303-31-a-3", "cfr-303-31-b-2"), rows)


def _modification_tables(facts: CaseFacts, lifted: Lifted) -> Iterator[CalculationTable]:
    if ModificationGround.INCOME_CHANGE in granted_grounds(facts, lifted):
        rows = [row for change in income_changes(facts) for row in _income_rows(change)]
        if rows:
            yield cited_table("Change of gross monthly income since the order", ("ark-9-14-107-a-1",), rows)
    if not worksheet_gaps(facts) and not reserve_applies(facts):
        filled = worksheet(facts)
        title = f"Child support worksheet ({filled.edition})"
        yield cited_table(title, ("ao-10", "ao-10-worksheet"), tuple(_worksheet_rows(filled)))


def _income_rows(change: IncomeChange) -> Iterator[CalculationRow]:
    percent = change.percent
    if change.found is None or change.now is None or percent is None:
        return
    name = PARTY_NAMES[change.party]
    measured = f"|{as_dollars(change.now)} - {as_dollars(change.found)}| / {as_dollars(change.found)}"
    if change.found == 0:
        measured = f"from {as_dollars(change.found)} to {as_dollars(change.now)}"
    reached = "reaches" if change.is_enough else "is below"
    yield step(f"Income of the {name} found by the order", "as found", as_dollars(change.found))
    yield step(f"Income of the {name} now", "as stated", as_dollars(change.now))
    yield step(
        f"Change of the {name}", f"{measured}; {reached} {as_percent(change.enough_percent)}", as_percent(percent)
    )


def _worksheet_rows(filled: Worksheet) -> Iterator[CalculationRow]:
    for line in filled.lines:
        for column, amount in _columns(line):
            printed = as_percent(amount) if line.in_percent else as_dollars(amount)
            yield step(f"Line {line.number}. {line.name}: {column}", _STEPS[line.number], printed)
    yield step("Presumed monthly support", "line 13, rounded down to whole dollars", as_dollars(filled.monthly_support))


def _columns(line: WorksheetLine) -> Iterator[tuple[str, Decimal]]:
    columns = (
        ("custodial", line.custodial_party),
        ("noncustodial", line.noncustodial_parent),
        ("combined", line.combined),
    )
    return ((name, amount) for name, amount in columns if amount is not None)


_STEPS = {
    "1": "as stated",
    "1a": "as stated",
    "2": "line 1 - line 1a",
    "3": "line 2 / combined line 2",
    "4": "read from the chart by the attorney",
    "5": "line 3 x line 4",
    "6": "as stated",
    "7": "as stated",
    "8": "as stated",
    "9": "line 6 + line 7 + line 8",
    "10": "line 3 x combined line 9",
    "11": "line 5 + line 10",
    "12": "line 9 of the payor",
    "13": "line 11 - line 12",
}
