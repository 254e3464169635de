"""The published JSON Schemas: valid themselves, and of one mind with the border that does the work."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas.facts import load_facts
from schemas.json_schema import DIALECT, SCHEMA_NAMES, json_schema
from service.errors import FactsRefused
from service.facts.vocabulary import FilingKind
from tests.builders import changed, example, without

CASE_FACTS = Draft202012Validator(json_schema("case-facts"))


@pytest.mark.parametrize("name", sorted(SCHEMA_NAMES))
def test_a_schema_is_valid_complete_and_named(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"urn:ocse-filings:schema:{name}:1"
    definitions = {f"#/$defs/{definition}" for definition in schema["$defs"]}
    assert set(references(schema)) <= definitions


def references(node: Any) -> list[str]:
    """Every ``$ref`` in a schema."""
    if isinstance(node, list):
        return [found for entry in node for found in references(entry)]
    if not isinstance(node, dict):
        return []
    here = [node["$ref"]] if "$ref" in node else []
    return here + [found for member in node.values() for found in references(member)]


@pytest.mark.parametrize("kind", list(FilingKind))
def test_every_example_fits_the_schema_of_case_facts(kind: str) -> None:
    assert [error.message for error in CASE_FACTS.iter_errors(example(kind))] == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/noncustodial_parent/gross_monthly_income", 5200.0),
        ("/noncustodial_parent/gross_monthly_income", "5200"),
        ("/noncustodial_parent/gross_monthly_income", "-5200.00"),
        ("/kind", "divorce"),
        ("/kind", None),
        ("/version", 2),
        ("/version", "1"),
        ("/services/case_open", 1),
        ("/matter/court/county", "Bowie"),
        ("/matter/court/docket_number", "19-881"),
        ("/matter/court/judge", "Example"),
        ("/custodial_party/name/first", "Da\nna"),
        ("/custodial_party/name/first", "  "),
        ("/custodial_party/name/first", "N" * 301),
        ("/custodial_party/ssn", "900120001"),
        ("/modification/grounds", []),
        ("/modification/grounds", ["income_change", "income_change"]),
        ("/children", []),
        ("/filing_date", "23 November 2026"),
    ],
)
def test_the_schema_refuses_what_the_border_refuses(pointer: str, value: object) -> None:
    document = changed(example("modification"), pointer, value)
    assert not CASE_FACTS.is_valid(document)
    with pytest.raises(FactsRefused):
        load_facts(document)


@pytest.mark.parametrize("pointer", ["/filing_date", "/signatory/bar_number", "/orders/0/medical_provision/kind"])
def test_the_schema_asks_for_what_the_border_asks_for(pointer: str) -> None:
    assert not CASE_FACTS.is_valid(without(example("modification"), pointer))


@pytest.mark.parametrize("pointer", ["/hearing", "/custodial_party/ssn", "/children/0/sex", "/orders/0/child_support"])
def test_what_may_be_unknown_may_be_null_in_the_schema(pointer: str) -> None:
    document = changed(example("modification"), pointer, None)
    assert CASE_FACTS.is_valid(document)
    load_facts(document)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLACES = st.sampled_from(
    [
        "/custodial_party/name/first",
        "/custodial_party/phone",
        "/signatory/email",
        "/matter/court/docket_number",
        "/matter/field_office",
        "/exhibits/0/label",
        "/exhibits/0/file",
        "/hearing/time",
        "/children/0/birth_date",
        "/orders/0/child_support/amount",
    ]
)


@settings(max_examples=200, deadline=None)
@given(pointer=PLACES, text=TEXTS | st.from_regex(r"[0-9-]{5,12}", fullmatch=True))
def test_whatever_text_the_border_reads_fits_the_schema(pointer: str, text: str) -> None:
    document = changed(example("modification"), pointer, text)
    assert CASE_FACTS.is_valid(document) or not reads(document)


def reads(document: Any) -> bool:
    """Whether the border takes the document."""
    try:
        load_facts(document)
    except FactsRefused:
        return False
    return True


def test_answers_are_open_to_members_that_later_versions_add() -> None:
    definitions = json_schema("determination")["$defs"]
    assert all("additionalProperties" not in definition for definition in definitions.values())


def test_case_facts_are_closed_everywhere() -> None:
    definitions = json_schema("case-facts")["$defs"]
    assert all(definition["additionalProperties"] is False for definition in definitions.values())


def test_a_schema_survives_its_own_serialization() -> None:
    schema = json_schema("case-facts")
    assert json.loads(json.dumps(schema)) == schema
