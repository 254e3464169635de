"""What may be lifted, by whom, and what is said when it may not."""

from collections.abc import Mapping

import pytest

from schemas.facts import load_facts
from service.errors import GatesNotCleared, OverrideRefused
from service.facts.case import CaseFacts
from service.facts.vocabulary import CoverageStatus, FilingKind, ServiceMethod
from service.law.clearance import require_clearance
from service.law.determination import determine
from tests.builders import altered, example

A, B = FilingKind.MEDICAL_SUPPORT, FilingKind.MODIFICATION
FACTS = {kind: load_facts(example(kind.value)) for kind in (A, B)}


def cleared(facts: CaseFacts, overrides: Mapping[str, str] | None = None) -> None:
    require_clearance(determine(facts).of(facts.kind), overrides or {})


def refused(facts: CaseFacts, overrides: Mapping[str, str] | None = None) -> list[str]:
    """The codes of what still stands in the way, or of overrides that are not accepted; none if it is cleared."""
    try:
        cleared(facts, overrides)
    except (GatesNotCleared, OverrideRefused) as refusal:
        return [fault.code for fault in refusal.faults]
    return []


def test_the_examples_need_no_lifting() -> None:
    assert [refused(facts) for facts in FACTS.values()] == [[], []]


def test_an_advisory_that_blocks_stands_in_the_way_as_a_gate_does() -> None:
    with pytest.raises(GatesNotCleared) as refusal:
        cleared(altered(FACTS[B], "/service/0/method", ServiceMethod.EFLEX))
    fault = refusal.value.faults[0]
    assert (fault.code, fault.pointer) == ("service_after_final_order", "/service/0/method")
    assert "Serve the party in person" in fault.message


def test_an_attorney_lifts_an_advisory_by_its_code() -> None:
    facts = altered(FACTS[B], "/service", FACTS[B].service[:1])
    assert refused(facts) == ["party_not_served"]
    assert refused(facts, {"party_not_served": "The other parent waived service in open court."}) == []


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"service_after_final_order": "We always do."}, "override_not_allowed"),
        ({"party_not_served": "Not so."}, "override_not_needed"),
        ({"G99": "No such gate."}, "override_not_needed"),
    ],
)
def test_an_override_of_what_may_not_be_lifted_is_refused(overrides: Mapping[str, str], code: str) -> None:
    with pytest.raises(OverrideRefused) as refusal:
        cleared(altered(FACTS[B], "/service/0/method", ServiceMethod.EFLEX), overrides)
    assert [fault.code for fault in refusal.value.faults] == [code]


def test_a_reason_in_blanks_is_no_reason() -> None:
    with pytest.raises(OverrideRefused) as refusal:
        cleared(altered(FACTS[A], "/custodial_party_coverage/status", CoverageStatus.SATISFACTORY), {"G07": "  "})
    assert refusal.value.faults[0].code == "override_without_reason"


def test_a_gate_that_only_leaves_a_ground_out_may_be_lifted_though_it_does_not_stop_the_filing() -> None:
    facts = altered(FACTS[B], "/custodial_party_coverage/status", CoverageStatus.SATISFACTORY)
    assert refused(facts) == []
    assert refused(facts, {"G07": "The plan is about to end."}) == []
    assert refused(facts, {"G07": " "}) == ["override_without_reason"]
