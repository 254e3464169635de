"""Which of the orders in a case governs what is filed now, and where it stands in the facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.case import CaseFacts
from service.facts.orders import SupportOrder, UninsuredTerm
from service.facts.vocabulary import MedicalProvisionKind

HOME_STATE = "AR"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOrder:
    """An order with the JSON Pointer at which the facts have it."""

    at: str
    order: SupportOrder

    @property
    def is_arkansas(self) -> bool:
        """Whether a court of this State entered it."""
        return self.order.state == HOME_STATE

    @property
    def provides_medical_support(self) -> bool:
        """Whether it orders health insurance or cash medical support."""
        return self.order.medical_provision.kind is not MedicalProvisionKind.NONE


def placed_orders(facts: CaseFacts) -> tuple[PlacedOrder, ...]:
    """Every order relied on, with its pointer."""
    return tuple(PlacedOrder(at=f"/orders/{place}", order=order) for place, order in enumerate(facts.orders))


def governing_order(facts: CaseFacts) -> PlacedOrder | None:
    """The order marked as controlling; ``None`` if there is no order, or none is marked."""
    return _controlling(placed_orders(facts))


def uninsured_order(facts: CaseFacts) -> PlacedOrder | None:
    """The order whose terms divide uninsured expenses: the controlling one, else the latest that has such terms.

    An order keeps its other terms when a later one changes some of them, so a controlling order that is silent does
    not undo an earlier division.
    """
    dividing = [placed for placed in placed_orders(facts) if divides(placed.order.uninsured_expenses)]
    return _controlling(dividing) or max(
        dividing, key=lambda placed: (placed.order.entered_on, placed.order.id), default=None
    )


def noticed_order(facts: CaseFacts) -> PlacedOrder | None:
    """The order a medical support notice carries out: the one it names, else the controlling one."""
    if facts.notice is None:
        return governing_order(facts)
    return next((placed for placed in placed_orders(facts) if placed.order.id == facts.notice.order), None)


def divides(term: UninsuredTerm | None) -> bool:
    """Whether the term says what the noncustodial parent owes, by percentage or by sum."""
    return term is not None and (term.payor_percent is not None or term.payor_amount is not None)


def _controlling(orders: Sequence[PlacedOrder]) -> PlacedOrder | None:
    return next((placed for placed in orders if placed.order.controlling), None)
