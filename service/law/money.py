"""Dollars and cents without loss: rounding half up, and division into parts that sum to the whole."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
DOLLAR = Decimal(1)
HUNDRED = Decimal(100)
ZERO = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def whole_dollars(amount: Decimal) -> Decimal:
    """The amount rounded down to the whole dollar, written with two places (Administrative Order No. 10 § II)."""
    return amount.quantize(DOLLAR, rounding=ROUND_DOWN).quantize(CENT)


def apportion(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide ``total`` by ``weights`` into parts of whole cents that sum to it exactly.

    Every part is first rounded down to the cent; the cents left over go to the largest remainders, earlier parts first
    among equals.

    Raises:
        ValueError: the weights are negative or sum to nothing, or the total is no whole number of cents.
    """
    whole = sum(weights, Decimal())
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights must not be negative, and one must be more than zero.")
    if total != cents(total):
        raise ValueError("A total to be divided must be a whole number of cents.")
    exact = [total * weight / whole for weight in weights]
    parts = [share.quantize(CENT, rounding=ROUND_DOWN) for share in exact]
    left = int((total - sum(parts, Decimal())) / CENT)
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[:left]:
        parts[place] += CENT
    return tuple(parts)


def percentages(weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Shares in percent with two places that sum to exactly 100.00.

    Raises:
        ValueError: the weights are negative or sum to nothing.
    """
    return apportion(HUNDRED.quantize(CENT), weights)
