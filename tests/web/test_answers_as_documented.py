"""What the service answers fits what its OpenAPI document says of it."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from jsonschema import Draft202012Validator

from schemas.openapi import openapi_document
from tests.web.conftest import FormMaker

pytestmark = pytest.mark.asyncio(loop_scope="session")
DOCUMENT = openapi_document("1")


def faults(answer: object, method: str, path: str, status: str = "200") -> list[str]:
    """Where an answer is not as documented, members that the document does not know included."""
    response = DOCUMENT["paths"][path][method]["responses"][status]
    schema = response["content"]["application/json"]["schema"]
    components = {**DOCUMENT["components"], "schemas": {}}
    for name, described in DOCUMENT["components"]["schemas"].items():
        closed = {"additionalProperties": False} if "properties" in described else {}
        components["schemas"][name] = {**described, **closed}
    validator = Draft202012Validator({**schema, "components": components})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


async def read(service: TestClient, address: str) -> Any:
    return await (await service.get(address)).json()


async def test_filings_and_their_list_are_as_documented(open_service: TestClient, filing_form: FormMaker) -> None:
    made = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    assert faults(made, "post", "/v1/filings", "201") == []
    assert faults(await read(open_service, made["links"]["self"]), "get", "/v1/filings/{id}") == []
    voided = await (await open_service.post(made["links"]["void"], json={"reason": "Opened twice."})).json()
    assert faults(voided, "post", "/v1/filings/{id}/void") == []
    later = await open_service.post(
        "/v1/filings", data=filing_form("modification", leave_out="exhibit-a"), headers={"Prefer": "respond-async"}
    )
    assert faults(await later.json(), "post", "/v1/filings", "202") == []
    assert faults(await read(open_service, "/v1/filings"), "get", "/v1/filings") == []


async def test_receipts_are_as_documented(open_service: TestClient, filing_form: FormMaker) -> None:
    headers = {"Accept": "application/json"}
    answer = await open_service.post("/v1/bundles", data=filing_form("modification"), headers=headers)
    receipt = await answer.json()
    assert faults(receipt, "post", "/v1/bundles", "201") == []
    kept = await read(open_service, f"{answer.headers['Location']}/receipt")
    assert kept == receipt
    assert faults(await read(open_service, answer.headers["Location"]), "get", "/v1/filings/{id}") == []


async def test_previews_are_as_documented(open_service: TestClient, filing_form: FormMaker) -> None:
    made = await (await open_service.post("/v1/previews", data=filing_form("modification"))).json()
    kept = await read(open_service, made["links"]["self"])
    assert kept == made
    assert faults(kept, "get", "/v1/previews/{id}") == []


@pytest.mark.parametrize(
    ("address", "path"),
    [("/v1/kinds", "/v1/kinds"), ("/v1/courts", "/v1/courts"), ("/v1/courts/Benton", "/v1/courts/{county}")],
)
async def test_the_catalogue_is_as_documented(open_service: TestClient, address: str, path: str) -> None:
    assert faults(await read(open_service, address), "get", path) == []
