"""Every gate in each direction, on small changes to the example cases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.orders import IncomeFound
from service.facts.vocabulary import (
    Certainty,
    CoverageStatus,
    EmploymentKind,
    FilingKind,
    MedicalProvisionKind,
    MedicalSupportRequest,
    ModificationGround,
    PartyRole,
    ServicesBasis,
    UninsuredRelief,
)
from service.law.gate_findings import findings
from service.law.gate_rules import GATE_TABLE
from service.law.outcomes import GateFinding, Outcome, Override
from tests.builders import altered, example

ALLOW, WARN, HOLD, BLOCK = Outcome
A, B, C, N = FilingKind
FACTS = {kind: load_facts(example(kind.value)) for kind in FilingKind}
RULES = {rule.id: rule for rule in GATE_TABLE.gates}

NEED = ModificationGround.HEALTH_CARE_NEED
INCOME = ModificationGround.INCOME_CHANGE
LOSS = ModificationGround.LOSS_OF_COVERAGE
REVIEW = ModificationGround.PERIODIC_REVIEW
SATISFACTORY = CoverageStatus.SATISFACTORY

EMPLOYMENT = "/noncustodial_parent/employments/0"
PLAN = f"{EMPLOYMENT}/plan"
PROVISION = "/orders/0/medical_provision/kind"
TERM = "/orders/0/uninsured_expenses"
INSURED = {PROVISION: MedicalProvisionKind.HEALTH_INSURANCE}
COVERED = {"/custodial_party_coverage/status": SATISFACTORY}
STEADY = {"/noncustodial_parent/gross_monthly_income": Decimal("4000.00")}
NOT_DIRECTED = {f"{TERM}/directs_ocse_to_enforce": False}


def grounds(*asked: ModificationGround) -> Mapping[str, Any]:
    return {"/modification/grounds": asked}


def judged(base: FilingKind, changes: Mapping[str, Any], kind: FilingKind, gate: str) -> GateFinding:
    facts = FACTS[base]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    return next(found for found in findings(facts, kind) if found.id == gate)


# Example case, changes by pointer, kind judged, gate, ruling, outcome.
CASES: tuple[tuple[FilingKind, Mapping[str, Any], FilingKind, str, str, Outcome], ...] = (
    (B, {}, B, "G01", "on_file", ALLOW),
    (A, {}, A, "G01", "none_relied_on", ALLOW),
    (B, {"/orders/0/file_marked_copy": None}, B, "G01", "copy_missing", HOLD),
    (C, {"/orders/0/file_marked_copy": None}, C, "G01", "copy_missing", HOLD),
    (A, {}, A, "G02", "applied", ALLOW),
    (B, {}, B, "G02", "referred", ALLOW),
    (C, {"/services/case_open": False}, C, "G02", "not_open", BLOCK),
    (C, {"/services/basis": None}, C, "G02", "basis_unknown", HOLD),
    (B, {}, B, "G03", "program_pleaded", ALLOW),
    (A, {}, A, "G03", "application_suffices", ALLOW),
    (B, {"/services/assistance": ()}, B, "G03", "program_ended", WARN),
    *((A, {}, A, gate, "asserted", ALLOW) for gate in ("G04", "G05", "G06", "G12", "G19")),
    (A, {}, A, "G07", "lacking", ALLOW),
    (A, COVERED, A, "G07", "custodial_party_covered", BLOCK),
    (A, {f"/children/{n}/coverage/status": SATISFACTORY for n in (0, 1)}, A, "G07", "children_covered", BLOCK),
    (A, {"/children/1/coverage/status": SATISFACTORY}, A, "G07", "some_children_covered", WARN),
    (A, {"/children/1/coverage/status": CoverageStatus.UNKNOWN}, A, "G07", "unknown", HOLD),
    (A, {"/custodial_party_coverage/status": CoverageStatus.UNKNOWN}, A, "G07", "unknown", HOLD),
    (A, {**COVERED, "/children/1/coverage/status": CoverageStatus.UNKNOWN}, A, "G07", "custodial_party_covered", BLOCK),
    (A, {**COVERED, "/medical_support/request": MedicalSupportRequest.CASH}, A, "G07", "other_request", ALLOW),
    (A, {"/medical_support/request": MedicalSupportRequest.MAINTAIN}, A, "G07", "nothing_to_keep", WARN),
    (C, {}, A, "G07", "request_missing", ALLOW),
    (B, {"/medical_support": None, **grounds(INCOME)}, B, "G07", "not_asked", ALLOW),
    (B, COVERED, B, "G07", "custodial_party_covered", WARN),
    (B, {**COVERED, **grounds(NEED)}, B, "G07", "custodial_party_covered", BLOCK),
    (B, {**COVERED, **STEADY}, B, "G07", "custodial_party_covered", BLOCK),
    (B, COVERED, A, "G07", "custodial_party_covered", BLOCK),
    (A, COVERED, B, "G07", "custodial_party_covered", BLOCK),
    (A, {}, A, "G08", "available", ALLOW),
    (A, {f"{EMPLOYMENT}/dependent_coverage": Certainty.NO}, A, "G08", "unavailable", WARN),
    (A, {f"{EMPLOYMENT}/dependent_coverage": Certainty.UNKNOWN}, A, "G08", "unknown", WARN),
    (A, {"/noncustodial_parent/employments": ()}, A, "G08", "unknown", WARN),
    (A, {f"{PLAN}/monthly_premium_with_children": Decimal("311.01")}, A, "G08", "too_costly", WARN),
    (A, {f"{PLAN}/monthly_premium_with_children": Decimal("311.00")}, A, "G08", "available", ALLOW),
    (A, {f"{PLAN}/accessible": Certainty.NO}, A, "G08", "out_of_reach", WARN),
    (A, {f"{PLAN}/monthly_premium_self": None}, A, "G08", "cost_unknown", WARN),
    (A, {"/medical_support/request": MedicalSupportRequest.CASH}, A, "G08", "not_asked", ALLOW),
    (A, {}, A, "G09", "no_order", ALLOW),
    (A, {}, B, "G09", "no_order_to_modify", BLOCK),
    (B, {}, B, "G09", "arkansas_order", ALLOW),
    (B, {}, A, "G09", "order_exists", BLOCK),
    (B, {"/orders/0/state": "TX"}, B, "G09", "other_state", HOLD),
    (B, {"/orders/0/state": "TX"}, A, "G09", "other_state", HOLD),
    (B, {"/orders/0/controlling": False}, B, "G09", "controlling_unknown", HOLD),
    (A, {"/matter/paternity/established": False}, A, "G09", "parentage_open", BLOCK),
    (B, {"/matter/paternity/established": False}, B, "G09", "parentage_open", BLOCK),
    (B, {}, B, "G10", "waived", ALLOW),
    (A, {}, A, "G10", "expressed", ALLOW),
    (A, {"/services/medical_support_requested": False}, A, "G10", "not_expressed", HOLD),
    (A, {"/services/medical_support_requested": None}, A, "G10", "not_expressed", HOLD),
    (
        B,
        {"/services/assistance": (), "/medical_support": None, **grounds(INCOME)},
        B,
        "G10",
        "not_asked",
        ALLOW,
    ),
    (B, {}, B, "G11", "mandatory", ALLOW),
    (A, {}, A, "G11", "not_mandatory", ALLOW),
    (B, {"/medical_support": None, **grounds(INCOME)}, B, "G11", "missing", HOLD),
    (A, {}, A, "G13", "known", ALLOW),
    (A, {"/noncustodial_parent/employments": ()}, A, "G13", "other_means", ALLOW),
    (N, {}, N, "G13", "known", ALLOW),
    (N, {f"{EMPLOYMENT}/kind": EmploymentKind.OTHER}, N, "G13", "no_addressee", BLOCK),
    (C, {"/noncustodial_parent/employments": ()}, N, "G13", "no_addressee", BLOCK),
    (N, {}, N, "G14", "entered", ALLOW),
    (A, {}, N, "G14", "no_order", BLOCK),
    (N, {"/orders/0/entered_on": date(2026, 11, 24)}, N, "G14", "not_yet_entered", BLOCK),
    (N, {PROVISION: MedicalProvisionKind.NONE}, N, "G14", "no_coverage_ordered", BLOCK),
    (N, {PROVISION: MedicalProvisionKind.CASH}, N, "G14", "no_coverage_ordered", BLOCK),
    (B, {}, B, "G15", "no_duplicate", ALLOW),
    (B, INSURED, B, "G15", "duplicate", WARN),
    (B, {**INSURED, **grounds(NEED)}, B, "G15", "duplicate", BLOCK),
    (B, {**INSURED, **STEADY}, B, "G15", "duplicate", BLOCK),
    (B, {**INSURED, **grounds(REVIEW)}, B, "G15", "no_duplicate", ALLOW),
    (N, {}, N, "G15", "enforceable", ALLOW),
    (N, {"/orders/0/medical_provision/alternative_stipulated": True}, N, "G15", "alternative_stipulated", BLOCK),
    (N, {"/notice/edition/expires_on": date(2026, 11, 22)}, N, "G15", "edition_expired", HOLD),
    (N, {"/notice/edition/expires_on": date(2026, 11, 23)}, N, "G15", "enforceable", ALLOW),
    (B, {}, B, "G16", "need_suffices", ALLOW),
    (B, {}, B, "G16", "income_changed", ALLOW),
    (B, {"/noncustodial_parent/gross_monthly_income": Decimal("4680.00")}, B, "G16", "income_changed", ALLOW),
    (B, {"/noncustodial_parent/gross_monthly_income": Decimal("4679.99")}, B, "G16", "income_steady", WARN),
    (B, {**STEADY, **grounds(INCOME)}, B, "G16", "income_steady", BLOCK),
    (B, {"/noncustodial_parent/gross_monthly_income": None}, B, "G16", "income_unknown", HOLD),
    (B, {"/orders/0/gross_monthly_income_found": None}, B, "G16", "income_unknown", HOLD),
    (B, {"/modification/guideline": None}, B, "G16", "guideline_missing", HOLD),
    (B, {"/noncustodial_parent/gross_monthly_income": Decimal("899.99")}, B, "G16", "reserve_applies", HOLD),
    (B, grounds(REVIEW), B, "G16", "review_due", ALLOW),
    (B, {**grounds(REVIEW), "/orders/0/entered_on": date(2023, 11, 24)}, B, "G16", "review_early", BLOCK),
    (B, {**grounds(REVIEW), "/orders/0/entered_on": date(2023, 11, 23)}, B, "G16", "review_due", ALLOW),
    (B, {**grounds(NEED, REVIEW), "/orders/0/entered_on": date(2025, 1, 2)}, B, "G16", "review_early", WARN),
    (B, grounds(LOSS), B, "G16", "coverage_lost", ALLOW),
    (B, grounds(), B, "G16", "no_ground", BLOCK),
    (C, {}, B, "G16", "request_missing", ALLOW),
    (B, {"/medical_support": None, **grounds(INCOME)}, B, "G16", "medical_left_out", WARN),
    (C, {}, C, "G17", "directed", WARN),
    (C, {}, C, "G17", "percentage_only", WARN),
    (C, {f"{TERM}/payor_amount": Decimal("500.00")}, C, "G17", "directed", ALLOW),
    (C, NOT_DIRECTED, C, "G17", "not_directed", BLOCK),
    (C, {**NOT_DIRECTED, "/uninsured/relief": UninsuredRelief.REQUEST}, C, "G17", "requested", WARN),
    (C, {**NOT_DIRECTED, "/uninsured": None}, C, "G17", "relief_missing", WARN),
    (C, {TERM: None}, C, "G17", "no_allocation", BLOCK),
    (C, {f"{TERM}/payor_percent": None}, C, "G17", "no_allocation", BLOCK),
    (A, {}, C, "G17", "no_order", BLOCK),
    (C, {"/orders/0/state": "MO"}, C, "G17", "other_state", HOLD),
    (C, {"/claims": ()}, C, "G17", "no_claims", HOLD),
    (C, {"/uninsured/ability_to_pay_basis": None}, C, "G17", "contempt_unsupported", HOLD),
    (C, {"/uninsured/ability_to_pay_basis": "  "}, C, "G17", "contempt_unsupported", HOLD),
    (A, {}, A, "G18", "awaits_release", ALLOW),
)


@pytest.mark.parametrize(("base", "changes", "kind", "gate", "ruling", "outcome"), CASES)
def test_a_gate_comes_out_as_its_table_says(
    base: FilingKind, changes: Mapping[str, Any], kind: FilingKind, gate: str, ruling: str, outcome: Outcome
) -> None:
    found = judged(base, changes, kind, gate)
    assert found.outcome is outcome
    assert RULES[gate].rulings[ruling].statement in found.statement
    assert found.override is RULES[gate].override
    assert found.source == RULES[gate].source


def test_every_ruling_of_the_table_is_reached_by_a_case() -> None:
    reached = {(gate, ruling) for _, _, _, gate, ruling, _ in CASES}
    written = {(rule.id, key) for rule in GATE_TABLE.gates for key in rule.rulings}
    repeated = {("G04", "asserted"), ("G05", "asserted"), ("G06", "asserted"), ("G12", "asserted"), ("G19", "asserted")}
    assert repeated <= reached
    assert written == reached


@pytest.mark.parametrize(("base", "changes", "kind", "gate", "ruling", "outcome"), CASES)
def test_a_finding_is_short_plain_and_points_at_facts_that_exist(
    base: FilingKind, changes: Mapping[str, Any], kind: FilingKind, gate: str, ruling: str, outcome: Outcome
) -> None:
    found = judged(base, changes, kind, gate)
    assert len(found.statement) <= 300, found.statement
    assert not any(code in found.statement for code in ("NMSN", "UIFSA", "CP ", "NCP", "IV-D", "G0", "G1", "_"))
    assert (found.remedy is not None) or outcome is ALLOW
    facts: Any = FACTS[base]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    for pointer in found.facts:
        place = facts
        for step in pointer.removeprefix("/").split("/"):
            place = place[int(step)] if isinstance(place, tuple) else getattr(place, step)
    assert ruling in RULES[gate].rulings


def test_only_gates_that_no_attorney_may_lift_say_so() -> None:
    lifted = {rule.id for rule in GATE_TABLE.gates if rule.override is Override.ATTORNEY}
    assert lifted == {"G01", "G07", "G09", "G10", "G15", "G16", "G17"}


def test_each_kind_is_judged_by_the_gates_that_concern_it() -> None:
    judged_by = {kind: [found.id for found in findings(FACTS[kind], kind)] for kind in FilingKind}
    everywhere = ["G01", "G02", "G03", "G04", "G05"]
    assert judged_by[A] == [*everywhere, "G06", "G07", "G08", "G09", "G10", "G11", "G12", "G13", "G18", "G19"]
    assert judged_by[B] == [*everywhere, "G06", "G07", "G08", "G09", "G10", "G11", "G15", "G16", "G18", "G19"]
    assert judged_by[C] == [*everywhere, "G06", "G17", "G18", "G19"]
    assert judged_by[N] == [*everywhere, "G13", "G14", "G15", "G18", "G19"]


def test_every_missing_copy_is_named() -> None:
    facts: CaseFacts = FACTS[C]
    second = replace(facts.orders[0], id="order-2020", controlling=False)
    facts = altered(facts, "/orders", (*facts.orders, second))
    for place in (0, 1):
        facts = altered(facts, f"/orders/{place}/file_marked_copy", None)
    found = next(gate for gate in findings(facts, C) if gate.id == "G01")
    assert found.facts == ("/orders/0/file_marked_copy", "/orders/1/file_marked_copy")


def test_an_income_that_alone_reaches_twenty_percent_outweighs_an_unknown_one() -> None:
    found = judged(B, {"/custodial_party/gross_monthly_income": None}, B, "G16")
    assert RULES["G16"].rulings["guideline_missing"].statement in found.statement
    assert found.outcome is HOLD


def test_a_payor_who_is_the_custodial_party_is_measured_against_the_payors_income() -> None:
    swapped = IncomeFound(payor=Decimal("1900.00"), payee=Decimal("5200.00"))
    changes = {
        "/orders/0/gross_monthly_income_found": swapped,
        "/orders/0/child_support/payor": PartyRole.CUSTODIAL_PARTY,
    }
    assert judged(B, {**changes, **grounds(INCOME)}, B, "G16").outcome is BLOCK


def test_public_assistance_without_a_basis_still_asks_for_the_basis() -> None:
    assert judged(B, {"/services/basis": None}, B, "G02").outcome is HOLD
    assert judged(B, {"/services/basis": ServicesBasis.APPLICATION}, B, "G03").outcome is ALLOW


UNKNOWN = CoverageStatus.UNKNOWN
OWN_STATUS = "/custodial_party_coverage/status"


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"/children/1/coverage/status": UNKNOWN}, ("/children/1/coverage/status", OWN_STATUS)),
        ({OWN_STATUS: UNKNOWN}, (OWN_STATUS, "/children/0/coverage/status")),
        (
            {OWN_STATUS: UNKNOWN, "/children/1/coverage/status": UNKNOWN},
            (OWN_STATUS, "/children/1/coverage/status"),
        ),
        ({"/children/1/coverage/status": SATISFACTORY}, ("/children/1/coverage/status", OWN_STATUS)),
        (COVERED, (OWN_STATUS, "/medical_support/request")),
    ],
)
def test_the_facts_that_decide_come_first(changes: Mapping[str, Any], first: tuple[str, ...]) -> None:
    assert judged(A, changes, A, "G07").facts[:2] == first


def test_an_offer_that_nobody_made_is_read_from_every_employment() -> None:
    found = judged(A, {f"{EMPLOYMENT}/dependent_coverage": Certainty.NO}, A, "G08")
    assert found.facts == (f"{EMPLOYMENT}/dependent_coverage",)
    none_known = judged(A, {"/noncustodial_parent/employments": ()}, A, "G08")
    assert none_known.facts == ("/noncustodial_parent/employments",)
