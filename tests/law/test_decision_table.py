"""The decision table, row by row: each direction of each gate, and each combined outcome, has a fact set of its name.

``fact_sets.json`` holds the sets with their outcomes; :mod:`test_combined_outcomes` judges them. Here it is shown that
no row of the table is without one, and that the set comes to that row and to no other way of the same gate.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.facts import load_facts
from service.errors import FactsRefused
from service.facts.vocabulary import FilingKind
from service.law.advisory_table import ADVISORY_RULES
from service.law.determination import determine
from service.law.gate_findings import GATES
from service.law.gate_rules import GATE_TABLE
from tests.builders import changed, example

CASES: dict[str, dict[str, Any]] = {
    case["name"]: case for case in json.loads((Path(__file__).parent / "fact_sets.json").read_bytes())
}

ROWS: dict[tuple[str, str], str] = {
    ("G01", "on_file"): "directing order",
    ("G01", "none_relied_on"): "new case, need expressed, nobody covered",
    ("G01", "copy_missing"): "no file-marked copy",
    ("G02", "applied"): "new case, need expressed, nobody covered",
    ("G02", "referred"): "referral of a family on SNAP",
    ("G02", "not_open"): "new case, services never asked for",
    ("G02", "basis_unknown"): "new case, open but on no known basis",
    ("G03", "program_pleaded"): "referral of a family on TEA",
    ("G03", "application_suffices"): "new case, need expressed, nobody covered",
    ("G03", "program_ended"): "referral whose assistance has ended",
    ("G04", "asserted"): "directing order",
    ("G05", "asserted"): "directing order",
    ("G06", "asserted"): "directing order",
    ("G07", "lacking"): "new case, need expressed, nobody covered",
    ("G07", "other_request"): "custodial party covered, on assistance: keep, never silence",
    ("G07", "not_asked"): "motion on income alone, order silent, no assistance",
    ("G07", "custodial_party_covered"): "custodial party covered, new coverage asked",
    ("G07", "children_covered"): "all children covered, new coverage asked",
    ("G07", "some_children_covered"): "some children covered",
    ("G07", "unknown"): "coverage not known",
    ("G07", "nothing_to_keep"): "nothing to keep",
    ("G08", "available"): "new case, need expressed, nobody covered",
    ("G08", "not_asked"): "all children covered, kept as it is",
    ("G08", "unavailable"): "no coverage offered to the noncustodial parent",
    ("G08", "too_costly"): "premium above five percent",
    ("G08", "out_of_reach"): "plan out of reach",
    ("G08", "unknown"): "offer unknown",
    ("G08", "cost_unknown"): "income unknown, so reasonable cost is too",
    ("G09", "no_order"): "new case, need expressed, nobody covered",
    ("G09", "arkansas_order"): "silent order on assistance, two grounds",
    ("G09", "order_exists"): "complaint although an Arkansas order governs",
    ("G09", "no_order_to_modify"): "motion without an order",
    ("G09", "other_state"): "order of another State",
    ("G09", "parentage_open"): "parentage open",
    ("G10", "waived"): "new case on Medicaid, need not expressed",
    ("G10", "expressed"): "new case, need expressed, nobody covered",
    ("G10", "not_asked"): "motion on income alone, order silent, no assistance",
    ("G10", "not_expressed"): "new case without assistance, need not expressed",
    ("G11", "mandatory"): "new case on Medicaid, need not expressed",
    ("G11", "not_mandatory"): "new case, need expressed, nobody covered",
    ("G11", "missing"): "motion on income alone, order silent, on assistance",
    ("G12", "asserted"): "new case, need expressed, nobody covered",
    ("G13", "known"): "union in place of employer",
    ("G13", "other_means"): "no employment known",
    ("G13", "no_addressee"): "no employer or union",
    ("G14", "entered"): "entered order, employer known, form in date",
    ("G14", "no_coverage_ordered"): "order without medical provision",
    ("G15", "no_duplicate"): "silent order, health-care need alone",
    ("G15", "duplicate"): "order already provides, need alone",
    ("G15", "enforceable"): "entered order, employer known, form in date",
    ("G15", "alternative_stipulated"): "other coverage stipulated",
    ("G15", "edition_expired"): "form past its expiry",
    ("G16", "need_suffices"): "silent order, health-care need alone",
    ("G16", "income_changed"): "income changed by exactly twenty percent",
    ("G16", "review_due"): "order provides, thirty-six months passed",
    ("G16", "coverage_lost"): "order provides, coverage lost",
    ("G16", "income_steady"): "income changed by nineteen percent",
    ("G16", "income_unknown"): "income unknown",
    ("G16", "guideline_missing"): "guideline figures missing",
    ("G16", "reserve_applies"): "income below the self-support reserve",
    ("G16", "review_early"): "review before thirty-six months",
    ("G16", "medical_left_out"): "motion on income alone, order silent, no assistance",
    ("G17", "directed"): "directing order",
    ("G17", "requested"): "allocation only, request",
    ("G17", "no_allocation"): "no division at all",
    ("G17", "no_order"): "claim without an order",
    ("G17", "not_directed"): "allocation only, enforcement asked",
    ("G17", "other_state"): "order of another State on expenses",
    ("G17", "contempt_unsupported"): "contempt without a basis for ability to pay",
    ("G17", "percentage_only"): "directing order",
    ("G18", "awaits_release"): "directing order",
    ("G19", "asserted"): "new case, need expressed, nobody covered",
}
"""The set that stands for each direction of each gate, in a filing of its own kind."""

COMBINED: dict[str, tuple[str, str, set[str]]] = {
    "new case, need expressed, no satisfactory coverage: complaint": (
        "new case, need expressed, nobody covered", "medical_support", {"allow"},
    ),
    "new case, assistance, no satisfactory coverage: complaint": (
        "new case on Medicaid, need not expressed", "medical_support", {"allow"},
    ),
    "order silent: motion on health-care need": (
        "silent order, health-care need alone", "modification", {"allow", "warn"},
    ),
    "order with a provision: notice": (
        "entered order, employer known, form in date", "medical_support_notice", {"allow"},
    ),
    "order with a provision: no motion on the need": ("order already provides, need alone", "modification", {"block"}),
    "order with a provision: motion on income": (
        "order already provides, other ground remains", "modification", {"allow", "warn"},
    ),
    "order with a provision: motion on loss of coverage": (
        "order provides, coverage lost", "modification", {"allow", "warn"},
    ),
    "order with a provision: motion on a review": (
        "order provides, thirty-six months passed", "modification", {"allow", "warn"},
    ),
    "uninsured and directing order: enforce": ("directing order", "uninsured_claim", {"allow", "warn"}),
    "uninsured and allocation only: request": ("allocation only, request", "uninsured_claim", {"allow", "warn"}),
    "uninsured and allocation only: no enforcing": ("allocation only, enforcement asked", "uninsured_claim", {"block"}),
    "uninsured and nothing: blocked": ("no division at all", "uninsured_claim", {"block"}),
    "an unknown fact holds": ("coverage not known", "medical_support", {"hold"}),
    "an unknown fact warns where its gate says so": ("offer unknown", "medical_support", {"warn"}),
}  # fmt: skip
"""What the table says of the gates together: the set, the kind of filing, and how it may come out."""

CONFLICTS = {
    "G07": "custodial party covered, new coverage asked",
    "G11": "new case on Medicaid, need not expressed",
    "G14": "entered order, employer known, form in date",
    "G16": "silent order, health-care need alone",
    "G17": "allocation only, request",
}
"""Where the source and present law differ, with a set on which the reviewer is shown both."""

REFUSED_BEFORE: dict[tuple[str, str], tuple[str, str, Any]] = {
    ("G09", "controlling_unknown"): ("modification", "/orders/0/controlling", False),
    ("G14", "no_order"): ("medical_support_notice", "/orders", []),
    ("G14", "not_yet_entered"): ("medical_support_notice", "/orders/0/entered_on", "2026-12-01"),
    ("G16", "no_ground"): ("modification", "/modification/grounds", []),
    ("G17", "no_claims"): ("uninsured_claim", "/claims", []),
}
"""Directions that facts of a filing's own kind never come to: such facts do not validate. The gate stands behind."""

