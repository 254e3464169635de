"""The form in which figures are shown: a table of steps under the authority they follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service.law.authorities import authority
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationRow:
    """One step: what it is, how it is reached, and the result as it is printed."""

    label: str
    expression: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationTable:
    """The steps of one figure and the authority they follow; ``standing`` is the least certain of its authorities.

    ``rests_on`` are the ids of these, where they are more than the papers of the case.
    """

    title: str
    authority: str
    standing: str
    rows: tuple[CalculationRow, ...]
    rests_on: tuple[str, ...] = ()

    def under(self, confirmed: Confirmations) -> "CalculationTable":
        """The same table, each of its authorities marked as the office has confirmed it or not."""
        if not self.rests_on:
            return self
        return replace(self, authority="; ".join(authority(name).marked(confirmed) for name in self.rests_on))


def cited_table(title: str, authorities: Sequence[str], rows: Sequence[CalculationRow]) -> CalculationTable:
    """A table under the authorities of these ids, each marked unless it is certain."""
    uncertainty = list(Standing)
    table = CalculationTable(
        title=title,
        authority="",
        standing=max((authority(name).standing for name in authorities), key=uncertainty.index).value,
        rows=tuple(rows),
        rests_on=tuple(authorities),
    )
    return table.under(NONE_CONFIRMED)


def step(label: str, expression: str, amount: str) -> CalculationRow:
    """One row of a table."""
    return CalculationRow(label=label, expression=expression, amount=amount)


def as_dollars(amount: Decimal) -> str:
    """``$1,234.50``, as the page prints it."""
    return f"${amount:,.2f}" if amount >= 0 else f"-${-amount:,.2f}"


def as_percent(share: Decimal) -> str:
    """``26.76%``, without idle zeros."""
    return f"{share.normalize():f}%"
