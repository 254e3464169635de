import io

import docx
import pytest
from aiohttp.test_utils import TestClient

from service.storage.credentials import Scope
from service.web.answers import DOCX
from templates import templates_root
from tests.web.conftest import KeyedService

pytestmark = pytest.mark.asyncio(loop_scope="session")
SUMMONS = (templates_root() / "filings" / "summons.docx").read_bytes()


def broken() -> bytes:
    document = docx.Document(io.BytesIO(SUMMONS))
    document.paragraphs[3].insert_paragraph_before("{{ summond.name }}")
    word = io.BytesIO()
    document.save(word)
    return word.getvalue()


async def test_every_fault_of_a_template_comes_with_its_place(open_service: TestClient) -> None:
    answer = await open_service.post("/v1/templates/lint?template=summons", data=broken())
    report = await answer.json()
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert report["summary"] == {"accepted": False, "errors": 1, "warnings": 0}
    fault = report["faults"][0]
    assert (fault["code"], fault["severity"], fault["part"]) == ("undefined_name", "error", "word/document.xml")
    assert fault["snippet"] == "{{ summond.name }}"
    assert fault["paragraph"] >= 1


async def test_a_sound_template_is_accepted(open_service: TestClient) -> None:
    report = await (await open_service.post("/v1/templates/lint?template=summons", data=SUMMONS)).json()
    assert report == {"faults": [], "summary": {"accepted": True, "errors": 0, "warnings": 0}}


async def test_the_word_media_type_gets_the_copy_with_comments(open_service: TestClient) -> None:
    answer = await open_service.post("/v1/templates/lint", data=broken(), headers={"Accept": DOCX})
    assert answer.content_type == DOCX
    comments = list(docx.Document(io.BytesIO(await answer.read())).comments)
    assert [comment.author for comment in comments] == ["OCSE Filings"]


async def test_what_is_no_word_file_is_a_problem(open_service: TestClient) -> None:
    answer = await open_service.post("/v1/templates/lint", data=b"%PDF-1.7")
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["errors"][0]["code"]) == (422, "not_word")


async def test_linting_needs_the_scope_for_templates(keyed_service: KeyedService) -> None:
    client = keyed_service.client
    for scope, status in ((Scope.PREVIEW, 403), (Scope.TEMPLATES, 200)):
        answer = await client.post("/v1/templates/lint", data=SUMMONS, headers=keyed_service.issue(scope))
        assert answer.status == status


async def test_an_unknown_template_is_refused_with_the_nearest(open_service: TestClient) -> None:
    for name, hint in (("sumons", "the nearest is summons"), ("nope", "modification-motion")):
        answer = await open_service.post(f"/v1/templates/lint?template={name}", data=SUMMONS)
        problem = await answer.json(content_type="application/problem+json")
        assert (answer.status, problem["errors"][0]["code"]) == (422, "unknown_template")
        assert hint in problem["detail"]