OF_ANOTHER_KIND = {("G07", "request_missing"), ("G16", "request_missing"), ("G17", "relief_missing")}
"""Directions for facts that name another kind, whose own group is therefore not there."""


def ways(name: str) -> set[tuple[str, str]]:
    """Gate and ruling, for every gate of the set's own kind."""
    document = example(CASES[name]["base"])
    for pointer, value in CASES[name]["changes"].items():
        document = changed(document, pointer, value)
    facts = load_facts(document)
    gates = [rule.id for rule in GATE_TABLE.gates if facts.kind in rule.kinds]
    return {(gate, ruling.key) for gate in gates for ruling in GATES[gate](facts, facts.kind)}


def test_every_direction_of_every_gate_has_its_fact_set() -> None:
    directions = {(rule.id, key) for rule in GATE_TABLE.gates for key in rule.rulings}
    assert ROWS.keys() | REFUSED_BEFORE.keys() | OF_ANOTHER_KIND == directions


@pytest.mark.parametrize("row", ROWS, ids="-".join)
def test_a_row_of_the_table_is_what_its_fact_set_comes_to(row: tuple[str, str]) -> None:
    assert row in ways(ROWS[row])


@pytest.mark.parametrize("row", REFUSED_BEFORE, ids="-".join)
def test_facts_that_would_come_to_such_a_row_do_not_validate(row: tuple[str, str]) -> None:
    kind, pointer, value = REFUSED_BEFORE[row]
    with pytest.raises(FactsRefused):
        load_facts(changed(example(kind), pointer, value))


