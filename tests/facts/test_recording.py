"""On other facts a recorded answer is given again if it read none of those that changed, and only then."""

from collections import Counter

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.parties import Party
from service.facts.reading import leaf_values, pointers_within, untraced, with_values
from service.facts.recording import RecordedAnswers
from service.facts.remembering import answers_remembered, once_for_a_case
from tests.builders import example

asked = Counter[str]()


@once_for_a_case
def county(facts: CaseFacts) -> str:
    asked["county"] += 1
    return facts.matter.court.county


@once_for_a_case
def heading(facts: CaseFacts, word: str) -> str:
    asked["heading"] += 1
    return f"{word} {county(facts)}"


@once_for_a_case
def heard(facts: CaseFacts) -> bool:
    asked["heard"] += 1
    return facts.hearing is not None


@once_for_a_case
def checked(facts: CaseFacts) -> str | None:
    asked["checked"] += 1
    return untraced(facts).custodial_party.ssn


@once_for_a_case
def parent(facts: CaseFacts) -> Party:
    asked["parent"] += 1
    return facts.custodial_party


@once_for_a_case
def of_order(facts: CaseFacts, title: object) -> bool:
    asked["of_order"] += 1
    return facts.orders[0] == title


@pytest.fixture
def facts() -> CaseFacts:
    asked.clear()
    return load_facts(example("modification"))


def test_an_answer_stands_while_what_it_read_does(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    _, read = answers.of(lambda case: heading(case, "In"))
    assert "/matter/court/county" in read
    with answers.on_other_facts({"/signatory/name"}):
        assert heading(with_values(facts, {"/signatory/name": "Other"}), "In") == heading(facts, "In")
    assert asked == {"heading": 1, "county": 1}


def test_an_answer_is_reckoned_anew_where_what_it_asked_for_read_changed(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    answers.of(county)
    answers.of(lambda case: heading(case, "In"))
    others = with_values(facts, {"/matter/court/county": "Benton"})
    with answers.on_other_facts({"/matter/court/county"}):
        assert heading(others, "In") == "In Benton"
        assert heading(others, "At") == "At Benton"
    assert asked == {"heading": 3, "county": 2}


def test_what_was_recorded_is_not_changed_by_an_experiment(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    answers.of(county)
    with answers.on_other_facts({"/matter/court/county"}):
        county(with_values(facts, {"/matter/court/county": "Benton"}))
    with answers.on_other_facts({"/signatory/name"}):
        assert county(facts) == facts.matter.court.county


def test_a_group_that_was_only_looked_for_counts_as_read(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    answers.of(heard)
    assert facts.hearing is not None
    with answers.on_other_facts(set(pointers_within(facts.hearing, "/hearing"))):
        assert heard(with_values(facts, {"/hearing": None})) is False


def test_what_a_check_reads_counts_as_read(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    _, read = answers.of(checked)
    assert "/custodial_party/ssn" in read


def test_an_answer_that_holds_facts_as_they_stand_is_not_kept(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    answers.of(lambda case: parent(case).ssn)
    others = with_values(facts, {"/custodial_party/ssn": "900-00-0000"})
    with answers.on_other_facts({"/custodial_party/ssn"}):
        assert parent(others).ssn == "900-00-0000"


def test_a_group_compared_as_a_whole_was_read_as_a_whole(facts: CaseFacts) -> None:
    answers = RecordedAnswers(facts)
    _, read = answers.of(lambda case: of_order(case, case.orders[0]))
    assert set(pointers_within(facts.orders[0], "/orders/0")) <= read


def test_without_a_memory_every_question_is_reckoned(facts: CaseFacts) -> None:
    county(facts)
    county(facts)
    assert asked["county"] == 2
    with answers_remembered():
        county(facts)
        county(facts)
    assert asked["county"] == 3


def test_several_values_are_changed_at_once(facts: CaseFacts) -> None:
    changes = {"/matter/court/county": "Benton", "/orders/0/title": "Decree", "/children": (), "/children/0/ssn": None}
    others = with_values(facts, changes)
    assert (others.matter.court.county, others.orders[0].title, others.children) == ("Benton", "Decree", ())
    before, after = leaf_values(facts), leaf_values(others)
    same = {pointer for pointer in before if not pointer.startswith("/children") and pointer not in changes}
    assert all(after[pointer] == before[pointer] for pointer in same)
