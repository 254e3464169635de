"""One line a request, from which the operator learns everything but the case."""

import json
import logging
import re

import pytest
from aiohttp.test_utils import TestClient

from service.storage.credentials import Scope
from tests.builders import example
from tests.web.conftest import KeyedService

pytestmark = pytest.mark.asyncio(loop_scope="session")
LINE = re.compile(r"method=(\S+) route=(\S+) status=(\S+) ms=\d+ key=(\S+) request=(req_[0-9a-f]{16})")


def texts(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    return {value} if isinstance(value, str) and len(value) > 3 else set()


async def test_each_request_has_one_line_with_route_status_key_and_the_id_answered(
    keyed_service: KeyedService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="service.web.request_log")
    headers = keyed_service.issue(Scope.PREPARE)
    client = keyed_service.client
    found = await client.get("/v1/filings/flg_Lefevre?county=Larkhaven", headers=headers)
    turned_away = await client.get("/v1/filings")
    lost = await client.get("/Lefevre/Larkhaven", headers=headers)
    lines = [LINE.fullmatch(record.getMessage()) for record in caplog.records]
    assert [line and line.groups()[:3] for line in lines] == [
        ("GET", "/v1/filings/{id}", "404"),
        ("GET", "/v1/filings", "401"),
        ("GET", "unmatched", "404"),
    ]
    ids = [line and line[5] for line in lines]
    assert ids == [answer.headers["X-Request-Id"] for answer in (found, turned_away, lost)]
    keys = [line and line[4] for line in lines]
    assert keys[0] == keys[2] != keys[1] == "none"
    assert str(keys[0]).startswith("key_")
    assert "Lefevre" not in caplog.text
    assert "Larkhaven" not in caplog.text


async def test_nothing_of_the_facts_is_in_the_log(open_service: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    facts = example("modification")
    for path in ("/v1/determinations", "/v1/filings", "/v1/previews"):
        await open_service.post(path, data=json.dumps(facts), headers={"Content-Type": "application/json"})
    said = " ".join(record.getMessage() for record in caplog.records)
    assert said.count("request=req_") == 3
    assert {text for text in texts(facts) if text in said} == set()
