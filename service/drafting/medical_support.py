"""The words of a complaint for medical support, its summons and its proposed order."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context, order_context
from service.drafting.health_care import health_care
from service.drafting.orders import order_recital
from service.drafting.qualified_order import qualified_order
from service.drafting.support_amount import income_findings, shares_of_cost
from service.facts.vocabulary import PartyRole
from service.law.protected_addresses import address_withheld

WITHHELD = "[address withheld; on file with the Office of Child Support Enforcement]"


def complaint(assignment: Assignment) -> Mapping[str, Any]:
    """Two counts, coverage and cash medical support, and a prayer that names every relief (Ark. R. Civ. P. 54(c))."""
    facts = assignment.facts
    return {
        **common_context(assignment),
        "medical": health_care(facts, assignment.presentation.lifted),
        "orders": tuple(order_recital(facts, order) for order in facts.orders),
    }


def summons(assignment: Assignment) -> Mapping[str, Any]:
    """The summons in the adopted form, to the noncustodial parent (Ark. R. Civ. P. 4(b))."""
    facts = assignment.facts
    parent = facts.noncustodial_parent
    withheld = address_withheld(facts, PartyRole.NONCUSTODIAL_PARENT)
    context = common_context(assignment)
    caption = context["caption"]
    return {
        **context,
        "caption": {**caption, "court": caption["court"].removeprefix("IN ")},
        "summoned": {
            "name": parent.name.full,
            "postal_lines": (WITHHELD,) if withheld else tuple(parent.address.postal_lines),
        },
    }


def proposed_order(assignment: Assignment) -> Mapping[str, Any]:
    """Findings and terms of medical support for the judge to sign."""
    facts = assignment.facts
    return {
        **common_context(assignment),
        **order_context(facts),
        "medical": health_care(facts, assignment.presentation.lifted),
        "findings": income_findings(facts),
        "shares": shares_of_cost(facts),
        "qualified": qualified_order(facts, assignment.plan.audience, assignment.presentation.lifted),
    }
