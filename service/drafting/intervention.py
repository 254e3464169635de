"""The words of a motion to intervene in a private case, and of the order on it (Ark. R. Civ. P. 24)."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context, order_context
from service.drafting.orders import order_recital


def motion_to_intervene(assignment: Assignment) -> Mapping[str, Any]:
    """The grounds; the pleading that states the claim goes with it (Rule 24(c))."""
    facts = assignment.facts
    return {
        **common_context(assignment),
        "orders": tuple(order_recital(facts, order) for order in facts.orders),
    }


def order_granting_intervention(assignment: Assignment) -> Mapping[str, Any]:
    """Leave to intervene, for the judge to sign; nothing is decided on the claim itself."""
    return {**common_context(assignment), **order_context(assignment.facts)}
