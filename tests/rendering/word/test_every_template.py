"""Every paper of every variant is, as canonical XML, the document that docxtpl makes of the same template and words.

The differences allowed are those that ``templates/README.md`` lists.
"""

import io
import zipfile
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import VARIANTS, variant

TEMPLATES = templates_root() / "filings"
CORE = "docProps/core.xml"
EMPTY_PROPERTIES = ("description", "identifier", "subject")


@pytest.fixture(scope="module")
def templates() -> WordTemplates:
    return WordTemplates(TEMPLATES)


def canonical(word: bytes) -> dict[str, str]:
    """Canonical XML (C14N) of every part but the list of types."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return {
            name: etree.tostring(etree.fromstring(file.read(name)), method="c14n").decode()
            for name in file.namelist()
            if name.endswith(".xml") and name != "[Content_Types].xml"
        }


def by_docxtpl(draft: Draft) -> dict[str, str]:
    """The document of docxtpl, less the differences allowed."""
    plain = DocxTemplate(str(TEMPLATES / f"{draft.template}.docx"))
    document = {"title": draft.plan.title, "name": draft.plan.name, "dated": draft.dated.isoformat()}
    plain.render({**draft.context, "document": {**draft.context["document"], **document}}, autoescape=True)
    word = io.BytesIO()
    plain.save(word)
    parts = canonical(word.getvalue())
    parts[CORE] = parts[CORE].replace("{{ document.dated }}", draft.dated.isoformat())
    for name in EMPTY_PROPERTIES:
        parts[CORE] = parts[CORE].replace(f"<dc:{name}></dc:{name}>", "")
    return parts


def with_escapes_read(part: str) -> str:
    """What docxtpl makes of ``{_{`` and its like: braces, in what a case says, too."""
    return part.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")


@pytest.mark.parametrize("label", VARIANTS)
def test_the_papers_of_a_variant_are_those_that_docxtpl_makes(templates: WordTemplates, label: str) -> None:
    facts = load_facts(variant(label))
    filing = determine(facts).of(facts.kind)
    for draft in draft_filing(facts, filing, Presentation(mark=PageMark.DRAFT, signed=False)):
        ours = canonical(templates.render(draft))
        theirs = by_docxtpl(draft)
        assert ours.keys() == theirs.keys()
        for part, text in ours.items():
            assert with_escapes_read(text) == theirs[part], f"{draft.template}: {part}"


def test_the_variants_use_every_template() -> None:
    used = set()
    for label in VARIANTS:
        facts = load_facts(variant(label))
        presentation = Presentation(mark=PageMark.DRAFT, signed=False)
        used |= {draft.template for draft in draft_filing(facts, determine(facts).of(facts.kind), presentation)}
    assert {path.stem for path in Path(TEMPLATES).glob("*.docx")} <= used
