"""The words of a motion to modify, its brief supporting statement and its proposed order."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context, order_context
from service.drafting.health_care import health_care
from service.drafting.orders import order_recital
from service.drafting.qualified_order import qualified_order
from service.drafting.support_amount import (
    amount_computed,
    changes_in_income,
    effective_date,
    income_findings,
    shares_of_cost,
)
from service.drafting.wording import roman
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import ModificationGround
from service.law.grounds import granted_grounds
from service.law.lifting import Lifted

_IN_ORDER = (
    ModificationGround.HEALTH_CARE_NEED,
    ModificationGround.LOSS_OF_COVERAGE,
    ModificationGround.INCOME_CHANGE,
    ModificationGround.PERIODIC_REVIEW,
)
_OPENS_THE_AMOUNT = {ModificationGround.INCOME_CHANGE, ModificationGround.PERIODIC_REVIEW}


def motion_to_modify(assignment: Assignment) -> Mapping[str, Any]:
    """One count for each ground that the gates let stand, the computation, and the prayer."""
    grounds = _grounds(assignment)
    return {
        **_modification_context(assignment),
        "counts": {ground.value: f"COUNT {roman(number)}" for number, ground in enumerate(grounds, start=1)},
    }


def brief_supporting_statement(assignment: Assignment) -> Mapping[str, Any]:
    """Facts and law in short, one point for each ground (Ark. R. Civ. P. 7(b)(2))."""
    grounds = _grounds(assignment)
    amount = ["amount"] if _opens_the_amount(grounds) else []
    points = [*(ground.value for ground in grounds), *amount, "effective_date"]
    return {
        **_modification_context(assignment),
        "points": {point: roman(number) for number, point in enumerate(points, start=1)},
    }


def proposed_order(assignment: Assignment) -> Mapping[str, Any]:
    """Findings and terms for the judge to sign; what the facts do not hold is a line to fill."""
    facts = assignment.facts
    return {
        **_modification_context(assignment),
        **order_context(facts),
        "findings": income_findings(facts),
        "shares": shares_of_cost(facts),
        "effective": effective_date(facts),
        "qualified": qualified_order(facts, assignment.plan.audience, assignment.presentation.lifted),
    }


def _modification_context(assignment: Assignment) -> Mapping[str, Any]:
    return {**common_context(assignment), **_of_the_motion(assignment.facts, assignment.presentation.lifted)}


@once_for_a_case
def _of_the_motion(facts: CaseFacts, lifted: Lifted) -> Mapping[str, Any]:
    grounds = _in_order(facts, lifted)
    return {
        "order": order_recital(facts, facts.controlling_order),
        "medical": health_care(facts, lifted),
        "grounds": {ground.value: ground in grounds for ground in ModificationGround},
        "incomes": changes_in_income(facts, in_issue=ModificationGround.INCOME_CHANGE in grounds),
        "worksheet": amount_computed(facts, in_issue=_opens_the_amount(grounds)),
    }


def _opens_the_amount(grounds: Sequence[ModificationGround]) -> bool:
    return not _OPENS_THE_AMOUNT.isdisjoint(grounds)


def _grounds(assignment: Assignment) -> list[ModificationGround]:
    return _in_order(assignment.facts, assignment.presentation.lifted)


def _in_order(facts: CaseFacts, lifted: Lifted) -> list[ModificationGround]:
    granted = granted_grounds(facts, lifted)
    return [ground for ground in _IN_ORDER if ground in granted]
