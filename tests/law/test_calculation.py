"""Every figure is shown with its steps, on the page and in plain JSON."""

import json
import re
from decimal import Decimal

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, ModificationGround
from service.law.calculation import CalculationTable, calculation, calculation_json
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
    change, sheet, shares = calculation(facts)
    assert amounts(change)["Change of the noncustodial parent"] == "33.33%"
    assert amounts(sheet)["Presumed monthly support"] == "$668.00"
    assert amounts(shares) == {"Share of the custodial party": "26.76%", "Share of the noncustodial parent": "73.24%"}


def test_what_a_dropped_ground_would_need_is_not_shown() -> None:
    facts = FACTS[FilingKind.MODIFICATION]
    needy = altered(facts, "/modification/grounds", (ModificationGround.HEALTH_CARE_NEED,))
    assert not any(title.startswith("Change of gross") for title in titles(needy))
    poor = altered(facts, "/noncustodial_parent/gross_monthly_income", Decimal("850.00"))
    assert not any("worksheet" in title for title in titles(poor))


def test_reasonable_cost_is_compared_openly() -> None:
    cost = calculation(FACTS[FilingKind.MEDICAL_SUPPORT])[0]
    assert cost.rows[-1].expression == "$192.00 <= $215.00"
    assert cost.rows[-1].amount == "reasonable"
    dear = altered(
        FACTS[FilingKind.MEDICAL_SUPPORT],
        "/noncustodial_parent/employments/0/plan/monthly_premium_with_children",
        Decimal("400.00"),
    )
    assert calculation(dear)[0].rows[-1].amount == "not reasonable"


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
            assert re.fullmatch(r"-?\$[\d,]+\.\d\d|\d+(\.\d+)?%|(not )?reasonable", row["amount"])


def test_no_table_names_a_person() -> None:
    for facts in FACTS.values():
        shown = json.dumps(calculation_json(calculation(facts)), ensure_ascii=False)
        people = (facts.custodial_party, facts.noncustodial_parent, *facts.children)
        assert not any(person.name.last in shown for person in people)
