"""Every figure is shown with its steps, on the page and in plain JSON."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.claims import PaymentReceived
from service.facts.vocabulary import FilingKind, ModificationGround
from service.law.calculation import calculation, calculation_json
from service.law.calculation_table import CalculationRow, CalculationTable
from tests.builders import altered, example

FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}


def amounts(table: CalculationTable) -> dict[str, str]:
    return {row.label: row.amount for row in table.rows}


def titles(facts: CaseFacts) -> list[str]:
    return [table.title for table in calculation(facts)]


def test_uninsured_expenses_are_shown_claim_by_claim_and_together() -> None:
    *claims, together = calculation(FACTS[FilingKind.UNINSURED_CLAIM])
    assert [amounts(table)["Balance"] for table in claims] == ["$138.00", "$190.00", "$119.39"]
    assert amounts(together) == {"Balance for child 1": "$447.39", "Total due": "$447.39"}
    assert claims[1].rows[0].expression == "$2,185.45 - $1,702.10 - $83.35"
    assert claims[1].rows[2].expression == "60% x $400.00"
    assert {table.authority for table in claims} == {"The order relied on, paragraph 7"}


def test_threshold_and_fixed_sum_have_steps_of_their_own() -> None:
    facts = altered(FACTS[FilingKind.UNINSURED_CLAIM], "/orders/0/uninsured_expenses/payor_amount", Decimal("300.00"))
    facts = altered(facts, "/orders/0/uninsured_expenses/routine_threshold_annual", Decimal("250.00"))
    first = calculation(facts)[1]
    assert amounts(first)["Routine cost left with the custodial party"] == "$20.00"
    assert amounts(first)["To be shared"] == "$380.00"
    assert first.rows[4].expression == "60% x $380.00, within the sum of $300.00 that the order fixes"


def test_a_modification_shows_incomes_worksheet_and_shares() -> None:
    facts = FACTS[FilingKind.MODIFICATION]
    change, sheet, shares, cash = calculation(facts)
    assert amounts(change)["Change of the noncustodial parent"] == "33.33%"
    assert amounts(sheet)["Presumed monthly support"] == "$668.00"
    assert amounts(shares) == {"Share of the custodial party": "26.76%", "Share of the noncustodial parent": "73.24%"}
    assert cash.title.startswith("Cash medical support")


def test_what_a_dropped_ground_would_need_is_not_shown() -> None:
    facts = FACTS[FilingKind.MODIFICATION]
    needy = altered(facts, "/modification/grounds", (ModificationGround.HEALTH_CARE_NEED,))
    assert not any(title.startswith("Change of gross") for title in titles(needy))
    poor = altered(facts, "/noncustodial_parent/gross_monthly_income", Decimal("850.00"))
    assert not any("worksheet" in title for title in titles(poor))


def test_reasonable_cost_is_compared_openly() -> None:
    cost = calculation(FACTS[FilingKind.MEDICAL_SUPPORT])[0]
    assert cost.rows[-2].expression == "$192.00 <= $215.00"
    assert (cost.rows[-2].amount, cost.rows[-1].amount) == ("reasonable", "accessible")
    dear = altered(
        FACTS[FilingKind.MEDICAL_SUPPORT],
        "/noncustodial_parent/employments/0/plan/monthly_premium_with_children",
        Decimal("400.00"),
    )
    assert calculation(dear)[0].rows[-2].amount == "not reasonable"


def test_cash_medical_support_is_measured_against_the_same_percentage() -> None:
    facts = FACTS[FilingKind.MEDICAL_SUPPORT]
    cash = next(table for table in calculation(facts) if table.title.startswith("Cash"))
    assert cash.rows[0] == CalculationRow(
        label="Highest reasonable cash medical support a month", expression="5% x $4,300.00", amount="$215.00"
    )
    dear = altered(facts, "/medical_support/cash_monthly", Decimal("215.01"))
    assert calculation(dear)[-1].rows[-1].expression == "$215.01 > $215.00"
    assert calculation(dear)[-1].rows[-1].amount == "not reasonable"
    unknown = altered(facts, "/noncustodial_parent/gross_monthly_income", None)
    assert not any(title.startswith("Cash") for title in titles(unknown))


def test_payments_are_taken_off_in_the_order_of_their_days() -> None:
    facts = FACTS[FilingKind.UNINSURED_CLAIM]
    later, earlier = (
        PaymentReceived(on=date(2026, month, 1), amount=Decimal(sum_paid))
        for month, sum_paid in ((9, "10.00"), (8, "40.00"))
    )
    facts = altered(facts, "/claims/1/payments_received", (later, earlier))
    steps = [(row.label, row.expression, row.amount) for row in calculation(facts)[1].rows if "after the" in row.label]
    assert steps == [
        ("Left after the payment of 2026-08-01", "$240.00 - $40.00", "$200.00"),
        ("Left after the payment of 2026-09-01", "$200.00 - $10.00", "$190.00"),
    ]


def test_interest_is_left_to_the_court_and_shown_only_where_it_is_asked_for() -> None:
    facts = FACTS[FilingKind.UNINSURED_CLAIM]
    assert "Interest" not in titles(facts)
    interest = calculation(altered(facts, "/uninsured/interest_requested", value=True))[-1]
    assert (interest.title, interest.standing) == ("Interest", "M")
    assert amounts(interest) == {"Interest on the sum due": "to be determined by the court"}


def test_expenses_that_no_order_divides_are_shown_without_a_share() -> None:
    facts = altered(FACTS[FilingKind.UNINSURED_CLAIM], "/orders/0/uninsured_expenses", None)
    (undivided,) = calculation(facts)
    assert undivided.title == "Uninsured expenses; no order divides them"
    assert len(undivided.rows) == len(facts.claims) + 1
    left = sum((claim.billed - claim.insurance_paid - claim.adjusted for claim in facts.claims), Decimal())
    assert undivided.rows[-1].amount == f"${left:,.2f}"


def test_a_lifted_gate_brings_back_the_steps_of_its_ground() -> None:
    steady = altered(FACTS[FilingKind.MODIFICATION], "/noncustodial_parent/gross_monthly_income", Decimal("4000.00"))
    assert not any(title.startswith("Change of gross") for title in titles(steady))
    assert calculation(steady, frozenset({"G16"}))[0].title.startswith("Change of gross")


def test_a_table_is_only_as_certain_as_its_weakest_authority() -> None:
    for facts in FACTS.values():
        for table in calculation(facts):
            assert (table.standing == "V") is ("to be confirmed by the attorney" not in table.authority)


@pytest.mark.parametrize("kind", FilingKind)
def test_the_json_is_plain_and_every_amount_a_string(kind: FilingKind) -> None:
    document = calculation_json(calculation(FACTS[kind]))
    assert json.loads(json.dumps(document)) == document
    for table in document["tables"]:
        for row in table["rows"]:
            assert set(row) == {"label", "expression", "amount"}
            assert re.fullmatch(r"-?\$[\d,]+\.\d\d|\d+(\.\d+)?%|(not )?(reasonable|accessible|known)", row["amount"])


def test_no_table_names_a_person() -> None:
    for facts in FACTS.values():
        shown = json.dumps(calculation_json(calculation(facts)), ensure_ascii=False)
        people = (facts.custodial_party, facts.noncustodial_parent, *facts.children)
        assert not any(person.name.last in shown for person in people)
