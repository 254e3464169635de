"""Rounding and division of money lose nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.money import CENT, apportion, cents, percentages, whole_dollars

SUMS = st.decimals(min_value=0, max_value=100_000, places=2)
WEIGHTS = st.lists(st.decimals(min_value=0, max_value=50_000, places=2), min_size=1, max_size=5).filter(any)


@pytest.mark.parametrize(("exact", "rounded"), [("0.005", "0.01"), ("119.394", "119.39"), ("2.675", "2.68")])
def test_cents_are_rounded_half_up(exact: str, rounded: str) -> None:
    assert cents(Decimal(exact)) == Decimal(rounded)


@given(SUMS)
def test_an_obligation_is_cut_down_to_the_dollar_and_written_with_cents(amount: Decimal) -> None:
    cut = whole_dollars(amount)
    assert cut <= amount < cut + 1
    assert cut.as_tuple().exponent == -2
    assert cut % 1 == 0


@given(SUMS, WEIGHTS)
def test_parts_sum_to_the_whole_and_stay_within_a_cent_of_their_weight(total: Decimal, weights: list[Decimal]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < CENT


@given(WEIGHTS)
def test_shares_in_percent_sum_to_exactly_a_hundred(weights: list[Decimal]) -> None:
    shares = percentages(weights)
    assert sum(shares) == Decimal("100.00")
    assert all(share >= 0 for share in shares)


@pytest.mark.parametrize("weights", [[], ["0"], ["5", "-1"]])
def test_weights_that_divide_nothing_are_refused(weights: list[str]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        apportion(Decimal("1.00"), [Decimal(weight) for weight in weights])


def test_a_total_with_parts_of_a_cent_is_refused() -> None:
    with pytest.raises(ValueError, match="cents"):
        apportion(Decimal("0.001"), [Decimal(1)])
