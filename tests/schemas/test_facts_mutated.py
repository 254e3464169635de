"""Whatever is done to a document, it is either read or refused at a place that can be found in it."""

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.errors import FactsRefused, Fault
from service.facts.vocabulary import FilingKind
from tests.builders import example

Steps = tuple[str | int, ...]

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.characters(categories=["Cs", "Cc", "Cn"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=10), st.integers(), max_size=3),
)


def places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    """Every place below the root."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in members:
        yield (*steps, step)
        yield from places(below, (*steps, step))


def at(document: Any, steps: Steps) -> Any:
    """The value at a place."""
    for step in steps:
        document = document[step]
    return document


def mutate(draw: st.DrawFn, document: Any) -> None:
    """Drop, rename, replace or repeat something, anywhere."""
    *path, last = draw(st.sampled_from(list(places(document))))
    parent = at(document, tuple(path))
    change = draw(st.sampled_from(["drop", "rename", "replace", "repeat"]))
    if change == "rename" and isinstance(parent, dict):
        parent[draw(st.text(max_size=30))] = parent.pop(last)
    elif change == "repeat" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[int(last)]))
    elif change == "drop":
        del parent[last]
    else:
        parent[last] = draw(JUNK)


def names_a_place(fault: Fault, document: Any) -> bool:
    """Whether the pointer leads to a value, or to a member that is missing from an object that is there."""
    assert fault.pointer is not None
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in fault.pointer.split("/")[1:]]
    for depth, token in enumerate(tokens):
        if isinstance(document, list):
            document = document[int(token)]
            continue
        readable = {name.encode(errors="replace").decode(): name for name in document}
        if token not in readable:
            return fault.code == "missing_field" and depth == len(tokens) - 1
        document = document[readable[token]]
    return True


def refusal_of(document: Any) -> FactsRefused | None:
    """What the border answers, if it does not read the document."""
    try:
        load_facts(document)
    except FactsRefused as refused:
        return refused
    return None


@settings(max_examples=150, deadline=None)
@given(data=st.data(), kind=st.sampled_from(list(FilingKind)), changes=st.integers(1, 4))
def test_a_mutated_document_is_read_or_refused_in_places_that_exist(
    data: st.DataObject, kind: FilingKind, changes: int
) -> None:
    document = example(kind)
    for _ in range(changes):
        mutate(data.draw, document)
    refused = refusal_of(document)
    assert refused is None or refused.faults
    assert refused is None or all(names_a_place(fault, document) for fault in refused.faults)


@pytest.mark.parametrize("kind", list(FilingKind))
def test_every_place_of_every_example_is_guarded_against_another_type(kind: FilingKind) -> None:
    for steps in places(example(kind)):
        document = example(kind)
        at(document, steps[:-1])[steps[-1]] = object()
        with pytest.raises(FactsRefused) as refused:
            load_facts(document)
        pointer = "".join(f"/{step}" for step in steps)
        assert pointer in {fault.pointer for fault in refused.value.faults}


@given(cents=st.integers(0, 99_999_999_999))
def test_money_is_read_to_the_cent(cents: int) -> None:
    document = example("medical_support")
    amount = f"{cents // 100}.{cents % 100:02d}"
    document["noncustodial_parent"]["gross_monthly_income"] = amount
    facts = load_facts(document)
    assert facts.noncustodial_parent.gross_monthly_income == Decimal(cents).scaleb(-2)
    assert str(facts.noncustodial_parent.gross_monthly_income) == amount


@given(amount=st.one_of(st.floats(), st.integers(), st.decimals().map(str)))
def test_money_in_any_other_form_is_refused(amount: float | str) -> None:
    assume(not (isinstance(amount, str) and re.fullmatch(r"[0-9]{1,9}\.[0-9]{2}", amount)))
    document = example("medical_support")
    document["noncustodial_parent"]["gross_monthly_income"] = amount
    with pytest.raises(FactsRefused) as refused:
        load_facts(document)
    assert [fault.pointer for fault in refused.value.faults] == ["/noncustodial_parent/gross_monthly_income"]
