"""Reasonable cost, change of income, shares, and the worksheet."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.errors import FactsRefused
from service.facts.case import AdditionalExpense, CaseFacts
from service.facts.vocabulary import Certainty, FilingKind, PartyRole
from service.law.guideline import income_changes, offered_coverage, parent_shares, reasonable_cost
from service.law.worksheet import Worksheet, worksheet, worksheet_gaps
from tests.builders import altered, example

MEDICAL: CaseFacts = load_facts(example(FilingKind.MEDICAL_SUPPORT.value))
MODIFY: CaseFacts = load_facts(example(FilingKind.MODIFICATION.value))
FILED = date(2026, 11, 23)
PLAN = MEDICAL.noncustodial_parent.employments[0].plan
INCOMES = st.decimals(min_value=0, max_value=30_000, places=2)
MONTHLY = st.decimals(min_value=0, max_value=3_000, places=2)
PARENTS = st.sampled_from([PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT])


def dollars(text: str) -> Decimal:
    return Decimal(text)


def figures(sheet: Worksheet, number: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    line = sheet.line(number)
    return line.custodial_party, line.noncustodial_parent, line.combined


def test_the_added_premium_is_measured_against_five_percent_of_gross_income() -> None:
    cost = reasonable_cost(dollars("4300.00"), PLAN, FILED)
    assert cost is not None
    assert (cost.limit, cost.added_premium, cost.is_reasonable) == (dollars("215.00"), dollars("192.00"), True)


@pytest.mark.parametrize(("income", "reasonable"), [("3840.00", True), ("3839.80", False)])
def test_cost_at_the_limit_is_still_reasonable(income: str, *, reasonable: bool) -> None:
    cost = reasonable_cost(dollars(income), PLAN, FILED)
    assert cost is not None
    assert cost.is_reasonable is reasonable


def test_cost_is_unknown_while_income_plan_or_premium_is() -> None:
    assert reasonable_cost(None, PLAN, FILED) is None
    assert reasonable_cost(dollars("4300.00"), None, FILED) is None
    assert reasonable_cost(dollars("4300.00"), altered(PLAN, "/monthly_premium_self", None), FILED) is None


def test_the_best_of_several_plans_is_taken_whatever_their_order() -> None:
    good = MEDICAL.noncustodial_parent.employments[0]
    far = altered(good, "/plan/accessible", Certainty.NO)
    unsure = altered(good, "/plan/accessible", Certainty.UNKNOWN)
    for employments in ((far, unsure, good), (good, far, unsure), (unsure, good, far)):
        chosen = offered_coverage(altered(MEDICAL, "/noncustodial_parent/employments", employments))
        assert chosen is not None
        assert chosen[1] == good


def test_changes_of_income_are_measured_for_both_parents() -> None:
    custodial, noncustodial = income_changes(MODIFY)
    assert (custodial.percent, custodial.is_enough) == (dollars("5.56"), False)
    assert (noncustodial.percent, noncustodial.is_enough) == (dollars("33.33"), True)
    assert noncustodial.found_at == "/orders/0/gross_monthly_income_found/payor"


@given(INCOMES, INCOMES)
def test_twenty_percent_is_judged_on_the_exact_change(found: Decimal, now: Decimal) -> None:
    facts = altered(MODIFY, "/orders/0/gross_monthly_income_found/payor", found)
    change = income_changes(altered(facts, "/noncustodial_parent/gross_monthly_income", now))[1]
    if found == 0:
        assert change.is_enough is (now > 0)
    else:
        assert change.is_enough is (abs(now - found) / found >= Decimal("0.2"))


def test_the_example_worksheet_comes_to_the_dollar() -> None:
    sheet = worksheet(MODIFY)
    assert figures(sheet, "3") == (dollars("26.76"), dollars("73.24"), dollars("100.00"))
    assert figures(sheet, "5") == (dollars("244.32"), dollars("668.68"), dollars("913.00"))
    assert figures(sheet, "13") == (None, dollars("668.68"), None)
    assert sheet.monthly_support == dollars("668.00")


def test_the_payor_is_credited_for_expenses_he_pays() -> None:
    guideline = "/modification/guideline"
    facts = altered(MODIFY, f"{guideline}/child_health_premium", paid("100.00", PartyRole.NONCUSTODIAL_PARENT))
    facts = altered(facts, f"{guideline}/child_care", paid("300.00", PartyRole.CUSTODIAL_PARTY))
    sheet = worksheet(facts)
    assert figures(sheet, "9") == (dollars("300.00"), dollars("100.00"), dollars("400.00"))
    assert figures(sheet, "10") == (dollars("107.04"), dollars("292.96"), dollars("400.00"))
    assert sheet.line("12").noncustodial_parent == dollars("100.00")
    assert sheet.line("13").noncustodial_parent == dollars("861.64")
    assert sheet.monthly_support == dollars("861.00")


def paid(monthly: str, by: PartyRole | None) -> AdditionalExpense:
    return AdditionalExpense(monthly=dollars(monthly), paid_by=by)


@given(INCOMES, INCOMES.filter(bool), MONTHLY, MONTHLY, MONTHLY, PARENTS, PARENTS)
def test_columns_sum_and_lines_follow_from_each_other(
    custodial: Decimal,
    noncustodial: Decimal,
    basic: Decimal,
    premium: Decimal,
    care: Decimal,
    one: PartyRole,
    two: PartyRole,
) -> None:
    facts = altered(MODIFY, "/custodial_party/gross_monthly_income", custodial)
    facts = altered(facts, "/noncustodial_parent/gross_monthly_income", noncustodial)
    facts = altered(facts, "/modification/guideline/combined_basic_obligation", basic)
    facts = altered(facts, "/modification/guideline/child_health_premium", paid(str(premium), one))
    facts = altered(facts, "/modification/guideline/child_care", paid(str(care), two))
    sheet = worksheet(facts)
    for number in ("1", "2", "3", "5", "6", "8", "9", "10", "11"):
        left, right, combined = figures(sheet, number)
        assert left is not None
        assert right is not None
        assert left + right == combined
    assert sheet.line("3").combined == 100
    assert sheet.line("5").combined == basic
    assert sheet.line("10").combined == sheet.line("9").combined == premium + care
    owed = sheet.line("13").noncustodial_parent
    assert owed is not None
    assert sheet.monthly_support == max(0, owed // 1)


def test_gaps_are_all_named_and_refused_together() -> None:
    facts = altered(MODIFY, "/modification/guideline/combined_basic_obligation", None)
    facts = altered(facts, "/modification/guideline/child_care", paid("10.00", None))
    facts = altered(facts, "/custodial_party/gross_monthly_income", None)
    facts = altered(facts, "/noncustodial_parent/income_deductions_monthly", None)
    gaps = (
        "/modification/guideline/combined_basic_obligation",
        "/modification/guideline/child_care/paid_by",
        "/custodial_party/gross_monthly_income",
        "/noncustodial_parent/income_deductions_monthly",
    )
    assert worksheet_gaps(facts) == gaps
    with pytest.raises(FactsRefused) as refused:
        worksheet(facts)
    assert tuple(fault.pointer for fault in refused.value.faults) == gaps


def test_without_guideline_or_income_there_is_no_worksheet() -> None:
    assert worksheet_gaps(altered(MODIFY, "/modification", None)) == ("/modification/guideline",)
    nothing = altered(MODIFY, "/custodial_party/gross_monthly_income", Decimal(0))
    nothing = altered(nothing, "/noncustodial_parent/gross_monthly_income", Decimal(0))
    assert len(worksheet_gaps(nothing)) == 2
    assert parent_shares(nothing) is None


def test_deductions_beyond_income_leave_none_available() -> None:
    facts = altered(MODIFY, "/custodial_party/income_deductions_monthly", dollars("2500.00"))
    shares = parent_shares(facts)
    assert shares is not None
    assert (shares.custodial_party, shares.noncustodial_parent) == (0, 100)
