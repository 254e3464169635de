"""The children's health care: what coverage there is, what can be had at what cost, and what is asked for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from service.drafting.children import child_labels, children
from service.drafting.redaction import public_text
from service.drafting.wording import DOLLARS_TO_FILL, capitalised, closed, dollars, percent, quoted_at_end, series
from service.facts.case import CaseFacts
from service.facts.children import Coverage
from service.facts.parties import Employment, HealthPlan
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import (
    Certainty,
    CoverageSource,
    CoverageStatus,
    CoverageType,
    EmploymentKind,
    MedicalProvisionKind,
    MedicalSupportRequest,
)
from service.law.guideline import ReasonableCost, reasonable_cost, reasonable_limit
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import OfferedCoverage, granted_request, offer, pleaded_children

_COVERAGES = {
    CoverageType.MEDICAL: "medical",
    CoverageType.DENTAL: "dental",
    CoverageType.VISION: "vision",
    CoverageType.PRESCRIPTION_DRUG: "prescription drug",
    CoverageType.MENTAL_HEALTH: "mental health",
    CoverageType.OTHER: "other health",
}

_SOURCES = {
    CoverageSource.PUBLIC: "public health coverage",
    CoverageSource.CUSTODIAL_PARTY: "health coverage through the Custodial Party",
    CoverageSource.NONCUSTODIAL_PARENT: "health coverage through the Noncustodial Parent",
    CoverageSource.OTHER: "health coverage from another source",
}

_PROVIDERS = {
    CoverageSource.PUBLIC: "by a public program",
    CoverageSource.CUSTODIAL_PARTY: "by the Custodial Party",
    CoverageSource.NONCUSTODIAL_PARENT: "by the Noncustodial Parent",
    CoverageSource.OTHER: "by another source",
}

_RELATIONS = {
    EmploymentKind.EMPLOYER: "is employed by",
    EmploymentKind.UNION: "is a member of",
    EmploymentKind.OTHER: "may obtain group benefits through",
}

_REQUESTS = {
    MedicalSupportRequest.SECURE: (
        "by coverage through the Noncustodial Parent and, until that coverage begins, by cash medical support"
    ),
    MedicalSupportRequest.MAINTAIN: "by directing that the present coverage be maintained",
    MedicalSupportRequest.CASH: "by cash medical support from the Noncustodial Parent until coverage is available",
    None: "by accessible coverage at reasonable cost, or by cash medical support until there is such coverage",
}


@once_for_a_case
def health_care(facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> Mapping[str, Any]:
    """Everything the templates say of medical support; the request chooses which of their branches is printed."""
    wanted = facts.medical_support
    request = granted_request(facts, lifted)
    income = facts.noncustodial_parent.gross_monthly_income
    limit = None if income is None else reasonable_limit(income, facts.filing_date)
    kept = request is None and _order_provides(facts)
    return {
        "secure": request is MedicalSupportRequest.SECURE,
        "maintain": request is MedicalSupportRequest.MAINTAIN,
        "cash_only": request is MedicalSupportRequest.CASH,
        "coverage_open": offer(facts).coverage is OfferedCoverage.AVAILABLE,
        "kept": kept,
        "cash_until_coverage": request is not MedicalSupportRequest.CASH and not kept,
        "coverages": coverage_words(() if wanted is None else wanted.coverages),
        "persons": _persons(facts),
        "benefits": tuple(_benefit(facts, employment) for employment in facts.noncustodial_parent.employments),
        "limit_known": limit is not None,
        "limit": "" if limit is None else dollars(limit),
        "income": "" if income is None else dollars(income),
        "for_whom": _for_whom(facts),
        **_cash(None if wanted is None else wanted.cash_monthly, limit),
        **_maintainer(facts, request),
        "conclusion": _conclusion(facts, request),
    }


def coverage_words(coverages: Sequence[CoverageType]) -> str:
    """``medical, prescription drug, and dental coverage``."""
    return f"{series([_COVERAGES[coverage] for coverage in coverages])} coverage" if coverages else "health coverage"


def _persons(facts: CaseFacts) -> tuple[Mapping[str, Any], ...]:
    labels = child_labels(facts)
    return (
        _person(facts, "The Custodial Party", facts.custodial_party_coverage),
        *(_person(facts, label, child.coverage) for label, child in zip(labels, facts.children, strict=True)),
    )


def _person(facts: CaseFacts, who: str, coverage: Coverage) -> Mapping[str, Any]:
    none = coverage.status is CoverageStatus.NONE
    description = "" if none else public_text(facts, coverage.description or "")
    return {
        "who": who,
        "none": none,
        "unknown": coverage.status is CoverageStatus.UNKNOWN,
        "satisfactory": coverage.status is CoverageStatus.SATISFACTORY,
        "source": "health coverage" if coverage.source is None else _SOURCES[coverage.source],
        "described": bool(description),
        "description": quoted_at_end(description) if description else "",
    }


def _benefit(facts: CaseFacts, employment: Employment) -> Mapping[str, Any]:
    plan = employment.plan
    cost = reasonable_cost(facts.noncustodial_parent.gross_monthly_income, plan, facts.filing_date)
    return {
        "relation": closed(f"{_RELATIONS[employment.kind]} {employment.name}"),
        "offered_unknown": employment.dependent_coverage is Certainty.UNKNOWN,
        "not_offered": employment.dependent_coverage is Certainty.NO,
        "plan_known": plan is not None,
        "plan": "" if plan is None else plan.name,
        "coverages": "" if plan is None else coverage_words(plan.coverages),
        "accessible": plan is not None and plan.accessible is Certainty.YES,
        "not_accessible": plan is not None and plan.accessible is Certainty.NO,
        **_premiums(plan),
        **_test(cost),
    }


def _premiums(plan: HealthPlan | None) -> Mapping[str, Any]:
    if plan is None or plan.monthly_premium_self is None or plan.monthly_premium_with_children is None:
        return {"cost_known": False}
    return {
        "cost_known": True,
        "premium_self": dollars(plan.monthly_premium_self),
        "premium_with_children": dollars(plan.monthly_premium_with_children),
        "added_cost": dollars(plan.monthly_premium_with_children - plan.monthly_premium_self),
    }


def _test(cost: ReasonableCost | None) -> Mapping[str, Any]:
    if cost is None or cost.percent is None:
        return {"tested": False}
    return {
        "tested": True,
        "income": dollars(cost.gross_income),
        "percent": percent(cost.percent),
        "limit": dollars(cost.limit),
        "limit_percent": percent(cost.limit_percent),
        "reasonable": cost.is_reasonable,
    }


def _cash(monthly: Decimal | None, limit: Decimal | None) -> Mapping[str, str]:
    if monthly is not None:
        stated = f"{dollars(monthly)} a month"
        return {"cash": stated, "cash_ordered": stated}
    if limit is None:
        return {"cash": "an amount that the Court finds reasonable", "cash_ordered": f"{DOLLARS_TO_FILL} a month"}
    most = f"not more than {dollars(limit)} a month"
    return {
        "cash": f"an amount that the Court finds reasonable, {most}",
        "cash_ordered": f"{DOLLARS_TO_FILL} a month ({most})",
    }


def _maintainer(facts: CaseFacts, request: MedicalSupportRequest | None) -> Mapping[str, Any]:
    sources = list(dict.fromkeys(child.coverage.source for child in facts.children))
    by_noncustodial = CoverageSource.NONCUSTODIAL_PARENT in sources
    if request is not MedicalSupportRequest.MAINTAIN:
        who = "the Noncustodial Parent"
    elif by_noncustodial and len(sources) > 1:
        who = "each parent who provides it"
    else:
        who = "the Noncustodial Parent" if by_noncustodial else "the Custodial Party"
    named = [_PROVIDERS[source] for source in sources if source is not None]
    return {
        "maintainer": who,
        "maintainer_first": capitalised(who),
        "maintained_by_noncustodial": by_noncustodial,
        "provided": series(named) if named else "by another source",
    }


def _order_provides(facts: CaseFacts) -> bool:
    order = facts.controlling_order
    return order is not None and order.medical_provision.kind is not MedicalProvisionKind.NONE


def _conclusion(facts: CaseFacts, request: MedicalSupportRequest | None) -> str:
    """What the allegations lead up to, in one sentence."""
    possessive = children(facts)["possessive"]
    return f"The Order should provide for the {possessive} health care {_REQUESTS[request]}."


def _for_whom(facts: CaseFacts) -> str:
    """``the children``, or by initials the ones for whom coverage is asked where others have it already."""
    places = pleaded_children(facts)
    if len(places) == len(facts.children):
        return f"the {children(facts)['noun']}"
    labels = child_labels(facts)
    return series([labels[place] for place in places])
