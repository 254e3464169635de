"""The OpenAPI document: valid, true to the schemas, and complete for every call."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from schemas.json_schema import json_schema
from schemas.openapi import CALLS, openapi_document
from service.errors import FactsRefused

DOCUMENT = openapi_document("1.0.0")
OPERATIONS = [
    (method, path, operation) for path, item in DOCUMENT["paths"].items() for method, operation in item.items()
]
CREATES = ("/v1/previews", "/v1/filings", "/v1/bundles", "/v1/filings/{id}/release")


def test_the_document_is_valid_openapi_3_1() -> None:
    validate(DOCUMENT)
    assert DOCUMENT["openapi"] == "3.1.0"
    assert DOCUMENT["info"]["version"] == "1.0.0"
    assert json.loads(json.dumps(DOCUMENT)) == DOCUMENT


def test_case_facts_are_the_same_in_openapi_and_in_the_json_schema() -> None:
    published = json.dumps(json_schema("case-facts")["$defs"]).replace("#/$defs/", "#/components/schemas/")
    components = DOCUMENT["components"]["schemas"]
    assert {name: components[name] for name in json.loads(published)} == json.loads(published)


def test_every_call_has_a_name_of_its_own_a_tag_and_a_summary() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names) == len(CALLS)
    assert all(operation["tags"] and operation["summary"] for _, _, operation in OPERATIONS)


def test_every_call_with_a_credential_may_answer_401_and_403() -> None:
    for _, path, operation in OPERATIONS:
        assert (operation["security"] != []) == {"401", "403"}.issubset(operation["responses"]), path


def test_only_health_reference_and_trust_need_no_credential() -> None:
    open_paths = {path for _, path, operation in OPERATIONS if operation["security"] == []}
    reference = {"/livez", "/readyz", "/version", "/openapi.json", "/docs"}
    assert open_paths == reference | {"/v1/trust", "/v1/trust/verifier"}


@pytest.mark.parametrize("path", CREATES)
def test_every_create_takes_an_idempotency_key(path: str) -> None:
    parameters = DOCUMENT["paths"][path]["post"]["parameters"]
    assert {"$ref": "#/components/parameters/IdempotencyKey"} in parameters


@pytest.mark.parametrize("path", ["/v1/previews", "/v1/filings", "/v1/bundles"])
def test_exhibits_come_as_parts_of_a_multipart_body(path: str) -> None:
    content = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]
    assert content["multipart/form-data"]["schema"]["required"] == ["facts"]
    assert content["multipart/form-data"]["encoding"]["facts"] == {"contentType": "application/json"}


def test_every_path_parameter_is_declared() -> None:
    for _, path, operation in OPERATIONS:
        declared = [parameter(item) for item in operation.get("parameters", [])]
        names = {item["name"] for item in declared if item["in"] == "path"}
        assert names == {piece[1:-1] for piece in path.split("/") if piece.startswith("{")}, path


def parameter(reference: dict[str, Any]) -> dict[str, Any]:
    """A shared parameter by its reference."""
    found: dict[str, Any] = DOCUMENT["components"]["parameters"][reference["$ref"].rsplit("/", 1)[1]]
    return found


def test_every_problem_has_an_example_that_is_one() -> None:
    problem = Draft202012Validator(json_schema("problem"))
    for response in DOCUMENT["components"]["responses"].values():
        example = response["content"]["application/problem+json"]["example"]
        assert [error.message for error in problem.iter_errors(example)] == []


def test_facts_that_do_not_validate_are_shown_as_they_are_answered() -> None:
    refused = DOCUMENT["components"]["responses"]["UnprocessableEntity"]
    example = refused["content"]["application/problem+json"]["example"]
    assert example["code"] == FactsRefused.code
    assert [fault["pointer"] for fault in example["errors"]] == [
        "/noncustodial_parent/gross_monthly_income",
        "/matter/court/docket_nr",
    ]
