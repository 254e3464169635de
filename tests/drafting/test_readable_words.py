"""What a lawyer would strike: citations as sentences within a prayer, lists nobody reads, orders nobody has signed."""

import re
from typing import Any

import pytest

from tests.builders import FAMILIES, changed, example
from tests.drafting.conftest import Reader


def with_payments(number: int) -> dict[str, Any]:
    """The claim with so many expenses, of each of which fifty dollars were paid on the same day."""
    document = example("uninsured_claim")
    paid = [{"on": "2026-07-30", "amount": "50.00"}]
    claim = {**document["claims"][0], "payments_received": paid}
    return changed(document, "/claims", [{**claim, "id": f"claim-{place}"} for place in range(number)])


@pytest.mark.parametrize("kind", FAMILIES)
def test_no_item_of_a_prayer_holds_a_sentence_of_its_own(read: Reader, kind: str) -> None:
    for text in read(example(kind)).values():
        items = [line for line in text.splitlines() if re.search(r"(;|; and)$", line) and line[0].islower()]
        assert not [item for item in items if re.search(r"\. (Ark\. Code|\d+ (U\.S\.C|C\.F\.R)\.)", item)]


@pytest.mark.parametrize("kind", FAMILIES)
def test_a_certificate_calls_an_unsigned_order_proposed(read: Reader, kind: str) -> None:
    for text in read(example(kind)).values():
        served = re.findall(r"with their exhibits, .*", text)
        assert all(
            "proposed Order" in line and not re.search(r"(?<!proposed )Order (and|for|Mod)", line) for line in served
        )


def test_few_payments_are_named_one_by_one(read: Reader) -> None:
    motion = read(with_payments(8))["motion-uninsured-expenses"]
    assert motion.count("$50.00 on July 30, 2026") == 8
    assert "has paid $400.00 toward it (" in motion


def test_many_payments_are_summed_up(read: Reader) -> None:
    papers = read(with_payments(45))
    summed = "$2,250.00 toward {} (45 payments on July 30, 2026, which the Itemized Statement shows line by line)"
    for name, toward in (("motion-uninsured-expenses", "it"), ("affidavit-of-account", "these expenses")):
        assert summed.format(toward) in papers[name]
        assert "$50.00 on July 30, 2026" not in papers[name]
    assert papers["itemized-statement"].count("$50.00 on July 30, 2026") == 45


def test_a_sum_is_rounded_down_to_the_whole_dollar(read: Reader) -> None:
    papers = read(example("modification"))
    assert "and, rounded down to the whole dollar, is $668.00" in papers["brief-supporting-statement"]
    assert "Rounded down to the whole dollar" in papers["child-support-worksheet"]
