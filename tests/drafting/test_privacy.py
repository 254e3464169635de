"""No public paper shows what a public record excludes, even where the words of others hold it."""

import json
from typing import Any

import pytest

from tests.builders import changed, example
from tests.drafting.conftest import Drawer, Reader

FAMILIES = ("medical_support", "modification", "uninsured_claim")
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
    document = example(kind)
    planted = ", ".join(identifiers(document))
    for pointer in FREE_TEXTS[kind]:
        document = changed(document, pointer, f"Before {planted} after")
    return document


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("role", ["custodial_party", "noncustodial_parent"])
def test_no_identifier_reaches_a_context_or_a_page(draw: Drawer, read: Reader, kind: str, role: str) -> None:
    document = changed(with_identifiers_in_free_text(kind), f"/{role}/address_protected", value=True)
    contexts = json.dumps([draft.context for draft in draw(document)], ensure_ascii=False)
    pages = "\n".join(read(document).values())
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
        naming = [line for line in text.splitlines() if any(employer in line for employer in employers)]
        assert all("coverage" in line for line in naming), name
        if kind == "uninsured_claim":
            assert not naming
