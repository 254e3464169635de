"""Clauses that must stand: chosen by document and facts, found in the papers drawn up, missed when taken out."""

import io
import re
from typing import Any

import docx
import pytest

from schemas.facts import load_facts
from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing, is_drafted
from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, MedicalSupportRequest, ModificationGround, UninsuredRelief
from service.law.clauses import CLAUSE_RULES, RequiredClause, clauses_for, read_clauses, running_text
from service.law.determination import determine
from service.law.gate_rules import GATE_TABLE
from service.law.table_reading import LawTableRefused, TableReader
from service.rendering.word.templates import WordTemplates
from templates import templates_root
from tests.builders import altered, example

A, B, C, N = FilingKind
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}
VARIANTS: tuple[tuple[FilingKind, dict[str, Any]], ...] = (
    (A, {}),
    (A, {"/medical_support/request": MedicalSupportRequest.MAINTAIN}),
    (A, {"/medical_support/request": MedicalSupportRequest.CASH}),
    (B, {}),
    (B, {"/modification/grounds": (ModificationGround.HEALTH_CARE_NEED,)}),
    (B, {"/modification/grounds": (ModificationGround.INCOME_CHANGE,)}),
    (C, {}),
    (C, {"/uninsured/relief": UninsuredRelief.REQUEST}),
    (
        C,
        {
            "/uninsured/contempt_requested": True,
            "/uninsured/ability_to_pay_basis": "Steady work.",
            "/uninsured/interest_requested": True,
        },
    ),
)


def with_changes(kind: FilingKind, changes: dict[str, Any]) -> CaseFacts:
    facts = FACTS[kind]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    return facts


def kept(clause: RequiredClause, running: str) -> bool:
    return not clause.missing_from(running) and not clause.forbidden_in(running)


@pytest.fixture(scope="module")
def templates() -> WordTemplates:
    return WordTemplates(templates_root() / "filings")


def words(word: bytes) -> str:
    """All text of a Word file in reading order, whatever holds it."""
    body = docx.Document(io.BytesIO(word)).element.body
    return "\n".join("".join(node.itertext()) for node in body.iter() if node.tag.endswith("}p"))


@pytest.mark.parametrize(("kind", "changes"), VARIANTS)
def test_every_document_drawn_up_carries_what_the_law_asks_of_it(
    kind: FilingKind, changes: dict[str, Any], templates: WordTemplates
) -> None:
    facts = with_changes(kind, changes)
    filing = determine(facts).of(kind)
    assert is_drafted(filing)
    missed = {}
    for draft in draft_filing(facts, filing, Presentation(mark=PageMark.NONE, signed=True)):
        text = running_text(words(templates.render(draft)))
        missed |= {
            (draft.plan.name, clause.id): (clause.missing_from(text), clause.forbidden_in(text))
            for clause in clauses_for(draft.plan.name, facts)
            if not kept(clause, text)
        }
    assert missed == {}


@pytest.mark.parametrize(
    ("kind", "document", "line", "clause"),
    [
        (A, "proposed-order", "directed to deduct from money", "employer_deduction"),
        (A, "proposed-order", "the coverage to be provided is", "qmcso_coverage"),
        (A, "proposed-order", "Approved as to form", "approval_lines"),
        (B, "proposed-order", "is the payor parent", "payor_and_payee"),
        (B, "proposed-order", "Installments due before that date", "not_before_filing_and_service"),
        (C, "proposed-order", "Arkansas Child Support Clearinghouse", "paid_through_clearinghouse"),
        (C, "motion-uninsured-expenses", "CERTIFICATE OF SERVICE", "certificate_of_service"),
        (C, "motion-uninsured-expenses", "represents the State of Arkansas", "represents_the_state"),
    ],
)
def test_a_clause_taken_out_is_missed_by_its_name(
    kind: FilingKind, document: str, line: str, clause: str, templates: WordTemplates
) -> None:
    facts = FACTS[kind]
    drafts = draft_filing(facts, determine(facts).of(kind), Presentation(mark=PageMark.NONE, signed=True))
    draft = next(draft for draft in drafts if draft.plan.name == document)
    whole = words(templates.render(draft))
    assert line in whole
    cut = running_text(re.sub(re.escape(line), "…", whole))
    assert clause in {entry.id for entry in clauses_for(document, facts) if not kept(entry, cut)}


@pytest.mark.parametrize(
    ("document", "added", "clause"),
    [
        ("proposed-order", "Support is paid directly to the Custodial Party.", "paid_through_clearinghouse"),
        ("proposed-order", "OCSE orders the employer to enroll the child.", "court_not_agency_orders"),
        ("motion-to-modify", "OCSE represents the custodial parent.", "represents_the_state"),
    ],
)
def test_words_that_may_not_stand_are_found(document: str, added: str, clause: str) -> None:
    entry = next(entry for entry in clauses_for(document, FACTS[B]) if entry.id == clause)
    assert entry.forbidden_in(running_text(added))
    assert not kept(entry, running_text(added))


def test_clauses_follow_the_conditions_on_the_facts() -> None:
    def named(facts: CaseFacts, document: str) -> set[str]:
        return {clause.id for clause in clauses_for(document, facts)}

    without_contempt = altered(FACTS[C], "/uninsured/contempt_requested", value=False)
    assert "ability_to_pay_notice" in named(FACTS[C], "motion-uninsured-expenses")
    assert "ability_to_pay_notice" not in named(without_contempt, "motion-uninsured-expenses")
    undivided = altered(FACTS[C], "/orders/0/uninsured_expenses", None)
    assert "judgment_for_a_sum" in named(FACTS[C], "proposed-order")
    assert "judgment_for_a_sum" not in named(undivided, "proposed-order")
    assert clauses_for("shopping-list", FACTS[A]) == ()


def test_each_assertion_of_a_gate_is_kept_by_a_clause() -> None:
    asserted = {rule.id for rule in GATE_TABLE.gates if not rule.reads and rule.id != "G18"}
    assert asserted <= {rule.clause.gate for rule in CLAUSE_RULES}


def test_line_breaks_and_fixed_spaces_do_not_hide_a_clause() -> None:
    assert running_text(" A\u00a0b\n\n c\t") == "a b c"


def test_patterns_are_read_in_small_letters_but_for_kinds_of_characters() -> None:
    patterns = {pattern for rule in CLAUSE_RULES for pattern in rule.clause.stands}
    assert {r"telephone \S", r"\S@\S", r"bar no\."} <= patterns


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"stands": ["("]}, "/clauses/0/stands"),
        ({"stands": []}, "/clauses/0/stands"),
        ({"authority": "none"}, "/clauses/0/authority"),
        ({"when": ["full_moon"]}, "/clauses/0/when"),
        ({"kinds": ["divorce"]}, "/clauses/0/kinds"),
    ],
)
def test_a_faulty_clause_is_refused_with_its_place(change: dict[str, Any], pointer: str) -> None:
    row = {
        "id": "one",
        "documents": ["proposed-order"],
        "kinds": ["modification"],
        "stands": ["order"],
        "meaning": "It orders.",
        "authority": "arcp-58",
    }
    table = {"source": "Rules.", "as_of": "2026-11-21", "clauses": [row | change]}
    with pytest.raises(LawTableRefused) as refused:
        read_clauses(TableReader("clauses.json", table))
    assert pointer in {fault.pointer for fault in refused.value.faults}
