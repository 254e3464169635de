"""Conditions that decide which documents and clauses a filing has."""

from datetime import date, time
from typing import Any

import pytest

from schemas.facts import load_facts
from service.facts.case import Hearing
from service.facts.vocabulary import FilingKind, ModificationGround, OcseRoleName, UninsuredRelief
from service.law import documents as planning
from service.law.conditions import Condition, all_hold
from service.law.documents import read_documents
from service.law.table_reading import LawTableRefused, TableReader
from tests.builders import altered, example

A, B, C = FilingKind.MEDICAL_SUPPORT, FilingKind.MODIFICATION, FilingKind.UNINSURED_CLAIM
FACTS = {kind: load_facts(example(kind.value)) for kind in (A, B, C)}
HEARING = Hearing(on=date(2027, 2, 1), time=time(9), place="Courtroom 2")


@pytest.mark.parametrize(
    ("condition", "kind", "changes", "expected"),
    [
        (Condition.HEARING_SET, B, {"/hearing": HEARING}, True),
        (Condition.HEARING_SET, B, {"/hearing": None}, False),
        (Condition.CONTEMPT_REQUESTED, C, {"/uninsured/contempt_requested": True}, True),
        (Condition.CONTEMPT_REQUESTED, C, {"/uninsured/contempt_requested": False}, False),
        (Condition.CONTEMPT_REQUESTED, B, {}, False),
        (Condition.PROPOSED_INTERVENOR, B, {"/matter/caption/ocse_role/role": OcseRoleName.PROPOSED_INTERVENOR}, True),
        (Condition.PROPOSED_INTERVENOR, B, {"/matter/caption/ocse_role/role": OcseRoleName.PLAINTIFF}, False),
        (Condition.GUIDELINE_COMPUTED, B, {"/modification/guideline": None}, False),
        (Condition.GUIDELINE_COMPUTED, A, {}, False),
        (Condition.AMOUNT_AT_ISSUE, B, {"/modification/grounds": (ModificationGround.HEALTH_CARE_NEED,)}, False),
        (Condition.AMOUNT_AT_ISSUE, B, {"/modification/grounds": (ModificationGround.INCOME_CHANGE,)}, True),
        (Condition.MEDICAL_SUPPORT_ASKED, A, {}, True),
        (Condition.NEW_COVERAGE_ASKED, A, {}, True),
        (Condition.ENFORCEMENT_ASKED, C, {}, True),
        (Condition.ENFORCEMENT_ASKED, C, {"/uninsured/relief": UninsuredRelief.REQUEST}, False),
        (Condition.INTEREST_REQUESTED, C, {"/uninsured/interest_requested": True}, True),
        (Condition.ORDER_RELIED_ON, B, {}, True),
        (Condition.ORDER_RELIED_ON, A, {}, False),
    ],
)
def test_a_condition_is_told_from_the_facts(
    condition: Condition, kind: FilingKind, changes: dict[str, Any], *, expected: bool
) -> None:
    facts: Any = FACTS[kind]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    assert condition.holds(facts, kind) is expected


def test_every_condition_can_be_told_of_every_kind() -> None:
    for kind, facts in FACTS.items():
        assert {condition.holds(facts, kind) for condition in Condition} <= {True, False}


def test_no_condition_always_holds_and_one_that_fails_decides() -> None:
    assert all_hold((), FACTS[A], A)
    assert not all_hold((Condition.MEDICAL_SUPPORT_ASKED, Condition.CONTEMPT_REQUESTED), FACTS[A], A)


def conditional_documents(condition: str) -> TableReader:
    row = {
        "kind": "modification",
        "name": "notice-of-hearing",
        "role": "notice",
        "audience": "public",
        "titles": {"any": "Notice of Hearing"},
        "when": [condition],
    }
    return TableReader("documents.json", {"source": "Rules.", "as_of": "2026-11-21", "documents": [row]})


def test_a_conditional_document_is_planned_only_where_its_condition_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "DOCUMENT_RULES", read_documents(conditional_documents("hearing_set")))
    assert planning.documents(altered(FACTS[B], "/hearing", None), B) == ()
    assert [plan.name for plan in planning.documents(altered(FACTS[B], "/hearing", HEARING), B)] == [
        "notice-of-hearing"
    ]


def test_an_unknown_condition_is_refused_with_its_place() -> None:
    with pytest.raises(LawTableRefused) as refused:
        read_documents(conditional_documents("full_moon"))
    assert refused.value.faults[0].pointer == "/documents/0/when"
