"""The guide for template authors names everything that the templates use and the drafts give, and nothing else."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import meta, nodes

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.rendering.word.compiling import compile_word
from service.rendering.word.language import TemplateLanguage
from templates import templates_root
from tests.builders import DRAWN, example

LANGUAGE = TemplateLanguage()
GUIDE = (templates_root() / "README.md").read_text(encoding="utf-8")
TEMPLATES = sorted(path.stem for path in (templates_root() / "filings").glob("*.docx"))
EVERY_ONE = "every one"
NEVER_REACHED = {"medical-support-order": {"order"}}
"""Names in a shared part, under a condition (``medical.kept``) that holds for other papers only."""


def rows(heading: str) -> Iterator[list[str]]:
    """The rows of the table whose header begins with these columns, as their cells."""
    _, _, table = GUIDE.partition(f"\n{heading}\n")
    assert table, f"the guide has no table {heading}"
    for line in table.splitlines()[1:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def names(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_.]+)`", cell))


def documented_names() -> dict[str, set[str]]:
    """Top-level names by template, those of every template included."""
    own = {cells[0].strip("`"): names(cells[2]) for cells in rows("| template | document | names |")}
    common = own.pop(EVERY_ONE)
    return {template: common | extra for template, extra in own.items()}


def documented_members() -> dict[str, set[str]]:
    return {name: names(cells[1]) for cells in rows("| name | members |") for name in names(cells[0])}


def sources(template: str) -> Iterator[nodes.Template]:
    """What Jinja reads of a template, headers, footers and document properties included."""
    compiled = compile_word((templates_root() / "filings" / f"{template}.docx").read_bytes(), LANGUAGE)
    for part in compiled.parts:
        yield LANGUAGE.parse(part.source)


def test_the_guide_lists_the_templates_there_are() -> None:
    assert sorted(documented_names()) == TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_name_a_template_uses_is_in_the_guide(template: str) -> None:
    used = set().union(*(meta.find_undeclared_variables(source) for source in sources(template)))
    unlisted = used - set(LANGUAGE.globals) - documented_names()[template]
    assert unlisted <= NEVER_REACHED.get(template, set())


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_member_a_template_reads_of_a_name_is_in_the_guide(template: str) -> None:
    members = documented_members()
    read = {
        (node.node.name, node.attr)
        for source in sources(template)
        for node in source.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in documented_names()[template]
    }
    assert [f"{name}.{member}" for name, member in sorted(read) if member not in members[name]] == []


@pytest.mark.parametrize("kind", DRAWN)
def test_the_guide_names_exactly_what_a_draft_gives_its_template(kind: str) -> None:
    facts = load_facts(example(kind))
    presentation = Presentation(mark=PageMark.DRAFT, signed=False)
    for draft in draft_filing(facts, determine(facts).of(facts.kind), presentation):
        assert documented_names()[draft.template] == set(draft.context), draft.template


def test_every_name_of_the_guide_is_explained() -> None:
    assert set().union(*documented_names().values()) == set(documented_members())
