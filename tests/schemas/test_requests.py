"""Orders to release and to void, read or refused."""

import pytest

from schemas.requests import load_release_order, load_void_order
from service.errors import FactsRefused

DIGESTS = {"facts_digest": "a" * 64, "documents_digest": "0" * 64}


def test_a_release_order_names_digests_and_reasons() -> None:
    order = load_release_order({**DIGESTS, "overrides": {"G07": "Coverage ends next month."}})
    assert (order.facts_digest, order.overrides) == ("a" * 64, {"G07": "Coverage ends next month."})


def test_a_release_order_without_overrides_lifts_nothing() -> None:
    assert load_release_order(DIGESTS).overrides == {}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({}, [("missing_field", "/facts_digest"), ("missing_field", "/documents_digest")]),
        ({**DIGESTS, "facts_digest": "A" * 64}, [("not_a_digest", "/facts_digest")]),
        ({**DIGESTS, "overrides": None}, [("missing_field", "/overrides")]),
        ({**DIGESTS, "overrides": ["G07"]}, [("wrong_type", "/overrides")]),
        ({**DIGESTS, "overrides": {"G07": 1}}, [("wrong_type", "/overrides")]),
        ({**DIGESTS, "override": {}}, [("unknown_field", "/override")]),
    ],
)
def test_a_faulty_release_order_is_refused_with_every_fault(
    document: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(FactsRefused) as refused:
        load_release_order(document)
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == expected


def test_a_filing_is_voided_for_a_reason() -> None:
    assert load_void_order({"reason": "Settled."}).reason == "Settled."
    with pytest.raises(FactsRefused) as refused:
        load_void_order({"reason": " "})
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [("blank", "/reason")]
