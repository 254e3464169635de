"""Every figure of a filing with the steps that lead to it, for the page and for the record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, ModificationGround
from service.law.authorities import authority
from service.law.gates.notice import noticed_employment
from service.law.grounds import granted_grounds
from service.law.guideline import (
    IncomeChange,
    ReasonableCost,
    income_changes,
    offered_coverage,
    parent_shares,
    reasonable_cost,
)
from service.law.party_names import PARTY_NAMES
from service.law.tables import Standing
from service.law.uninsured import UninsuredLine, UninsuredStatement, uninsured_statement
from service.law.worksheet import Worksheet, WorksheetLine, reserve_applies, worksheet, worksheet_gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationRow:
    """One step: what it is, how it is reached, and the result as it is printed."""

    label: str
    expression: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationTable:
    """The steps of one figure and the authority they follow; ``standing`` is the least certain of its authorities."""

    title: str
    authority: str
    standing: str
    rows: tuple[CalculationRow, ...]


def calculation(facts: CaseFacts) -> tuple[CalculationTable, ...]:
    """Every figure that the facts' own kind of filing needs, as far as the facts allow it to be computed.

    Raises:
        FactsRefused: the claims of an uninsured-expense filing do not come out.
    """
    match facts.kind:
        case FilingKind.UNINSURED_CLAIM:
            return tuple(_uninsured_tables(uninsured_statement(facts)))
        case FilingKind.MODIFICATION:
            return (*_modification_tables(facts), *_coverage_tables(facts))
        case FilingKind.MEDICAL_SUPPORT | FilingKind.MEDICAL_SUPPORT_NOTICE:
            return tuple(_coverage_tables(facts))


def calculation_json(tables: Sequence[CalculationTable]) -> dict[str, Any]:
    """The tables as plain JSON values; every amount is a string."""
    return {"tables": [{**asdict(table), "rows": [asdict(row) for row in table.rows]} for table in tables]}


def _table(title: str, authorities: Sequence[str], rows: Sequence[CalculationRow]) -> CalculationTable:
    cited = [authority(identifier) for identifier in authorities]
    uncertainty = list(Standing)
    return CalculationTable(
        title=title,
        authority="; ".join(entry.marked for entry in cited),
        standing=max((entry.standing for entry in cited), key=uncertainty.index).value,
        rows=tuple(rows),
    )


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}" if amount >= 0 else f"-${-amount:,.2f}"


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f}%"


def _row(label: str, expression: str, amount: str) -> CalculationRow:
    return CalculationRow(label=label, expression=expression, amount=amount)


def _coverage_tables(facts: CaseFacts) -> Iterator[CalculationTable]:
    chosen = noticed_employment(facts) if facts.kind is FilingKind.MEDICAL_SUPPORT_NOTICE else offered_coverage(facts)
    plan = None if chosen is None else chosen[1].plan
    cost = reasonable_cost(facts.noncustodial_parent.gross_monthly_income, plan, facts.filing_date)
    if cost is not None:
        authorities = ("cfr-303-31-a-3", "ao-10-iv-reasonable-cost")
        yield _table("Reasonable cost of coverage", authorities, _reasonable_cost_rows(cost))
    if facts.kind is not FilingKind.MEDICAL_SUPPORT_NOTICE and (shares := parent_shares(facts)):
        rows = (
            _row(
                "Share of the custodial party", "custodial income / combined income", _percent(shares.custodial_party)
            ),
            _row("Share of the noncustodial parent", "the remainder", _percent(shares.noncustodial_parent)),
        )
        yield _table("Division of medical costs between the parents", ("cfr-303-31-b-1-ii", "ao-10-v"), rows)


def _reasonable_cost_rows(cost: ReasonableCost) -> tuple[CalculationRow, ...]:
    premium = f"{_dollars(cost.premium_with_children)} - {_dollars(cost.premium_self)}"
    limit = f"{_percent(cost.limit_percent)} x {_dollars(cost.gross_income)}"
    sign = "<=" if cost.is_reasonable else ">"
    verdict = "reasonable" if cost.is_reasonable else "not reasonable"
    return (
        _row("Gross monthly income of the noncustodial parent", "as stated", _dollars(cost.gross_income)),
        _row("Highest reasonable cost a month", limit, _dollars(cost.limit)),
        _row("Premium for the children a month", premium, _dollars(cost.added_premium)),
        _row("Comparison", f"{_dollars(cost.added_premium)} {sign} {_dollars(cost.limit)}", verdict),
    )


def _modification_tables(facts: CaseFacts) -> Iterator[CalculationTable]:
    if ModificationGround.INCOME_CHANGE in granted_grounds(facts):
        rows = [row for change in income_changes(facts) for row in _income_rows(change)]
        if rows:
            yield _table("Change of gross monthly income since the order", ("ark-9-14-107-a-1",), rows)
    if not worksheet_gaps(facts) and not reserve_applies(facts):
        filled = worksheet(facts)
        title = f"Child support worksheet ({filled.edition})"
        yield _table(title, ("ao-10", "ao-10-worksheet"), tuple(_worksheet_rows(filled)))


def _income_rows(change: IncomeChange) -> Iterator[CalculationRow]:
    percent = change.percent
    if change.found is None or change.now is None or percent is None:
        return
    name = PARTY_NAMES[change.party]
    measured = f"|{_dollars(change.now)} - {_dollars(change.found)}| / {_dollars(change.found)}"
    if change.found == 0:
        measured = f"from {_dollars(change.found)} to {_dollars(change.now)}"
    reached = "reaches" if change.is_enough else "is below"
    yield _row(f"Income of the {name} found by the order", "as found", _dollars(change.found))
    yield _row(f"Income of the {name} now", "as stated", _dollars(change.now))
    yield _row(f"Change of the {name}", f"{measured}; {reached} {_percent(change.enough_percent)}", _percent(percent))


def _worksheet_rows(filled: Worksheet) -> Iterator[CalculationRow]:
    for line in filled.lines:
        for column, amount in _columns(line):
            printed = _percent(amount) if line.in_percent else _dollars(amount)
            yield _row(f"Line {line.number}. {line.name}: {column}", _STEPS[line.number], printed)
    yield _row("Presumed monthly support", "line 13 cut down to the dollar", _dollars(filled.monthly_support))


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


def _uninsured_tables(statement: UninsuredStatement) -> Iterator[CalculationTable]:
    for line in statement.lines:
        yield _account(f"Uninsured expense {line.claim_id}", statement, _claim_rows(line, statement))
    yield _account("Uninsured expenses together", statement, _sum_rows(statement))


def _account(title: str, statement: UninsuredStatement, rows: Iterable[CalculationRow]) -> CalculationTable:
    return CalculationTable(
        title=title,
        authority=f"The order relied on, paragraph {statement.paragraph}",
        standing=Standing.SEEN.value,
        rows=tuple(rows),
    )


def _sum_rows(statement: UninsuredStatement) -> Iterator[CalculationRow]:
    for child, totals in statement.by_child.items():
        yield _row(f"Balance for child {child + 1}", _balances(statement, child), _dollars(totals.balance))
    every = " + ".join(_dollars(line.balance) for line in statement.lines)
    yield _row("Total due", every, _dollars(statement.totals.balance))


def _balances(statement: UninsuredStatement, child: int) -> str:
    return " + ".join(_dollars(line.balance) for line in statement.lines if line.child == child)


def _claim_rows(line: UninsuredLine, statement: UninsuredStatement) -> Iterator[CalculationRow]:
    left = f"{_dollars(line.billed)} - {_dollars(line.insurance_paid)} - {_dollars(line.adjusted)}"
    yield _row("Not covered by insurance", left, _dollars(line.uninsured))
    yield _row("Paid by the custodial party", "as stated", _dollars(line.claimed))
    if statement.threshold_annual is not None:
        yield _row("Routine cost left with the custodial party", "rest of the yearly sum", _dollars(line.threshold))
        yield _row("To be shared", f"{_dollars(line.claimed)} - {_dollars(line.threshold)}", _dollars(line.shared))
    share = f"{_percent(statement.percent)} x {_dollars(line.shared)}"
    if statement.amount is not None:
        share += f", within the sum of {_dollars(statement.amount)} that the order fixes"
    yield _row("Share of the noncustodial parent", share, _dollars(line.share))
    yield _row("Payments received", "as stated", _dollars(line.received))
    yield _row("Balance", f"{_dollars(line.share)} - {_dollars(line.received)}", _dollars(line.balance))
