"""Each clause is taken out of its Word template in turn, and each time the check names it."""

import io
import re
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph

from schemas.facts import load_facts
from service.drafting.draft import Draft, PageMark, Presentation
from service.drafting.filings import draft_filing
from service.errors import Audience, ClauseMissing
from service.facts.case import CaseFacts
from service.law.clauses import RequiredClause, clauses_for, running_text
from service.law.determination import determine
from service.rendering.document import RenderedDocument
from service.rendering.parity.check import ParityReport
from service.rendering.word.templates import WordTemplates
from service.rendering.word.text import paragraph_texts
from service.reviewing.clauses import require_clauses
from templates import templates_root
from tests.builders import example

KINDS = ("medical_support", "modification", "uninsured_claim", "medical_support_notice")
FILINGS = templates_root() / "filings"
TEMPLATES = WordTemplates(FILINGS)
EXPRESSION = re.compile(r"\{\{.*?\}\}")
STATEMENT = re.compile(r"\{%.*?%\}")


def drawn(kind: str) -> tuple[CaseFacts, tuple[Draft, ...]]:
    facts = load_facts(example(kind))
    unsigned = Presentation(mark=PageMark.DRAFT, signed=False)
    return facts, draft_filing(facts, determine(facts).of(facts.kind), unsigned)


def rendered(draft: Draft, templates: WordTemplates) -> RenderedDocument:
    word = templates.render(draft)
    return unprinted(draft, word)


def unprinted(draft: Draft, word: bytes) -> RenderedDocument:
    """A document of which only the Word file is looked at."""
    parity = ParityReport(pages=0, words=0)
    return RenderedDocument(plan=draft.plan, word=word, pdf=b"", pages=0, profile="", template_digest="", parity=parity)


DRAWN = {kind: drawn(kind) for kind in KINDS}
PRINTED_FROM_FACTS = "agency_named"
"""The agency's name also comes with the title of the signatory, so that no change of a template takes it out."""
CASES = [
    pytest.param(facts, draft, clause, id=f"{kind}-{draft.plan.name}-{clause.id}")
    for kind, (facts, drafts) in DRAWN.items()
    for draft in drafts
    for clause in clauses_for(draft.plan.name, facts)
    if clause.stands and clause.id != PRINTED_FROM_FACTS
]


def words_of(paragraph: Paragraph) -> str:
    """The template's own words; what tags would print counts for a word each."""
    return EXPRESSION.sub("…", STATEMENT.sub("", paragraph.text))


def emptied(paragraph: Paragraph) -> None:
    """Take the words out, the conditions not."""
    tags = "".join(STATEMENT.findall(paragraph.text))
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = tags


def likeness(paragraph: Paragraph, text: str) -> float:
    """How many words the template's paragraph and the rendered one share."""
    ours, theirs = Counter(running_text(words_of(paragraph)).split()), Counter(text.split())
    return (ours & theirs).total() / (ours | theirs).total()


def take_out(paragraphs: list[Paragraph], text: str) -> None:
    """Empty the paragraph of the template that this rendered text most likely came from."""
    candidates = [paragraph for paragraph in paragraphs if paragraph.runs and words_of(paragraph).strip()]
    emptied(max(candidates, key=lambda paragraph: likeness(paragraph, text)))


def all_paragraphs(document: docx.document.Document) -> list[Paragraph]:
    return [Paragraph(element, document) for element in document.element.body.iter() if element.tag.endswith("}p")]


def without_clause(draft: Draft, clause: RequiredClause, folder: Path) -> RenderedDocument:
    """The document by a template from which every paragraph that keeps the clause was emptied."""
    document = docx.Document(str(FILINGS / f"{draft.template}.docx"))
    paragraphs = all_paragraphs(document)
    made = rendered(draft, TEMPLATES)
    for _ in range(12):
        texts = [running_text(text) for text in paragraph_texts(made.word)]
        if clause.missing_from(" ".join(texts)):
            return made
        for text in keeping(clause.stands[0], texts):
            take_out(paragraphs, text)
        document.save(str(folder / f"{draft.template}.docx"))
        made = rendered(draft, WordTemplates(folder))
    pytest.fail("the clause could not be taken out")


def keeping(pattern: str, texts: list[str]) -> list[str]:
    """The paragraphs that hold what the pattern asks for, or those it is found across."""
    alone = [text for text in texts if re.search(pattern, text, re.IGNORECASE)]
    across = re.search(pattern, " ".join(texts), re.IGNORECASE)
    return alone or [text for text in texts if across and len(text) > 1 and text in across[0]]


@pytest.mark.parametrize(("facts", "draft", "clause"), CASES)
def test_a_clause_taken_out_of_its_template_is_named(
    facts: CaseFacts, draft: Draft, clause: RequiredClause, tmp_path: Path
) -> None:
    made = without_clause(draft, clause, tmp_path)
    with pytest.raises(ClauseMissing) as refused:
        require_clauses([made], facts)
    fault = next(fault for fault in refused.value.faults if fault.code == clause.id)
    assert fault.part == f"{draft.plan.name}.docx"
    assert draft.plan.name in fault.message
    assert clause.meaning in fault.message
    assert clause.authority.citation in fault.message
    assert refused.value.audience is Audience.TEMPLATE_AUTHOR


@pytest.mark.parametrize("kind", KINDS)
def test_documents_of_the_examples_carry_every_clause(kind: str) -> None:
    facts, drafts = DRAWN[kind]
    require_clauses([rendered(draft, TEMPLATES) for draft in drafts], facts)


def test_words_that_may_not_stand_are_named_with_their_paragraph(tmp_path: Path) -> None:
    facts, drafts = DRAWN["modification"]
    order = next(draft for draft in drafts if draft.plan.name == "proposed-order")
    document = docx.Document(str(FILINGS / f"{order.template}.docx"))
    document.add_paragraph("OCSE hereby orders the employer to enroll the child.")
    document.save(str(tmp_path / f"{order.template}.docx"))
    made = rendered(order, WordTemplates(tmp_path))
    with pytest.raises(ClauseMissing) as refused:
        require_clauses([made], facts)
    (fault,) = refused.value.faults
    assert fault.code == "court_not_agency_orders"
    assert fault.paragraph is not None
    assert "OCSE hereby orders" in paragraph_texts(made.word)[fault.paragraph - 1]


def test_all_documents_are_answered_for_at_once() -> None:
    facts, drafts = DRAWN["modification"]
    empty = docx.Document()
    written = io.BytesIO()
    empty.save(written)
    made = [unprinted(draft, written.getvalue()) for draft in drafts]
    with pytest.raises(ClauseMissing) as refused:
        require_clauses(made, facts)
    wanted = {
        (f"{draft.plan.name}.docx", clause.id)
        for draft in drafts
        for clause in clauses_for(draft.plan.name, facts)
        if clause.stands
    }
    assert {(fault.part, fault.code) for fault in refused.value.faults} == wanted
