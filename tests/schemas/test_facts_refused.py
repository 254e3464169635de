"""Case facts that are refused: each by its code at its place, all at once, and without a word of what was sent."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from schemas.facts import load_facts
from service.errors import FactsRefused, Fault
from tests.builders import example

PAYMENTS = "/claims/1/payments_received"
CLAIM_DATES = ("benefits_explained_on", "paid_on", "demand_sent_on")


def faults_of(document: Any) -> tuple[Fault, ...]:
    """What the border objects to."""
    with pytest.raises(FactsRefused) as refused:
        load_facts(document)
    return refused.value.faults


def found(document: Any) -> list[tuple[str, str | None]]:
    """Code and place of every fault."""
    return [(fault.code, fault.pointer) for fault in faults_of(document)]


def put(document: Any, pointer: str, value: object) -> None:
    """Set the member or entry at ``pointer``."""
    *path, last = pointer.removeprefix("/").split("/")
    for step in path:
        document = document[int(step) if isinstance(document, list) else step]
    document[int(last) if isinstance(document, list) else last] = value


def spoiled(document: Any, pointer: str, value: object) -> Any:
    """The document with one value replaced."""
    put(document, pointer, value)
    return document


SHAPES: list[tuple[str, str, object, str]] = [
    ("modification", "/version", 2, "out_of_range"),
    ("modification", "/version", "1", "wrong_type"),
    ("modification", "/version", True, "wrong_type"),
    ("modification", "/version", 1.0, "wrong_type"),
    ("modification", "/kind", "divorce", "not_in_list"),
    ("modification", "/kind", None, "missing_field"),
    ("modification", "/kind", ["modification"], "not_in_list"),
    ("modification", "/filing_date", "2026-11-31", "not_a_date"),
    ("modification", "/filing_date", "11/23/2026", "not_a_date"),
    ("modification", "/filing_date", "20261123", "not_a_date"),
    ("modification", "/filing_date", "2026-11-23\n", "not_a_date"),
    ("modification", "/filing_date", "\u0662026-11-23", "not_a_date"),
    ("modification", "/children/0/birth_date", "0015-08-30", "out_of_range"),
    ("modification", "/hearing/time", "9:30", "not_a_time"),
    ("modification", "/hearing/time", "24:00", "not_a_time"),
    ("modification", "/hearing", [], "wrong_type"),
    ("modification", "/matter", None, "missing_field"),
    ("modification", "/matter", "Benton", "wrong_type"),
    ("modification", "/matter/court/county", "Beton", "not_in_list"),
    ("modification", "/matter/court/docket_number", "04-DR-19-881", "not_a_docket_number"),
    ("modification", "/matter/court/docket_number", "76DR-19-881", "not_a_docket_number"),
    ("modification", "/matter/ocse_case_number", "no. 1", "not_a_case_number"),
    ("modification", "/matter/field_office", "Benton County", "not_a_field_office"),
    ("modification", "/matter/caption/plaintiffs/0", "judge", "not_in_list"),
    ("modification", "/matter/custody/physical_custodian", "ocse", "not_in_list"),
    ("modification", "/services/case_open", 1, "wrong_type"),
    ("modification", "/services/case_open", "true", "wrong_type"),
    ("modification", "/custodial_party/ssn", "900120001", "not_an_ssn"),
    ("modification", "/custodial_party/ssn", 900120001, "wrong_type"),
    ("modification", "/custodial_party/name/first", "", "blank"),
    ("modification", "/custodial_party/name/first", " \u00a0\u200b", "blank"),
    ("modification", "/custodial_party/name/first", "A" * 301, "too_long"),
    ("modification", "/custodial_party/name/first", None, "missing_field"),
    ("modification", "/custodial_party/name/first", "Da\nna", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\x00na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\x85na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\u2028na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\u202ena", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\u2066na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\ud800na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\ufdd0na", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\uffffna", "control_character"),
    ("modification", "/custodial_party/name/first", "Da\U0010fffena", "control_character"),
    ("modification", "/custodial_party/address/lines", [], "too_few"),
    ("modification", "/custodial_party/address/lines", "1 Main Street", "wrong_type"),
    ("modification", "/custodial_party/address/lines", {"0": "1 Main Street"}, "wrong_type"),
    ("modification", "/custodial_party/address/state", "Arkansas", "not_in_list"),
    ("modification", "/custodial_party/address/postal_code", "7279", "not_a_zip_code"),
    ("modification", "/custodial_party/gross_monthly_income", 1900.0, "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", 1900, "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", True, "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "1900", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "1900.0", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "1,900.00", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "$1900.00", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "1e3", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "NaN", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "٣.00", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "1234567890.00", "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", float("nan"), "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", {}, "not_money"),
    ("modification", "/custodial_party/gross_monthly_income", "-1900.00", "negative_money"),
    ("modification", "/custodial_party/gross_monthly_income", -1900, "negative_money"),
    ("modification", "/custodial_party/gross_monthly_income", -0.01, "negative_money"),
    ("modification", "/children", [], "too_few"),
    ("modification", "/modification/grounds", [], "too_few"),
    ("modification", "/modification/grounds/0", "anger", "not_in_list"),
    ("modification", "/signatory/bar_number", "AR2015044", "not_a_bar_number"),
    ("modification", "/signatory/phone", "call me", "not_a_phone_number"),
    ("modification", "/signatory/email", "okonkwo", "not_an_email_address"),
    ("modification", "/exhibits/0/id", "exhibit a", "not_an_identifier"),
    ("modification", "/exhibits/0/label", "Exhibit A", "not_a_label"),
    ("modification", "/exhibits/0/file", "../decree.pdf", "not_a_file_name"),
    ("modification", "/exhibits/0/file", "decree.docx", "not_a_file_name"),
    ("modification", "/orders/0/docket_number", "E-2019-881", "not_a_docket_number"),
    ("modification", "/orders/0/county", "Bowie", "not_in_list"),
    ("modification", "/orders/0/state", "ZZ", "not_in_list"),
    ("modification", "/orders/0/child_support/payor", "ocse", "not_in_list"),
    ("medical_support", "/noncustodial_parent/employments/0/fein", "005550123", "not_a_fein"),
    ("medical_support", "/noncustodial_parent/employments/0/plan/accessible", True, "not_in_list"),
    ("uninsured_claim", "/orders/0/uninsured_expenses/payor_percent", "60%", "not_percent"),
    ("uninsured_claim", "/orders/0/uninsured_expenses/payor_percent", 60, "not_percent"),
    ("uninsured_claim", "/orders/0/uninsured_expenses/payor_percent", "100.01", "out_of_range"),
    ("uninsured_claim", "/orders/0/uninsured_expenses/days_to_pay_after_demand", 30.0, "wrong_type"),
    ("uninsured_claim", "/orders/0/uninsured_expenses/days_to_pay_after_demand", -1, "out_of_range"),
    ("uninsured_claim", "/claims/0/description", "x" * 5_001, "too_long"),
    ("medical_support_notice", "/notice/edition/form", "0970-0222", "not_a_form_number"),
    ("medical_support_notice", "/notice/tracking_id", "AR 1", "not_an_identifier"),
]

CONTRADICTIONS: list[tuple[str, str, object, str, str]] = [
    ("modification", "/modification", None, "missing_field", "/modification"),
    ("modification", "/medical_support", None, "missing_field", "/medical_support"),
    ("modification", "/medical_support/coverages", [], "too_few", "/medical_support/coverages"),
    ("modification", "/modification/grounds/1", "health_care_need", "duplicate", "/modification/grounds/1"),
    ("modification", "/kind", "medical_support_notice", "missing_field", "/notice"),
    ("medical_support", "/medical_support", None, "missing_field", "/medical_support"),
    ("uninsured_claim", "/uninsured", None, "missing_field", "/uninsured"),
    ("uninsured_claim", "/claims", [], "too_few", "/claims"),
    ("medical_support_notice", "/notice", None, "missing_field", "/notice"),
    ("medical_support_notice", "/notice/order", "order-2027", "unknown_reference", "/notice/order"),
    ("medical_support_notice", "/notice/employment", 1, "unknown_reference", "/notice/employment"),
    ("uninsured_claim", "/claims/2/child", 1, "unknown_reference", "/claims/2/child"),
    ("uninsured_claim", "/claims/2/proof/0", "exhibit-z", "unknown_reference", "/claims/2/proof/0"),
    ("uninsured_claim", "/orders/0/file_marked_copy", "exhibit-z", "unknown_reference", "="),
    ("uninsured_claim", "/claims/1/id", "c1", "duplicate", "/claims/1/id"),
    ("uninsured_claim", "/exhibits/1/label", "A", "duplicate", "/exhibits/1/label"),
    (
        "uninsured_claim",
        "/claims/1/payments_received/0/amount",
        "400.01",
        "sum_exceeded",
        "/claims/1/payments_received",
    ),
    ("uninsured_claim", "/claims/1/paid_by_custodial_party", "400.01", "sum_exceeded", "/claims/1/billed"),
    ("uninsured_claim", "/claims/1/demand_sent_on", "2026-11-24", "dates_out_of_order", "/claims/1/demand_sent_on"),
    ("uninsured_claim", "/children/0/birth_date", "2026-11-23", "dates_out_of_order", "/children/0/birth_date"),
    ("uninsured_claim", "/children/0/school_completed_on", "2012-09-13", "dates_out_of_order", "="),
    ("modification", "/noncustodial_parent/birth_date", "2027-01-01", "dates_out_of_order", "="),
    ("modification", "/orders/0/entered_on", "2026-11-24", "dates_out_of_order", "="),
    ("modification", "/matter/caption/ocse_role/admitted_on", "2026-11-24", "dates_out_of_order", "="),
    ("modification", "/services/since", "2026-11-24", "dates_out_of_order", "="),
    ("modification", "/service/0/completed_on", "2026-11-22", "dates_out_of_order", "="),
    ("modification", "/hearing/on", "2026-11-22", "dates_out_of_order", "="),
    ("modification", "/orders/0/controlling", False, "controlling_order", "/orders"),
    ("modification", "/matter/caption/ocse_role/role", "plaintiff", "contradiction", "/matter/caption/plaintiffs"),
    ("modification", "/matter/caption/plaintiffs/0", "ocse", "contradiction", "/matter/caption/ocse_role/role"),
    ("medical_support", "/matter/caption/defendants/0", "custodial_party", "contradiction", "/matter/caption"),
]


@pytest.mark.parametrize(("kind", "pointer", "value", "code"), SHAPES)
def test_a_misshapen_value_is_refused_where_it_stands(kind: str, pointer: str, value: object, code: str) -> None:
    assert found(spoiled(example(kind), pointer, value)) == [(code, pointer)]


@pytest.mark.parametrize(("kind", "pointer", "value", "code", "place"), CONTRADICTIONS)
def test_a_contradiction_is_refused_at_what_must_change(
    kind: str, pointer: str, value: object, code: str, place: str
) -> None:
    assert found(spoiled(example(kind), pointer, value)) == [(code, pointer if place == "=" else place)]


def test_everything_that_follows_a_treatment_is_dated_after_it() -> None:
    document = spoiled(example("uninsured_claim"), "/claims/1/service_date", "2026-08-01")
    late = [f"/claims/1/{name}" for name in CLAIM_DATES] + ["/claims/1/payments_received/0/on"]
    assert found(document) == [("dates_out_of_order", pointer) for pointer in late]


def test_a_party_on_both_sides_is_named_and_so_is_the_absence_of_the_noncustodial_parent() -> None:
    document = spoiled(example("modification"), "/matter/caption/defendants/0", "custodial_party")
    assert found(document) == [
        ("contradiction", "/matter/caption/defendants/0"),
        ("contradiction", "/matter/caption"),
    ]


def test_two_controlling_orders_are_one_too_many() -> None:
    document = example("modification")
    document["orders"].append(copy.deepcopy(document["orders"][0]) | {"id": "decree-2020"})
    assert found(document) == [("controlling_order", "/orders/1/controlling")]


@pytest.mark.parametrize(
    ("listing", "limit"), [("/children", 20), ("/claims", 2_000), ("/orders", 20), ("/exhibits", 200)]
)
def test_a_list_has_its_limit(listing: str, limit: int) -> None:
    document = example("uninsured_claim")
    name = listing.removeprefix("/")
    document[name] = document[name][:1] * (limit + 1)
    assert ("too_many", listing) in found(document)


@pytest.mark.parametrize(
    ("sent", "nearest"), [("docket_nr", "docket_number"), ("DocketNumber", "docket_number"), ("countys", "county")]
)
def test_an_unknown_field_is_named_with_its_nearest(sent: str, nearest: str) -> None:
    document = example("modification")
    document["matter"]["court"][sent] = "x"
    (fault,) = faults_of(document)
    assert (fault.code, fault.pointer) == ("unknown_field", f"/matter/court/{sent}")
    assert f'"{sent}"' in fault.message
    assert f'"{nearest}"' in fault.message


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [("a/b", "/a~1b"), ("a~b", "/a~0b"), ("_schema", "/_schema"), ("", "/"), ("0", "/0"), ("\ud800", "/?")],
)
def test_a_strange_member_name_is_escaped_in_its_pointer(sent: str, pointer: str) -> None:
    assert found(example("modification") | {sent: 1}) == [("unknown_field", pointer)]


@pytest.mark.parametrize("document", [[], "facts", None, 4, True])
def test_a_document_that_is_no_object_is_refused_as_a_whole(document: Any) -> None:
    assert found(document) == [("wrong_type", "")]


def test_an_empty_document_is_told_every_field_it_needs() -> None:
    assert {code for code, _ in found({})} == {"missing_field"}
    assert ("missing_field", "/filing_date") in found({})


def test_ten_faults_are_ten_in_one_answer() -> None:
    document = example("uninsured_claim")
    faults: list[tuple[str, object, str]] = [
        ("/filing_date", "tomorrow", "not_a_date"),
        ("/matter/court/county", "Wash", "not_in_list"),
        ("/custodial_party/ssn", "1", "not_an_ssn"),
        ("/noncustodial_parent/name/last", "\x07", "control_character"),
        ("/noncustodial_parent/gross_monthly_income", 3900.0, "not_money"),
        ("/children/0/nickname", "Mara", "unknown_field"),
        ("/claims/0/billed", "-1.00", "negative_money"),
        ("/claims/1/child", 4, "unknown_reference"),
        ("/claims/2/proof/0", "exhibit-x", "unknown_reference"),
        ("/claims/2/paid_on", "2026-08-20", "dates_out_of_order"),
    ]
    for pointer, value, _ in faults:
        put(document, pointer, value)
    assert sorted(found(document)) == sorted((code, pointer) for pointer, _, code in faults)


def test_a_misshapen_group_is_not_called_missing_too() -> None:
    assert found(spoiled(example("modification"), "/modification", "yes")) == [("wrong_type", "/modification")]


def test_a_reference_is_not_called_unknown_while_an_id_cannot_be_read() -> None:
    assert found(spoiled(example("uninsured_claim"), "/exhibits/1/id", "exhibit b")) == [
        ("not_an_identifier", "/exhibits/1/id")
    ]


def misnamed_exhibits(document: Any) -> None:
    document["exhibits"] = "900-99-0001"


SECRET_BEARERS: list[Callable[[Any], None]] = [
    lambda document: put(document, "/custodial_party/ssn", "900-99-00011"),
    lambda document: put(document, "/kind", "900-99-0001"),
    lambda document: put(document, "/matter/court/county", "900-99-0001"),
    lambda document: put(document, "/claims/0/billed", "-900.99"),
    lambda document: put(document, "/claims/0/paid_on", "900-99-0001"),
    lambda document: put(document, "/claims/0/id", "900 99 0001"),
    lambda document: put(document, "/claims/0/proof/0", "900-99-0001"),
    lambda document: put(document, "/children/0/name", "900-99-0001"),
    misnamed_exhibits,
]


@pytest.mark.parametrize("spoil", SECRET_BEARERS)
def test_no_message_repeats_what_was_sent(spoil: Callable[[Any], None]) -> None:
    document = example("uninsured_claim")
    spoil(document)
    answer = json.dumps([fault.as_json() for fault in faults_of(document)])
    assert not any(trace in answer for trace in ("900-99", "900.99", "900 99"))


def test_an_unpresentable_member_name_stands_in_the_pointer_only() -> None:
    (fault,) = faults_of(example("modification") | {"900-99-0001": 1})
    assert "900-99" not in fault.message
