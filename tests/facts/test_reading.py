"""The tracing view behaves as the facts do, and records exactly the leaves that were read."""

import dataclasses
import operator

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts
from service.facts.children import Child
from service.facts.reading import Reading, leaf_pointers, untraced
from service.law.determination import determine
from tests.builders import FAMILIES, example


@pytest.fixture
def facts() -> CaseFacts:
    return load_facts(example("medical_support"))


def test_only_leaves_that_are_read_are_recorded(facts: CaseFacts) -> None:
    reading = Reading(facts)
    seen = reading.facts
    assert reading.read_pointers() == ()
    assert seen.matter.court.county == "Pulaski"
    assert seen.matter.court.docket_number is None
    assert reading.read_pointers() == ("/matter/court/county", "/matter/court/docket_number")


def test_a_property_records_what_it_reads(facts: CaseFacts) -> None:
    reading = Reading(facts)
    assert reading.facts.noncustodial_parent.name.full == "René D. Lefèvre, Jr."
    assert set(reading.read_pointers()) == {
        f"/noncustodial_parent/name/{member}" for member in ("first", "middle", "last", "suffix")
    }


def test_iteration_index_and_slice_reach_the_same_members(facts: CaseFacts) -> None:
    seen = Reading(facts).facts
    first, second = seen.children
    assert first is seen.children[0]
    assert second is seen.children[-1]
    assert seen.children[1:] == (second,)
    assert len(seen.children) == 2


def test_membership_length_and_concatenation_work_as_on_tuples(facts: CaseFacts) -> None:
    seen = Reading(facts).facts
    lines = seen.custodial_party.address.lines
    assert "1127 Quarry Street, Apt. 6" in lines
    assert operator.add(lines, ("end",)) == (*lines, "end")
    assert operator.add(("start",), lines) == ("start", *lines)
    assert bool(lines)


def test_an_empty_list_is_a_leaf(facts: CaseFacts) -> None:
    reading = Reading(facts)
    assert not reading.facts.orders
    assert reading.read_pointers() == ("/orders",)


def test_a_view_passes_for_the_facts_behind_it(facts: CaseFacts) -> None:
    seen = Reading(facts).facts
    assert isinstance(seen, CaseFacts)
    assert isinstance(seen.children[0], Child)
    assert seen == facts
    assert hash(seen) == hash(facts)
    assert untraced(seen) is facts
    assert untraced(facts) is facts


def test_a_view_cannot_be_changed_and_shows_no_value(facts: CaseFacts) -> None:
    seen = Reading(facts).facts
    with pytest.raises(AttributeError):
        seen.kind = "other"
    assert "Lefèvre" not in repr(seen.noncustodial_parent)


def test_leaves_are_named_by_the_pointers_of_the_document(facts: CaseFacts) -> None:
    leaves = leaf_pointers(facts)
    assert "/children/1/name/middle" in leaves
    assert "/claims" in leaves
    assert "/children/1/name" not in leaves
    assert len(leaves) == len(set(leaves))


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_law_decides_alike_on_a_view(kind: str) -> None:
    facts = load_facts(example(kind))
    assert determine(Reading(facts).facts) == determine(facts)


def test_reading_every_leaf_names_every_leaf(facts: CaseFacts) -> None:
    reading = Reading(facts)
    _read_all(reading.facts)
    assert set(reading.read_pointers()) == set(leaf_pointers(facts))


def _read_all(seen: object) -> None:
    if isinstance(seen, tuple):
        for member in seen:
            _read_all(member)
    elif hasattr(seen, "__dataclass_fields__"):
        for field in dataclasses.fields(type(untraced(seen))):
            _read_all(getattr(seen, field.name))
