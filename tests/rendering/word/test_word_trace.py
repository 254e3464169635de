"""Tracing a template prints what rendering prints, and tells what was read for each paragraph from what chose it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.law.determination import determine
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.word.runs import PICTURES, PlacedPictures
from service.rendering.word.templates import WordTemplates, _context
from service.rendering.word.text import DOCUMENT, paragraph_texts
from service.rendering.word.trace import Omission, TracedParagraph
from templates import templates_root
from tests.builders import example

KINDS = ("medical_support", "modification", "uninsured_claim", "medical_support_notice")
PLAN = DocumentPlan(name="paper", title="Paper", role=DocumentRole.BRIEF, audience=DocumentAudience.PUBLIC)
Traced = Callable[..., tuple[TracedParagraph, ...]]


@pytest.fixture
def templates(tmp_path: Path) -> Callable[..., WordTemplates]:
    """Templates with one template "paper" of these paragraphs; a list makes a table of one cell."""

    def written(*texts: str | list[str]) -> WordTemplates:
        document = docx.Document()
        for text in texts:
            if isinstance(text, str):
                document.add_paragraph(text)
            else:
                cell = document.add_table(rows=1, cols=1).cell(0, 0)
                cell.paragraphs[0].text = text[0]
                for line in text[1:]:
                    cell.add_paragraph(line)
        document.save(str(tmp_path / "paper.docx"))
        return WordTemplates(tmp_path)

    return written


def draft(**context: Any) -> Draft:
    return Draft(plan=PLAN, template="paper", context=context, dated=date(2026, 11, 23))


@pytest.mark.parametrize("kind", KINDS)
def test_tracing_prints_exactly_what_rendering_prints(kind: str) -> None:
    shipped = WordTemplates(templates_root() / "filings")
    facts = load_facts(example(kind))
    for drawn in draft_filing(facts, determine(facts).of(facts.kind), Presentation(mark=PageMark.TEST, signed=True)):
        main = next(part for part in shipped._template(drawn.template).parts if part.name == DOCUMENT)
        rendered = main.template.render({**_context(drawn), PICTURES: PlacedPictures()})
        traced = shipped.trace(drawn).main
        assert traced.printed == rendered
        texts = paragraph_texts(shipped.render(drawn))
        assert [each.number for each in traced.paragraphs] == list(range(1, len(texts) + 1))


def test_what_is_printed_is_told_from_what_decides(templates: Callable[..., WordTemplates]) -> None:
    paper = templates(
        "{%p if claim.asked %}", "The sum is {{ claim.sum }}.", "{%p endif %}", "{{ name }} {{ name|upper }}"
    )
    told, named = paper.trace(draft(claim={"asked": True, "sum": "$1"}, name="Ann")).main.paragraphs
    assert (told.printed, told.chosen) == ({("claim", "sum")}, {("claim", "asked")})
    assert told.conditions == ("if claim.asked",)
    assert (named.printed, named.chosen, named.conditions) == ({("name",)}, set(), ())


def test_a_sentence_left_out_of_a_paragraph_was_decided_for_it(templates: Callable[..., WordTemplates]) -> None:
    paper = templates("One.{% if more %} Two.{% endif %}{% if other %} A{% else %} B{% endif %}")
    (told,) = paper.trace(draft(more=False, other=False)).main.paragraphs
    assert told.chosen == {("more",), ("other",)}
    assert told.conditions == ("else",)


def test_a_paragraph_left_out_is_told_with_its_condition(templates: Callable[..., WordTemplates]) -> None:
    paper = templates("{%p if claim.asked %}", "Yes.", "{%p endif %}", "End.")
    traced = paper.trace(draft(claim={"asked": False})).main
    assert traced.left_out == (Omission(condition="if claim.asked", chosen=frozenset({("claim", "asked")})),)
    assert len(traced.paragraphs) == 1


def test_each_turn_of_a_loop_is_traced_to_its_own_entry(templates: Callable[..., WordTemplates]) -> None:
    paper = templates("{%p for child in children %}", "{{ child.name }}", "{%p endfor %}", "{{ last }}")
    first, second, end = paper.trace(draft(children=({"name": "A"}, {"name": "B"}), last="Z")).main.paragraphs
    assert first.printed == {("children", "0", "name")}
    assert second.printed == {("children", "1", "name")}
    assert first.chosen == {("children", "#")}
    assert end.printed == {("last",)}
    assert end.chosen == set()


def test_lines_of_a_loop_within_a_paragraph_are_printed_there(templates: Callable[..., WordTemplates]) -> None:
    paper = templates("{% for line in lines %}{{ line }}; {% endfor %}")
    (told,) = paper.trace(draft(lines=("a", "b"))).main.paragraphs
    assert told.printed == {("lines", "0"), ("lines", "1")}


def test_entries_taken_out_of_a_list_are_printed(templates: Callable[..., WordTemplates]) -> None:
    paper = templates("{{ lines|first }} and {{ lines[1] }}, all {{ lines|join(', ') }}")
    given = draft(lines=("a", "b"))
    assert paragraph_texts(paper.render(given)) == ("a and b, all a, b",)
    (told,) = paper.trace(given).main.paragraphs
    assert {("lines", "0"), ("lines", "1")} <= told.printed


def test_headers_and_footers_are_traced_with_numbers_of_their_own(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ last }}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "{%p if mark %}"
    section.header.add_paragraph("{{ mark }}")
    section.header.add_paragraph("{%p endif %}")
    section.footer.paragraphs[0].text = "{{ title }}, {{ place }}"
    document.save(str(tmp_path / "paper.docx"))
    paper = WordTemplates(tmp_path)
    traced = paper.trace(draft(last="Last.", mark="DRAFT", title="Motion", place="Benton"))
    header, footer = sorted(traced.others, key=lambda part: part.name, reverse=True)
    assert [(each.number, each.printed, each.conditions) for each in header.paragraphs] == [
        (1, {("mark",)}, ("if mark",))
    ]
    assert [(each.number, each.printed) for each in footer.paragraphs] == [(1, {("title",), ("place",)})]
    unmarked = paper.trace(draft(last="Last.", mark="", title="Motion", place="Benton"))
    (emptied,) = [part for part in unmarked.others if part.name == header.name]
    assert emptied.paragraphs == ()
    assert emptied.left_out == (Omission(condition="if mark", chosen=frozenset({("mark",)})),)


def test_paragraphs_are_numbered_as_they_are_in_the_finished_document(templates: Callable[..., WordTemplates]) -> None:
    """A cell that a condition empties is given a paragraph, which no one wrote."""
    paper = templates("First.", ["{%p if shown %}", "In the cell.", "{%p endif %}"], "{{ last }}")
    given = draft(shown=False, last="Last.")
    texts = paragraph_texts(paper.render(given))
    told = paper.trace(given).main.paragraphs
    assert texts[told[-1].number - 1] == "Last."
    assert [each.number for each in told] == [1, 3]
