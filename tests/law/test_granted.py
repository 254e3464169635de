"""What is left of a request after the gates: the grounds, the medical support, the children to draft for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.vocabulary import (
    Certainty,
    CoverageStatus,
    FilingKind,
    MedicalProvisionKind,
    MedicalSupportRequest,
    ModificationGround,
    UninsuredRelief,
)
from service.law.documents import documents
from service.law.gates.uninsured import granted_relief
from service.law.grounds import granted_grounds
from service.law.medical_request import granted_request, pleaded_children
from tests.builders import altered, example

A, B, C, N = FilingKind
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}
NEED, INCOME, LOSS, REVIEW = ModificationGround
SECURE, MAINTAIN, CASH = MedicalSupportRequest
COVERED = {"/custodial_party_coverage/status": CoverageStatus.SATISFACTORY}
CHILDREN_COVERED = {"/children/0/coverage/status": CoverageStatus.SATISFACTORY}
INSURED = {"/orders/0/medical_provision/kind": MedicalProvisionKind.HEALTH_INSURANCE}
STEADY = {"/noncustodial_parent/gross_monthly_income": Decimal("4000.00")}


def with_changes(base: FilingKind, changes: Mapping[str, Any]) -> CaseFacts:
    facts = FACTS[base]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    return facts


@pytest.mark.parametrize(
    ("changes", "granted"),
    [
        pytest.param({}, (NEED, INCOME), id="both-stand"),
        pytest.param(INSURED, (INCOME,), id="need-is-a-duplicate"),
        pytest.param(STEADY, (NEED,), id="income-is-steady"),
        pytest.param({**INSURED, **STEADY}, (NEED, INCOME), id="none-stands-so-as-asked"),
        pytest.param(COVERED, (INCOME,), id="need-is-met"),
        pytest.param(
            {"/noncustodial_parent/gross_monthly_income": None}, (NEED, INCOME), id="an-unknown-drops-nothing"
        ),
        pytest.param({**INSURED, "/modification/grounds": (NEED, LOSS)}, (LOSS,), id="loss-of-coverage-stays"),
        pytest.param({**INSURED, "/modification/grounds": (REVIEW, NEED)}, (REVIEW,), id="review-stays"),
    ],
)
def test_grounds_that_fall_are_left_out_of_the_motion(
    changes: Mapping[str, Any], granted: tuple[ModificationGround, ...]
) -> None:
    assert granted_grounds(with_changes(B, changes)) == granted


@pytest.mark.parametrize(
    ("base", "changes", "granted"),
    [
        pytest.param(A, {}, SECURE, id="as-asked"),
        pytest.param(A, {"/medical_support/request": MAINTAIN}, MAINTAIN, id="keep-as-asked"),
        pytest.param(
            A, {"/noncustodial_parent/employments/0/dependent_coverage": Certainty.NO}, CASH, id="none-offered"
        ),
        pytest.param(
            A,
            {"/noncustodial_parent/employments/0/plan/monthly_premium_with_children": Decimal("900.00")},
            CASH,
            id="too-costly",
        ),
        pytest.param(
            A, {"/noncustodial_parent/employments/0/dependent_coverage": Certainty.UNKNOWN}, SECURE, id="on-belief"
        ),
        pytest.param(A, COVERED, SECURE, id="blocked-stays-as-asked"),
        pytest.param(B, COVERED, CASH, id="motion-lives-on-income"),
        pytest.param(B, CHILDREN_COVERED, MAINTAIN, id="motion-lives-on-income-and-child-is-covered"),
        pytest.param(
            B, {"/medical_support": None, "/modification/grounds": (INCOME,)}, None, id="no-medical-support-asked"
        ),
        pytest.param(B, {"/medical_support": None}, SECURE, id="ground-in-health-care-asks-by-itself"),
    ],
)
def test_the_request_is_drafted_as_the_gates_leave_it(
    base: FilingKind, changes: Mapping[str, Any], granted: MedicalSupportRequest | None
) -> None:
    assert granted_request(with_changes(base, changes)) is granted


@pytest.mark.parametrize(
    ("changes", "lifted", "granted"),
    [
        pytest.param(INSURED, {"G15"}, (NEED, INCOME), id="duplicate-insisted-on"),
        pytest.param(STEADY, {"G16"}, (NEED, INCOME), id="income-insisted-on"),
        pytest.param(COVERED, {"G07"}, (NEED, INCOME), id="need-insisted-on"),
        pytest.param({**INSURED, **COVERED}, {"G07"}, (INCOME,), id="the-other-gate-still-stands"),
        pytest.param({**INSURED, **COVERED}, {"G07", "G15"}, (NEED, INCOME), id="both-lifted"),
    ],
)
def test_a_ground_that_an_attorney_insists_on_is_drafted(
    changes: Mapping[str, Any], lifted: set[str], granted: tuple[ModificationGround, ...]
) -> None:
    assert granted_grounds(with_changes(B, changes), frozenset(lifted)) == granted


def test_new_coverage_that_an_attorney_insists_on_is_drafted() -> None:
    covered = with_changes(B, COVERED)
    assert granted_request(covered) is CASH
    assert granted_request(covered, frozenset({"G07"})) is SECURE
    assert documents(covered, B)[0].title == "Motion to Modify Child Support and to Provide for Medical Support"


def test_lifting_does_not_conjure_coverage_that_nobody_offers() -> None:
    unoffered = with_changes(A, {**COVERED, "/noncustodial_parent/employments/0/dependent_coverage": Certainty.NO})
    assert granted_request(unoffered, frozenset({"G07"})) is CASH


def test_new_coverage_is_pleaded_for_the_children_who_lack_it() -> None:
    assert pleaded_children(FACTS[A]) == (0, 1)
    assert pleaded_children(with_changes(A, {"/children/0/coverage/status": CoverageStatus.SATISFACTORY})) == (1,)
    everyone = {f"/children/{place}/coverage/status": CoverageStatus.SATISFACTORY for place in (0, 1)}
    assert pleaded_children(with_changes(A, everyone)) == (0, 1)
    assert pleaded_children(with_changes(A, {**everyone, "/medical_support/request": MAINTAIN})) == (0, 1)


def test_relief_not_stated_is_read_from_the_order() -> None:
    directed = altered(FACTS[C], "/uninsured", None)
    assert granted_relief(FACTS[C]) is granted_relief(directed) is UninsuredRelief.ENFORCE
    undirected = altered(directed, "/orders/0/uninsured_expenses/directs_ocse_to_enforce", value=False)
    assert granted_relief(undirected) is UninsuredRelief.REQUEST
