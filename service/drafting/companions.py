"""The papers of one filing, as each of them speaks of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.drafting.wording import series
from service.law.documents import DOCUMENTS_OF_KIND
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole

_MEMBERS = {plan.name: plan.name.replace("-", "_") for plans in DOCUMENTS_OF_KIND.values() for plan in plans}
"""Every document there is, by name, and what templates call it."""

_NOT_SERVED = {"domestic-relations-cover-sheet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """``served`` names the papers served together, ``filed`` says by template names which there are.

    ``pleading`` says besides which one the others go with. Where none is served, or none leads, each stands for itself.
    """

    served: str | None
    filed: Mapping[str, bool]
    pleading: Mapping[str, Any] | None

    def served_with(self, plan: DocumentPlan) -> str:
        """The papers that are served together: all public ones but the clerk's cover sheet (Ark. R. Civ. P. 5(a))."""
        return _served_as(plan) if self.served is None else self.served

    def filed_with(self, plan: DocumentPlan) -> Mapping[str, Any]:
        """Which papers belong to this filing, by name with underscores, and the pleading that the others go with."""
        return {**self.filed, **_leading(plan)} if self.pleading is None else self.pleading


def companions(documents: Sequence[DocumentPlan]) -> Companions:
    """What the papers of a filing with these documents say of each other."""
    planned = {plan.name for plan in documents}
    filed = {member: name in planned for name, member in _MEMBERS.items()}
    pleadings = [plan for plan in documents if plan.role is DocumentRole.PLEADING]
    public = [plan for plan in documents if plan.audience is DocumentAudience.PUBLIC]
    served = [_served_as(plan) for plan in public if plan.name not in _NOT_SERVED]
    return Companions(
        served=series(served) if served else None,
        filed=filed,
        pleading={**filed, **_leading(pleadings[-1])} if pleadings else None,
    )


def _served_as(plan: DocumentPlan) -> str:
    """An order that no judge has signed is called a proposed one."""
    return f"proposed {plan.title}" if plan.role is DocumentRole.PROPOSED_ORDER else plan.title


def _leading(plan: DocumentPlan) -> Mapping[str, Any]:
    return {"pleading": plan.title, "complaint": plan.name.startswith("complaint")}
