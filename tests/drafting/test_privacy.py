"""No public paper shows what a public record excludes, even where the words of others hold it."""

import json
from typing import Any

import pytest

from service.law.outcomes import DocumentAudience
from tests.builders import DRAWN, FAMILIES, changed, example
from tests.drafting.conftest import Drawer, Reader

FREE_TEXTS = {
    "medical_support": ("/children/0/coverage/description",),
    "modification": (
        "/children/0/coverage/description",
        "/custodial_party_coverage/description",
        "/orders/0/title",
    ),
    "uninsured_claim": (
        "/orders/0/title",
        "/orders/0/uninsured_expenses/text",
        "/orders/0/uninsured_expenses/direction_text",
        "/uninsured/ability_to_pay_basis",
        "/claims/0/description",
        "/claims/0/provider",
    ),
}


BEFORE_JOINING = {
    "hearing": {"on": "2027-01-12", "time": "13:30", "place": "Courtroom 3"},
    "caption": {
        "plaintiffs": ["custodial_party"],
        "defendants": ["noncustodial_parent"],
        "ocse_role": {"role": "proposed_intervenor"},
    },
}
"""What makes a filing consist of every paper there is: the agency is to be admitted, and a hearing is set."""
WHERE_NUMBERS_BELONG = {"confidential-information-sheet", "notice-part-a", "notice-part-b"}
WHERE_NAMES_BELONG = WHERE_NUMBERS_BELONG | {"proposed-order-unredacted"}


def with_every_paper(kind: str) -> dict[str, Any]:
    """The example before the agency joined the case, and with a hearing."""
    document = changed(example(kind), "/hearing", BEFORE_JOINING["hearing"])
    return changed(document, "/matter/caption", BEFORE_JOINING["caption"])


def identifiers(document: dict[str, Any]) -> list[str]:
    """What no public paper of this case may show."""
    found = []
    for child in document["children"]:
        name = child["name"]
        middle = f" {name['middle']}" if "middle" in name else ""
        found += [f"{name['first']}{middle} {name['last']}", name["first"], child["ssn"], child["birth_date"]]
        year, month, day = child["birth_date"].split("-")
        found += [f"{month}/{day}/{year}"]
    for role in ("custodial_party", "noncustodial_parent"):
        party = document[role]
        found += [party["ssn"], party["ssn"].replace("-", ""), party["birth_date"], party.get("phone", party["ssn"])]
        if party["address_protected"]:
            address = party["address"]
            found += [*address["lines"], f"{address['city']}, {address['state']} {address['postal_code']}"]
    return found


def with_identifiers_in_free_text(kind: str) -> dict[str, Any]:
    """The example with every identifier written into every text that people write."""
    document = with_every_paper(kind)
    planted = ", ".join(identifiers(document))
    for pointer in FREE_TEXTS[kind]:
        document = changed(document, pointer, f"Before {planted} after")
    return document


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("role", ["custodial_party", "noncustodial_parent"])
def test_no_identifier_reaches_a_context_or_a_page(draw: Drawer, read: Reader, kind: str, role: str) -> None:
    document = changed(with_identifiers_in_free_text(kind), f"/{role}/address_protected", value=True)
    public = {draft.plan.name: draft for draft in draw(document) if draft.plan.audience is DocumentAudience.PUBLIC}
    contexts = json.dumps([draft.context for draft in public.values()], ensure_ascii=False)
    pages = "\n".join(text for name, text in read(document).items() if name in public)
    for identifier in identifiers(document):
        assert identifier not in contexts
        assert identifier not in pages


@pytest.mark.parametrize("kind", FAMILIES)
def test_what_is_taken_out_is_marked_as_the_rule_says(read: Reader, kind: str) -> None:
    pages = "\n".join(read(with_identifiers_in_free_text(kind)).values())
    assert "Before [Information Redacted]" in pages


def test_the_field_office_stands_in_for_a_protected_address(read: Reader) -> None:
    order = read(example("modification"))["proposed-order"]
    assert "mail for the child goes to c/o State of Arkansas, Office of Child Support Enforcement" in order
    assert "1204 Assembly Street, Suite 2" in order


def test_a_protected_defendant_is_summoned_without_an_address(read: Reader) -> None:
    protected = changed(example("medical_support"), "/noncustodial_parent/address_protected", value=True)
    papers = read(protected)
    assert "[address withheld; on file with the Office of Child Support Enforcement]" in papers["summons"]
    assert "Sawmill" not in "\n".join(papers.values())


def test_a_parents_name_is_printed_although_a_child_bears_it(read: Reader) -> None:
    namesake = changed(example("modification"), "/children/0/name/first", "Marcus")
    assert "Marcus T. Whitfield" in read(namesake)["motion-to-modify"]


@pytest.mark.parametrize("kind", FAMILIES)
def test_an_employer_is_named_only_where_medical_support_needs_it(read: Reader, kind: str) -> None:
    employers = [job["name"] for job in example(kind)["noncustodial_parent"]["employments"]]
    for name, text in read(example(kind)).items():
        if name == "confidential-information-sheet":
            continue
        naming = [line for line in text.splitlines() if any(employer in line for employer in employers)]
        assert all("coverage" in line for line in naming), name
        if kind == "uninsured_claim":
            assert not naming


@pytest.mark.parametrize("kind", DRAWN)
def test_numbers_and_names_stand_only_in_the_papers_made_for_them(read: Reader, kind: str) -> None:
    document = with_every_paper(kind) if kind in FAMILIES else example(kind)
    children = document["children"]
    for name, text in read(document).items():
        numbers = {person["ssn"] for person in (*children, document["noncustodial_parent"]) if person["ssn"] in text}
        named = {child["name"]["first"] for child in children if child["name"]["first"] in text}
        assert bool(numbers) is (name in WHERE_NUMBERS_BELONG), name
        assert bool(named) is (name in WHERE_NAMES_BELONG), name


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("role", ["custodial_party", "noncustodial_parent"])
def test_a_protected_address_stands_in_no_paper_for_anybody(draw: Drawer, read: Reader, kind: str, role: str) -> None:
    document = with_identifiers_in_free_text(kind) if kind in FAMILIES else example(kind)
    document = changed(document, f"/{role}/address_protected", value=True)
    document = changed(document, f"/{role}/address/lines", ["77731 Hidden Hollow Road", "Unit 41Z"])
    document = changed(document, f"/{role}/address/city", "Secretham")
    document = changed(document, f"/{role}/phone", "501-555-0199")
    said = json.dumps([draft.context for draft in draw(document)], ensure_ascii=False) + "".join(
        read(document).values()
    )
    for secret in ("77731", "Hidden Hollow", "Unit 41Z", "Secretham", "501-555-0199"):
        assert secret not in said


def test_a_sealed_sheet_withholds_what_would_lead_to_a_protected_party(read: Reader) -> None:
    document = changed(example("medical_support"), "/custodial_party/address_protected", value=True)
    sheet = read(document)["confidential-information-sheet"]
    assert "900-11-2233" in sheet
    for secret in ("Ridgeway Diner", "Quarry Street", "501-555-0142"):
        assert secret not in sheet


@pytest.mark.parametrize("kind", DRAWN)
def test_a_paper_that_is_not_public_says_at_its_head_who_may_read_it(draw: Drawer, read: Reader, kind: str) -> None:
    papers = read(example(kind))
    for draft in draw(example(kind)):
        said = "CONFIDENTIAL — F" in papers[draft.plan.name]
        assert said is (draft.plan.audience is not DocumentAudience.PUBLIC), draft.plan.name
