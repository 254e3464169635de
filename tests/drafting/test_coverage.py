"""What the documents wanted in vain, left unused, or took by default."""

import pytest

from schemas.facts import load_facts
from service.drafting.coverage import Coverage, coverage
from service.facts.reading import leaf_pointers
from service.law.determination import determine
from tests.builders import FAMILIES, changed, example


def covered(document: dict[str, object]) -> Coverage:
    facts = load_facts(document)
    return coverage(facts, determine(facts).of(facts.kind))


def test_a_null_that_a_page_needs_is_missing() -> None:
    missing = covered(example("medical_support")).missing
    assert "/matter/court/docket_number" in missing
    assert "/service/0/completed_on" in missing
    assert "/medical_support/cash_monthly" in missing


def test_a_null_that_is_an_answer_is_not_missing() -> None:
    missing = covered(example("medical_support")).missing
    assert "/noncustodial_parent/attorney" not in missing
    assert "/hearing" not in missing
    assert "/matter/court/district" not in missing


def test_what_is_filled_in_is_no_longer_missing() -> None:
    document = changed(example("medical_support"), "/medical_support/cash_monthly", "85.00")
    assert "/medical_support/cash_monthly" not in covered(document).missing


def test_what_no_paper_may_show_is_unused() -> None:
    unused = covered(example("modification")).unused
    assert "/custodial_party/address/lines/0" in unused
    assert "/custodial_party/address/postal_code" in unused


@pytest.mark.parametrize("kind", FAMILIES)
def test_no_fact_is_both_used_and_unused_or_missing_and_defaulted(kind: str) -> None:
    document = example(kind)
    found = covered(document)
    leaves = set(leaf_pointers(load_facts(document)))
    assert set(found.unused) <= leaves
    assert not set(found.unused) & set(found.missing)
    assert not set(found.defaulted) & set(found.missing)
    for used in ("/noncustodial_parent/name/last", "/children/0/birth_date", "/signatory/bar_number"):
        assert used not in found.unused


def test_an_optional_member_left_out_is_defaulted() -> None:
    found = covered(example("modification"))
    assert "/custodial_party/name/middle" in found.defaulted
    assert "/noncustodial_parent/name/middle" not in found.defaulted


def test_a_notice_uses_the_numbers_that_it_alone_may_show() -> None:
    unused = covered(example("medical_support_notice")).unused
    for used in ("/notice/edition/form", "/children/0/ssn", "/children/1/sex", "/noncustodial_parent/ssn"):
        assert used not in unused
    assert "/custodial_party/ssn" in unused


def test_the_lists_are_plain_json() -> None:
    plain = covered(example("modification")).as_json()
    assert list(plain) == ["missing", "unused", "defaulted"]
    assert all(isinstance(pointer, str) for pointers in plain.values() for pointer in pointers)