def test_facts_of_one_kind_are_read_for_the_others_as_their_gates_say() -> None:
    complaint, motion = load_facts(example("medical_support")), load_facts(example("modification"))
    bare = load_facts(changed(example("uninsured_claim"), "/orders/0/medical_provision/kind", "none"))
    found = {
        (gate, ruling.key)
        for facts in (complaint, motion, bare)
        for kind in FilingKind
        for gate in ("G07", "G16", "G17")
        for ruling in GATES[gate](facts, kind)
    }
    assert found >= OF_ANOTHER_KIND


@pytest.mark.parametrize("said", COMBINED)
def test_a_combined_outcome_is_that_of_its_fact_set(said: str) -> None:
    name, kind, outcomes = COMBINED[said]
    assert CASES[name]["base"] == kind
    assert CASES[name]["outcomes"][kind] in outcomes


@pytest.mark.parametrize("gate", CONFLICTS)
def test_a_conflict_is_shown_on_its_fact_set(gate: str) -> None:
    document = example(CASES[CONFLICTS[gate]]["base"])
    for pointer, value in CASES[CONFLICTS[gate]]["changes"].items():
        document = changed(document, pointer, value)
    facts = load_facts(document)
    shown = {found.id: found.conflict for found in determine(facts).of(facts.kind).gates if found.conflict}
    assert shown[gate]
    assert {rule.id for rule in GATE_TABLE.gates if rule.conflict} == CONFLICTS.keys()


def test_every_doubt_has_its_fact_set() -> None:
    assert {
        code for case in CASES.values() for code in case["found"] if code in ADVISORY_RULES
    } == ADVISORY_RULES.keys()


def test_no_two_fact_sets_share_a_name() -> None:
    listed = json.loads((Path(__file__).parent / "fact_sets.json").read_bytes())
    assert len(listed) == len(CASES) >= 100
