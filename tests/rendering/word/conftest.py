"""Templates made for the tests: one in house style, others by hand as an attorney might type them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from service.drafting.draft import Draft
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.word.templates import WordTemplates
from templates.authoring import build

MANUSCRIPTS = Path(__file__).parents[2] / "templates" / "manuscripts"


@pytest.fixture(scope="session")
def sample_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("filings")
    (directory / "sample.docx").write_bytes(build("sample", MANUSCRIPTS))
    return directory


@pytest.fixture(scope="session")
def sample_templates(sample_directory: Path) -> WordTemplates:
    return WordTemplates(sample_directory)


@pytest.fixture(scope="session")
def draft_of() -> Callable[..., Draft]:
    """A draft for a template; contexts lack nothing but what the test is about."""
    plan = DocumentPlan(
        name="motion", title="Motion to Modify", role=DocumentRole.PLEADING, audience=DocumentAudience.PUBLIC
    )

    def make(template: str, **context: Any) -> Draft:
        return Draft(plan=plan, template=template, context={"mark": "", **context}, dated=date(2026, 11, 23))

    return make


@pytest.fixture(scope="session")
def sample_context() -> Callable[[str], dict[str, Any]]:
    """Words of one case: each begins with the case's own word."""

    def words(case: str) -> dict[str, Any]:
        return {
            "mark": f"{case} DRAFT",
            "court": {"county": f"{case}County", "division": f"{case} Division", "docket": f"{case}-17-1"},
            "plaintiff": f"{case}Plaintiff",
            "defendant": f"{case}Defendant",
            "since": f"{case}Since",
            "children": tuple({"initials": f"{case}A.B.", "year": f"{case}201{n}"} for n in range(2)),
            "quoted": f"{case}Quoted",
            "claims": tuple(
                {"title": f"{case}Claim{n}", "provider": f"{case}Clinic{n}", "sum": f"{case}$1.0{n}"} for n in range(2)
            ),
            "agency": f"{case}Agency",
            "signed": True,
            "attorney": f"{case}Attorney",
            "bar_number": f"{case}2001",
            "lines": tuple({"provider": f"{case}Provider{n}", "amount": f"{case}{n}.00"} for n in range(3)),
            "total": f"{case}Total",
        }

    return words


@pytest.fixture
def typed_template(tmp_path: Path) -> Callable[[Sequence[str]], WordTemplates]:
    """A template ``typed`` with these paragraphs, each one run, in a document as python-docx makes it."""

    def type_in(paragraphs: Sequence[str]) -> WordTemplates:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(str(tmp_path / "typed.docx"))
        return WordTemplates(tmp_path)

    return type_in
