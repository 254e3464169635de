"""The child support worksheet, lines 1 to 13 (Administrative Order No. 10; line map read in a secondary source)."""

from dataclasses import dataclass
from decimal import Decimal

from service.errors import FactsRefused, Fault
from service.facts.case import AdditionalExpense, CaseFacts, Guideline
from service.facts.parties import Party
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import PartyRole
from service.law.editions import Subject, edition_in_force
from service.law.guideline import ParentShares, available_income, parent_shares, payor_role
from service.law.money import ZERO, whole_dollars

PARENTS = (PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetLine:
    """One line in dollars a month, or in percent on line 3; a column that the form leaves empty is ``None``."""

    number: str
    name: str
    custodial_party: Decimal | None
    noncustodial_parent: Decimal | None
    combined: Decimal | None
    in_percent: bool = False

    def of(self, role: PartyRole) -> Decimal | None:
        """The column of one parent."""
        return self.custodial_party if role is PartyRole.CUSTODIAL_PARTY else self.noncustodial_parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """The completed worksheet; ``monthly_support`` is line 13 rounded down to the whole dollar and never below zero."""

    edition: str
    payor: PartyRole
    lines: tuple[WorksheetLine, ...]
    shares: ParentShares
    monthly_support: Decimal

    def line(self, number: str) -> WorksheetLine:
        """The line of that number, as ``"1a"``."""
        return self.lines[_PLACES[number]]


_NUMBERS = ("1", "1a", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13")
_PLACES = {number: place for place, number in enumerate(_NUMBERS)}
"""A completed worksheet has every line, in the order of the form."""


def worksheet_gaps(facts: CaseFacts) -> tuple[str, ...]:
    """JSON Pointers of what the worksheet still needs; empty when :func:`worksheet` can be computed."""
    guideline = None if facts.modification is None else facts.modification.guideline
    if guideline is None:
        return ("/modification/guideline",)
    gaps = [f"/modification/guideline/{name}/paid_by" for name, expense in _expenses(guideline) if _unpaid(expense)]
    if guideline.combined_basic_obligation is None:
        gaps.insert(0, "/modification/guideline/combined_basic_obligation")
    for role in PARENTS:
        party = _party(facts, role)
        if party.gross_monthly_income is None:
            gaps.append(f"/{role.value}/gross_monthly_income")
        if party.income_deductions_monthly is None:
            gaps.append(f"/{role.value}/income_deductions_monthly")
    if not gaps and parent_shares(facts) is None:
        gaps = [f"/{role.value}/gross_monthly_income" for role in PARENTS]
    return tuple(gaps)


@once_for_a_case
def worksheet(facts: CaseFacts) -> Worksheet:
    """Fill in the worksheet from the facts and the attorney's guideline figures.

    Raises:
        FactsRefused: a figure is missing; one fault for each.
    """
    guideline = None if facts.modification is None else facts.modification.guideline
    shares = parent_shares(facts)
    gaps = worksheet_gaps(facts)
    if gaps or guideline is None or guideline.combined_basic_obligation is None or shares is None:
        faults = [
            Fault(code="worksheet_incomplete", message="The worksheet needs this figure.", pointer=gap) for gap in gaps
        ]
        raise FactsRefused("The worksheet cannot be filled in; give the figures named.", faults)
    payor = payor_role(facts)
    lines = (
        *_income_lines(facts, shares),
        *_obligation_lines(guideline, guideline.combined_basic_obligation, shares),
    )
    return _completed(guideline.edition, payor, lines, shares)


def reserve_applies(facts: CaseFacts) -> bool:
    """Whether the payor's gross monthly income is so low that the self-support reserve of § II governs."""
    income = _party(facts, payor_role(facts)).gross_monthly_income
    if income is None:
        return False
    return income < edition_in_force(Subject.GUIDELINES, facts.filing_date).value("self_support_gross_monthly")


def _income_lines(facts: CaseFacts, shares: ParentShares) -> tuple[WorksheetLine, ...]:
    gross = [_known(_party(facts, role).gross_monthly_income) for role in PARENTS]
    deductions = [_known(_party(facts, role).income_deductions_monthly) for role in PARENTS]
    available = [_known(available_income(_party(facts, role))) for role in PARENTS]
    percent = (shares.custodial_party, shares.noncustodial_parent)
    return (
        _line("1", "Gross monthly income", *gross),
        _line("1a", "Deductions from income", *deductions),
        _line("2", "Income available for support", *available),
        _line("3", "Share of combined income", *percent, in_percent=True),
    )


def _obligation_lines(guideline: Guideline, basic: Decimal, shares: ParentShares) -> tuple[WorksheetLine, ...]:
    expenses = [_paid_line(number, name, expense) for number, name, expense in _expense_lines(guideline)]
    total = [sum((_known(line.of(role)) for line in expenses), ZERO) for role in PARENTS]
    basic_shares, expense_shares = shares.divide(basic), shares.divide(sum(total, ZERO))
    return (
        WorksheetLine(
            number="4",
            name="Basic support obligation from the chart",
            custodial_party=None,
            noncustodial_parent=None,
            combined=basic,
        ),
        _line("5", "Each parent’s share of the basic obligation", *basic_shares),
        *expenses,
        _line("9", "Additional expenses together", *total),
        _line("10", "Each parent’s share of additional expenses", *expense_shares),
        _line(
            "11",
            "Total support obligation",
            *(sum(pair, ZERO) for pair in zip(basic_shares, expense_shares, strict=True)),
        ),
    )


def _completed(edition: str, payor: PartyRole, lines: tuple[WorksheetLine, ...], shares: ParentShares) -> Worksheet:
    by_number = {line.number: line for line in lines}
    credit = _known(by_number["9"].of(payor))
    owed = _known(by_number["11"].of(payor)) - credit
    closing = (
        _payor_line("12", "Credit for additional expenses the payor pays", payor, credit),
        _payor_line("13", "Presumed support obligation", payor, owed),
    )
    return Worksheet(
        edition=edition,
        payor=payor,
        lines=(*lines, *closing),
        shares=shares,
        monthly_support=whole_dollars(max(ZERO, owed)),
    )


def _line(
    number: str, name: str, custodial: Decimal, noncustodial: Decimal, *, in_percent: bool = False
) -> WorksheetLine:
    return WorksheetLine(
        number=number,
        name=name,
        custodial_party=custodial,
        noncustodial_parent=noncustodial,
        combined=custodial + noncustodial,
        in_percent=in_percent,
    )


def _payor_line(number: str, name: str, payor: PartyRole, amount: Decimal) -> WorksheetLine:
    custodial_pays = payor is PartyRole.CUSTODIAL_PARTY
    return WorksheetLine(
        number=number,
        name=name,
        custodial_party=amount if custodial_pays else None,
        noncustodial_parent=None if custodial_pays else amount,
        combined=None,
    )


def _paid_line(number: str, name: str, expense: AdditionalExpense) -> WorksheetLine:
    paid = {role: expense.monthly if expense.paid_by is role else ZERO for role in PARENTS}
    return _line(number, name, paid[PartyRole.CUSTODIAL_PARTY], paid[PartyRole.NONCUSTODIAL_PARENT])


def _expense_lines(guideline: Guideline) -> tuple[tuple[str, str, AdditionalExpense], ...]:
    return (
        ("6", "Children’s health insurance premium", guideline.child_health_premium),
        ("7", "Extraordinary medical expenses", guideline.extraordinary_medical),
        ("8", "Work-related child care", guideline.child_care),
    )


def _expenses(guideline: Guideline) -> tuple[tuple[str, AdditionalExpense], ...]:
    return (
        ("child_health_premium", guideline.child_health_premium),
        ("extraordinary_medical", guideline.extraordinary_medical),
        ("child_care", guideline.child_care),
    )


def _unpaid(expense: AdditionalExpense) -> bool:
    return expense.monthly > 0 and expense.paid_by not in PARENTS


def _party(facts: CaseFacts, role: PartyRole) -> Party:
    return facts.custodial_party if role is PartyRole.CUSTODIAL_PARTY else facts.noncustodial_parent


def _known(figure: Decimal | None) -> Decimal:
    """A figure that :func:`worksheet_gaps` has found to be there."""
    if figure is None:
        raise FactsRefused("The worksheet cannot be filled in: a figure is missing.")
    return figure
