"""Whole cases: what may be filed on them, kind by kind, and why; and that no outcome hangs on the order of anything.

``fact_sets.json`` holds for each case an example with changes, the law it turns on, the outcome of all four kinds, and
every finding of its own kind that does not simply allow.
"""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.facts import load_facts
from schemas.results.determinations import determination_json
from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.determination import determine
from service.law.guideline import parent_shares
from service.law.outcomes import Determination, Outcome
from service.law.uninsured import uninsured_statement
from service.law.worksheet import worksheet, worksheet_gaps
from tests.builders import changed, example

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "fact_sets.json").read_bytes())
LONGEST = 600
"""Characters of a finding that joins several rulings; each ruling alone has half as many."""


def facts_of(case: dict[str, Any]) -> CaseFacts:
    document = example(case["base"])
    for pointer, value in case["changes"].items():
        document = changed(document, pointer, value)
    return load_facts(document)


FACTS = [facts_of(case) for case in CASES]
each_case = pytest.mark.parametrize("place", range(len(CASES)), ids=[case["name"] for case in CASES])
any_case = st.integers(min_value=0, max_value=len(CASES) - 1)


def findings(determination: Determination, kind: FilingKind) -> dict[str, str]:
    filing = determination.of(kind)
    gates = {gate.id: gate.outcome for gate in filing.gates}
    advised = {advisory.code: advisory.outcome for advisory in filing.advisories}
    return {name: outcome.value for name, outcome in (gates | advised).items() if outcome is not Outcome.ALLOW}


@each_case
def test_a_case_comes_out_as_the_law_says(place: int) -> None:
    case, determination = CASES[place], determine(FACTS[place])
    assert findings(determination, FACTS[place].kind) == case["found"]
    assert {filing.kind.value: filing.outcome.value for filing in determination.filings} == case["outcomes"]


@each_case
def test_whatever_does_not_allow_says_why_and_what_to_do(place: int) -> None:
    for filing in determine(FACTS[place]).filings:
        gates = [gate for gate in filing.gates if gate.outcome is not Outcome.ALLOW]
        for found in (*gates, *filing.advisories):
            assert found.facts
            assert 0 < len(found.statement) <= LONGEST
            assert 0 < len(found.remedy or "") <= LONGEST


def test_the_cases_cover_every_outcome_of_every_kind() -> None:
    seen = {(kind, outcome) for case in CASES for kind, outcome in case["outcomes"].items()}
    assert seen == {(kind.value, outcome.value) for kind in FilingKind for outcome in Outcome}
    assert len(CASES) >= 40


def test_where_source_and_present_law_differ_the_reviewer_sees_both() -> None:
    shown: dict[str, str] = {}
    for facts in FACTS:
        for filing in determination_json(determine(facts))["filings"]:
            shown |= {gate["id"]: gate["conflict"] for gate in filing["gates"] if gate["conflict"]}
            for gate in filing["gates"]:
                assert gate["authorities"]
                for cited in gate["authorities"]:
                    assert cited["to_confirm"] is (cited["standing"] != "V")
    assert shown.keys() == {"G07", "G11", "G14", "G16", "G17"}
    assert all("govern" in words or "Both are met" in words for words in shown.values())


@given(any_case, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_no_outcome_hangs_on_the_order_of_children_claims_orders_or_service(place: int, chance: Any) -> None:
    facts = FACTS[place]
    new_places = list(range(len(facts.children)))
    chance.shuffle(new_places)
    claims = [replace(claim, child=new_places.index(claim.child)) for claim in facts.claims]
    orders, service = list(facts.orders), list(facts.service)
    for items in (claims, orders, service):
        chance.shuffle(items)
    moved = replace(
        facts,
        children=tuple(facts.children[old] for old in new_places),
        claims=tuple(claims),
        orders=tuple(orders),
        service=tuple(service),
    )
    before, after = determine(facts), determine(moved)
    for kind in FilingKind:
        assert findings(before, kind) == findings(after, kind)
        assert before.of(kind).deadlines == after.of(kind).deadlines
        assert before.of(kind).documents == after.of(kind).documents
        assert [gate.statement for gate in before.of(kind).gates] == [gate.statement for gate in after.of(kind).gates]


@each_case
def test_shares_sum_to_a_hundred_and_lines_to_their_totals(place: int) -> None:
    facts = FACTS[place]
    shares = parent_shares(facts)
    if shares is not None:
        assert shares.custodial_party + shares.noncustodial_parent == Decimal(100)
    if not worksheet_gaps(facts):
        for line in worksheet(facts).lines:
            if line.combined is not None and line.custodial_party is not None and line.noncustodial_parent is not None:
                assert line.custodial_party + line.noncustodial_parent == line.combined
    found = findings(determine(facts), FilingKind.UNINSURED_CLAIM)
    if found.get("G17") != "block":
        statement = uninsured_statement(facts)
        for member in ("billed", "uninsured", "claimed", "share", "received", "balance"):
            lines = sum((getattr(line, member) for line in statement.lines), Decimal())
            assert lines == getattr(statement.totals, member)
            assert lines == sum((getattr(child, member) for child in statement.by_child.values()), Decimal())
