"""What stands behind a word: found with little work, and the same as if each fact were changed alone and all redone."""

import copy
from collections.abc import Mapping
from itertools import combinations
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.drafting.differences import Path, differing
from service.drafting.draft import PageMark, Presentation
from service.drafting.experiments import WHOLE, Bench
from service.drafting.filings import draft_document, draft_filing
from service.drafting.influences import Influences, influences
from service.drafting.long_lists import codes
from service.drafting.other_facts import alternatives, other_values
from service.errors import FilingError
from service.facts.case import CaseFacts
from service.facts.reading import with_values
from service.law.determination import determine
from service.law.documents import documents
from service.law.outcomes import KindDetermination
from tests.builders import VARIANTS, changed, example, variant

FINAL = Presentation(mark=PageMark.TEST, signed=True)
NEVER = 10**9
LISTS = {
    "/claims",
    "/exhibits",
    "/children",
    "/service",
    "/modification/grounds",
    "/orders/0/medical_provision/coverages",
}
TERM = "/orders/0/uninsured_expenses"


def determined(document: Mapping[str, Any]) -> tuple[CaseFacts, KindDetermination]:
    facts = load_facts(document)
    return facts, determine(facts).of(facts.kind)


def behind(document: Mapping[str, Any], *, long: int) -> Influences:
    facts, filing = determined(document)
    with patch("service.drafting.influences.LONG", long):
        return influences(facts, filing, FINAL)


def with_claims(count: int, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The example of a claim with so many lines, spread over months and exhibits."""
    document = example("uninsured_claim")
    lines = [copy.deepcopy(document["claims"][place % 3]) for place in range(count)]
    for place, line in enumerate(lines):
        line["id"] = f"line-{place}"
        line["provider"] = f"{line['provider']} {place}"
        line["service_date"] = f"2025-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
        line["proof"] = [document["exhibits"][place % len(document["exhibits"])]["id"]]
    document["claims"] = lines
    for pointer, value in changes.items():
        document = changed(document, pointer, value)
    return document


@pytest.mark.parametrize("label", ["modification as it is", "claim with a threshold", "complaint to maintain"])
def test_redoing_what_a_change_reaches_gives_what_redoing_everything_gives(label: str) -> None:
    facts, filing = determined(variant(label))
    bench = Bench(facts, filing, FINAL)
    before = {draft.plan.name: draft.context for draft in draft_filing(facts, filing, FINAL)}
    for alternative in alternatives(facts):
        outcome = bench.outcome([(alternative, alternative.others[0])], bench.names)
        others = with_values(facts, {alternative.pointer: alternative.others[0]})
        for name in bench.names:
            assert _anew(others, filing, name, before[name]) == (
                None if name in outcome.refused else set(outcome.changed[name])
            ), (alternative.pointer, name)
            if name not in bench.within_reach(alternative.touched):
                assert not outcome.changed.get(name, ())


def _anew(facts: CaseFacts, filing: KindDetermination, name: str, before: Mapping[str, Any]) -> set[Path] | None:
    try:
        plans = documents(facts, facts.kind, FINAL.lifted)
        planned = KindDetermination(
            **{each: getattr(filing, each) for each in filing.__slots__ if each != "documents"}, documents=plans
        )
        plan = next((plan for plan in plans if plan.name == name), None)
        return {WHOLE} if plan is None else set(differing(before, draft_document(facts, planned, plan, FINAL).context))
    except (FilingError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError):
        return None


def _assert_agreement(grouped: Influences, alone: Influences) -> None:
    """Nothing that a fact alone changes goes unnamed; more is named only where the list is said to count as a whole."""
    for name, paths in alone.of_documents.items():
        found = grouped.of_documents[name]
        for path in paths.keys() | found.keys():
            wanted, named = paths.get(path, frozenset()), found.get(path, frozenset())
            assert all(pointer in named or any(pointer.startswith(f"{at}/") for at in named) for pointer in wanted)
            lists = {at for at in named if at in LISTS}
            assert all(at.startswith(tuple(f"{each}/" for each in lists)) for at in named - wanted - lists), (
                path,
                name,
            )


@pytest.mark.parametrize("label", VARIANTS)
def test_changing_entries_together_finds_what_changing_them_alone_finds(label: str) -> None:
    _assert_agreement(behind(variant(label), long=1), behind(variant(label), long=NEVER))


@given(
    count=st.integers(2, 12),
    threshold=st.sampled_from([None, "20.00", "250.00"]),
    percent=st.sampled_from(["50", "100"]),
    cap=st.sampled_from([None, "2500.00"]),
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_lines_of_an_account_are_traced_alike_together_and_alone(
    count: int, threshold: str | None, percent: str, cap: str | None
) -> None:
    changes = {
        f"{TERM}/routine_threshold_annual": threshold,
        f"{TERM}/payor_percent": percent,
        f"{TERM}/payor_amount": cap,
    }
    document = with_claims(count, changes)
    for claim in document["claims"]:
        claim["payments_received"] = []
    _assert_agreement(behind(document, long=1), behind(document, long=NEVER))


def test_a_line_of_a_long_account_rests_on_its_own_claim_and_a_total_on_the_list() -> None:
    found = behind(with_claims(40, {}), long=8)
    for place in range(40):
        billed = found.on("itemized-statement", ("statement", "lines", str(place), "billed"))
        assert {pointer for pointer in billed if "/claims/" in pointer} == {f"/claims/{place}/billed"}
        share = found.on("itemized-statement", ("statement", "lines", str(place), "share"))
        of_claims = {pointer for pointer in share if "/claims/" in pointer}
        assert of_claims == {f"/claims/{place}/paid_by_custodial_party"}
        assert f"{TERM}/payor_percent" in share
    assert "/claims" in found.on("motion-uninsured-expenses", ("statement", "balance"))


def test_the_number_of_experiments_hardly_grows_with_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0
    redo = Bench.outcome

    def counted(self: Bench, *given: Any) -> Any:
        nonlocal made
        made += 1
        return redo(self, *given)

    monkeypatch.setattr(Bench, "outcome", counted)
    numbers = []
    for count in (12, 120):
        made = 0
        behind(with_claims(count, {}), long=8)
        numbers.append(made)
    assert numbers[1] < numbers[0] * 1.3


@pytest.mark.parametrize("count", [2, 3, 9, 70, 200])
def test_no_entry_bears_all_the_signs_of_another(count: int) -> None:
    given_out = codes(count)
    assert len(given_out) == count
    assert all(one & other not in {one, other} for one, other in combinations(given_out, 2))


@pytest.mark.parametrize(("value", "others"), [(0, (1,)), (3, (4, 2)), (False, (True,))])
def test_other_numbers_are_neighbours_that_are_not_negative(value: int, others: tuple[int, ...]) -> None:
    assert tuple(other_values(value)) == others


def test_a_number_that_no_other_can_replace_is_not_found_within_other_numbers() -> None:
    """The only child is number 0, which must not be taken for every nought on the page."""
    found = behind(example("uninsured_claim"), long=NEVER)
    assert "/claims/0/child" in found.on_all_of("itemized-statement")
    assert "/claims/0/child" not in found.on("itemized-statement", ("statement", "lines", "0", "billed"))
