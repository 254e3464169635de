import pytest
from aiohttp.test_utils import TestClient

from tests.web.conftest import FormMaker

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_draft_fetched_as_word_comes_back_as_the_same_pdf(
    open_service: TestClient, filing_form: FormMaker
) -> None:
    filing = await (await open_service.post("/v1/filings", data=filing_form("modification"))).json()
    word = await (await open_service.get(filing["documents"][0]["links"]["word"])).read()
    answer = await open_service.post("/v1/conversions", data=word)
    assert answer.status == 200, await answer.text()
    assert answer.headers["Conversion-Engine"] == "typst"
    assert answer.headers["Conversion-Compared"] == "yes"
    assert (await answer.read()).startswith(b"%PDF-")


async def test_a_file_that_is_no_word_file_is_a_located_problem(open_service: TestClient) -> None:
    answer = await open_service.post("/v1/conversions", data=b"%PDF-1.7")
    problem = await answer.json(content_type="application/problem+json")
    assert answer.status == 422
    assert problem["audience"] == "template_author"
    assert problem["errors"]
