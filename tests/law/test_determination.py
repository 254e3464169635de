"""The whole determination: examples, wrong kinds, advisories, documents, independence of order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.matter import OcseRole
from service.facts.vocabulary import (
    CoverageStatus,
    EmploymentKind,
    FilingKind,
    MedicalSupportRequest,
    ModificationGround,
    OcseRoleName,
    ServiceMethod,
    UninsuredRelief,
)
from service.law.determination import determine
from service.law.documents import DOCUMENTS_OF_KIND, documents
from service.law.outcomes import DocumentAudience, DocumentRole, KindDetermination, Outcome
from tests.builders import altered, example

A, B, C, N = FilingKind
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}
STATUS = st.sampled_from(CoverageStatus)


def worst(filing: KindDetermination) -> Outcome:
    standing = [entry.outcome for entry in filing.advisories if entry.outcome.stands_in_the_way]
    outcomes = [*(gate.outcome for gate in filing.gates), *standing]
    return max(outcomes, key=list(Outcome).index)


def with_changes(base: FilingKind, changes: Mapping[str, Any]) -> CaseFacts:
    facts = FACTS[base]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    return facts


@pytest.mark.parametrize(
    ("kind", "outcome"), [(A, Outcome.ALLOW), (B, Outcome.WARN), (C, Outcome.WARN), (N, Outcome.ALLOW)]
)
def test_the_examples_may_be_filed(kind: FilingKind, outcome: Outcome) -> None:
    assert determine(FACTS[kind]).of(kind).outcome is outcome


@pytest.mark.parametrize(
    ("base", "kind", "gate"),
    [
        (A, B, "G09"),
        (A, C, "G17"),
        (A, N, "G14"),
        (B, A, "G09"),
        (B, C, "G17"),
        (B, N, "G14"),
        (C, A, "G09"),
        (C, B, "G15"),
        (N, A, "G09"),
        (N, B, "G15"),
        (N, C, "G17"),
    ],
)
def test_a_kind_that_does_not_fit_is_blocked_with_the_way_out(base: FilingKind, kind: FilingKind, gate: str) -> None:
    judged = determine(FACTS[base]).of(kind)
    assert judged.outcome is Outcome.BLOCK
    assert [found.id for found in judged.gates if found.outcome is Outcome.BLOCK] == [gate]
    assert all(found.remedy for found in judged.gates if found.outcome is Outcome.BLOCK)


def test_every_kind_is_listed_whatever_kind_the_facts_name() -> None:
    for facts in FACTS.values():
        determination = determine(facts)
        assert [filing.kind for filing in determination.filings] == list(FilingKind)
        assert determination.filing_date == facts.filing_date


@given(STATUS, STATUS, STATUS, st.sampled_from(MedicalSupportRequest), st.booleans(), st.none() | st.booleans())
def test_a_kinds_outcome_is_the_worst_of_its_gates_and_not_of_the_childrens_order(
    own: CoverageStatus,
    first: CoverageStatus,
    second: CoverageStatus,
    request: MedicalSupportRequest,
    open_case: bool,  # noqa: FBT001  # hypothesis passes strategies by place
    requested: bool | None,  # noqa: FBT001  # the same
) -> None:
    facts = with_changes(
        A,
        {
            "/custodial_party_coverage/status": own,
            "/children/0/coverage/status": first,
            "/children/1/coverage/status": second,
            "/medical_support/request": request,
            "/services/case_open": open_case,
            "/services/medical_support_requested": requested,
        },
    )
    mirrored = replace(facts, children=facts.children[::-1])
    for filing, other in zip(determine(facts).filings, determine(mirrored).filings, strict=True):
        assert filing.outcome is worst(filing)
        assert [(gate.id, gate.outcome, gate.statement) for gate in filing.gates] == [
            (gate.id, gate.outcome, gate.statement) for gate in other.gates
        ]


@given(st.permutations(range(3)), st.permutations(range(3)))
def test_no_outcome_hangs_on_the_order_of_claims_or_orders(claims: list[int], orders: list[int]) -> None:
    base = FACTS[C]
    earlier = [
        replace(base.orders[0], id=f"order-{year}", entered_on=date(year, 3, 1), controlling=False)
        for year in (2012, 2015)
    ]
    facts = replace(base, orders=(base.orders[0], *earlier))
    moved = replace(
        facts,
        claims=tuple(facts.claims[place] for place in claims),
        orders=tuple(facts.orders[place] for place in orders),
    )
    for filing, other in zip(determine(facts).filings, determine(moved).filings, strict=True):
        assert filing.outcome is other.outcome
        assert [gate.statement for gate in filing.gates] == [gate.statement for gate in other.gates]
        assert {advisory.code for advisory in filing.advisories} == {advisory.code for advisory in other.advisories}
        assert filing.deadlines == other.deadlines


SERVED = "/service/0/method"
ADVISED: tuple[tuple[FilingKind, Mapping[str, Any], FilingKind, str, str], ...] = (
    (B, {"/matter/court/docket_number": "60DR-19-881"}, B, "docket_county_mismatch", "/matter/court/docket_number"),
    (C, {"/orders/0/docket_number": "60DR-17-9985"}, C, "docket_county_mismatch", "/orders/0/docket_number"),
    (B, {"/orders/0/docket_number": "DR-2019-881"}, B, "docket_legacy_form", "/orders/0/docket_number"),
    (A, {SERVED: ServiceMethod.EFLEX}, A, "service_unsuited_to_summons", SERVED),
    (B, {SERVED: ServiceMethod.FIRST_CLASS_MAIL}, B, "service_after_final_order", SERVED),
    (B, {"/service": ()}, B, "party_not_served", "/service"),
    (B, {"/hearing/on": date(2026, 12, 14)}, B, "hearing_too_early", "/hearing/on"),
    (C, {"/children/0/birth_date": date(2008, 5, 16)}, C, "claim_after_duty_ended", "/claims/1/service_date"),
    (A, {"/children/0/birth_date": date(2008, 11, 23)}, A, "child_of_age", "/children/0/birth_date"),
    (C, {"/claims/0/demand_sent_on": None}, C, "contempt_without_demand", "/claims/0/demand_sent_on"),
    (
        C,
        {"/claims/0/demand_sent_on": None, "/uninsured/contempt_requested": False},
        C,
        "claim_without_demand",
        "/claims/0/demand_sent_on",
    ),
    (C, {"/claims/2/demand_sent_on": date(2026, 10, 24)}, C, "claim_not_yet_due", "/claims/2/demand_sent_on"),
    (C, {"/claims/1/proof": ()}, C, "claim_without_proof", "/claims/1/proof"),
    (C, {"/uninsured/interest_requested": True}, C, "interest_unresolved", "/uninsured/interest_requested"),
    (
        N,
        {"/filing_date": date(2026, 11, 24)},
        N,
        "employment_stale",
        "/noncustodial_parent/employments/0/information_received_on",
    ),
    (
        N,
        {"/noncustodial_parent/employments/0/information_received_on": None},
        N,
        "employment_undated",
        "/noncustodial_parent/employments/0/information_received_on",
    ),
    (
        B,
        {"/modification/guideline/edition": "2020 Ark. 131"},
        B,
        "guideline_edition_not_in_force",
        "/modification/guideline/edition",
    ),
    (B, {}, B, "address_protected", "/custodial_party/address_protected"),
    (
        B,
        {"/matter/caption/ocse_role": OcseRole(role=OcseRoleName.PROPOSED_INTERVENOR)},
        B,
        "intervention_first",
        "/matter/caption/ocse_role/role",
    ),
    (
        B,
        {"/noncustodial_parent/gross_monthly_income": Decimal("850.00")},
        B,
        "self_support_reserve",
        "/noncustodial_parent/gross_monthly_income",
    ),
)


@pytest.mark.parametrize(("base", "changes", "kind", "code", "pointer"), ADVISED)
def test_a_doubt_is_advised_at_its_place_and_weighs_on_the_outcome(
    base: FilingKind, changes: Mapping[str, Any], kind: FilingKind, code: str, pointer: str
) -> None:
    judged = determine(with_changes(base, changes)).of(kind)
    advisory = next(entry for entry in judged.advisories if entry.code == code)
    assert pointer in advisory.facts
    assert judged.outcome is worst(judged)


def test_the_examples_raise_only_the_doubts_they_show() -> None:
    raised = {kind: [entry.code for entry in determine(FACTS[kind]).of(kind).advisories] for kind in FilingKind}
    assert raised == {A: [], B: ["address_protected"], C: [], N: []}


def test_school_completed_after_the_eighteenth_birthday_prolongs_the_duty() -> None:
    facts = with_changes(
        C, {"/children/0/birth_date": date(2008, 1, 2), "/children/0/school_completed_on": date(2026, 6, 5)}
    )
    late = next(entry for entry in determine(facts).of(C).advisories if entry.code == "claim_after_duty_ended")
    assert [pointer for pointer in late.facts if pointer.startswith("/claims")] == ["/claims/2/service_date"]


def test_an_older_docket_number_is_advised_but_its_county_is_not_doubted() -> None:
    facts = altered(FACTS[B], "/matter/court/docket_number", "DR-2005-641-3")
    codes = [entry.code for entry in determine(facts).of(B).advisories]
    assert "docket_legacy_form" in codes
    assert "docket_county_mismatch" not in codes


@pytest.mark.parametrize(
    ("base", "changes", "kind", "title"),
    [
        (A, {}, A, "Complaint for Medical Support"),
        (A, {"/medical_support/request": MedicalSupportRequest.CASH}, A, "Complaint for Cash Medical Support"),
        (B, {}, B, "Motion to Modify Child Support and to Provide for Medical Support"),
        (
            B,
            {"/modification/grounds": (ModificationGround.HEALTH_CARE_NEED,)},
            B,
            "Motion to Modify Order to Provide for Medical Support",
        ),
        (
            B,
            {"/modification/grounds": (ModificationGround.INCOME_CHANGE,), "/medical_support": None},
            B,
            "Motion to Modify Child Support",
        ),
        (C, {}, C, "Motion to Enforce Payment of Uninsured Health-Care Expenses"),
        (
            C,
            {"/uninsured/relief": UninsuredRelief.REQUEST},
            C,
            "Motion to Determine Uninsured Health-Care Expenses and to Direct Their Enforcement",
        ),
    ],
)
def test_the_leading_paper_is_named_for_what_it_asks(
    base: FilingKind, changes: Mapping[str, Any], kind: FilingKind, title: str
) -> None:
    assert documents(with_changes(base, changes), kind)[0].title == title


FILING_ORDER: Mapping[FilingKind, tuple[str, ...]] = {
    A: (
        "motion-to-intervene",
        "complaint-for-medical-support",
        "summons",
        "domestic-relations-cover-sheet",
        "confidential-information-sheet",
        "notice-of-hearing",
        "order-granting-intervention",
        "proposed-order",
        "proposed-order-unredacted",
    ),
    B: (
        "motion-to-intervene",
        "motion-to-modify",
        "brief-supporting-statement",
        "child-support-worksheet",
        "notice-of-hearing",
        "affidavit-of-means-request",
        "domestic-relations-cover-sheet",
        "confidential-information-sheet",
        "order-granting-intervention",
        "proposed-order",
        "proposed-order-unredacted",
    ),
    C: (
        "motion-to-intervene",
        "motion-uninsured-expenses",
        "itemized-statement",
        "affidavit-of-account",
        "order-to-show-cause",
        "notice-of-hearing",
        "domestic-relations-cover-sheet",
        "order-granting-intervention",
        "proposed-order",
    ),
    N: ("cover-letter", "notice-part-a", "employer-response", "notice-part-b"),
}
ALWAYS_FILED: Mapping[FilingKind, set[str]] = {
    A: {"complaint-for-medical-support", "summons", "proposed-order"},
    B: {"motion-to-modify", "brief-supporting-statement", "proposed-order"},
    C: {"motion-uninsured-expenses", "itemized-statement", "proposed-order"},
    N: {"notice-part-a", "cover-letter"},
}


@pytest.mark.parametrize("kind", FilingKind)
def test_a_filing_consists_of_its_papers_in_filing_order(kind: FilingKind) -> None:
    planned = [plan.name for plan in documents(FACTS[kind], kind)]
    catalogued = [plan.name for plan in DOCUMENTS_OF_KIND[kind]]
    assert set(planned) >= ALWAYS_FILED[kind]
    assert set(planned) <= set(catalogued)
    for names in (planned, catalogued):
        assert names == sorted(names, key=FILING_ORDER[kind].index)


def test_only_the_notice_goes_to_an_employer_and_every_motion_has_an_order_for_the_judge() -> None:
    for kind in FilingKind:
        plans = documents(FACTS[kind], kind)
        to_court = {DocumentAudience.PUBLIC, DocumentAudience.SEALED}
        assert {plan.audience for plan in plans} <= ({DocumentAudience.EMPLOYER} if kind is N else to_court)
        assert (plans[-1].role is DocumentRole.PROPOSED_ORDER) is (kind is not N)


def test_the_letter_is_named_for_whom_it_goes_to() -> None:
    union = altered(FACTS[N], "/noncustodial_parent/employments/0/kind", EmploymentKind.UNION)
    titles = [{plan.name: plan.title for plan in documents(facts, N)}["cover-letter"] for facts in (FACTS[N], union)]
    assert titles == ["Letter to the Employer", "Letter to the Union"]
