"""Which medical support is asked for, and what the law leaves of it: new coverage, coverage that exists, or cash."""

from dataclasses import dataclass
from enum import StrEnum

from service.facts.case import CaseFacts
from service.facts.vocabulary import (
    Certainty,
    CoverageStatus,
    FilingKind,
    MedicalSupportRequest,
    ModificationGround,
)
from service.law.governing import governing_order
from service.law.guideline import offered_coverage, reasonable_cost
from service.law.lifting import NONE_LIFTED, Lifted

HEALTH_GROUNDS = frozenset({ModificationGround.HEALTH_CARE_NEED, ModificationGround.LOSS_OF_COVERAGE})


class CoverageNeed(StrEnum):
    """Whether new coverage may be asked for; each word is a ruling of gate G07."""

    LACKING = "lacking"
    CUSTODIAL_PARTY_COVERED = "custodial_party_covered"
    CHILDREN_COVERED = "children_covered"
    SOME_CHILDREN_COVERED = "some_children_covered"
    UNKNOWN = "unknown"

    @property
    def refuses_new_coverage(self) -> bool:
        """Whether existing coverage shuts out a request for new coverage."""
        return self in {CoverageNeed.CUSTODIAL_PARTY_COVERED, CoverageNeed.CHILDREN_COVERED}


class OfferedCoverage(StrEnum):
    """What the noncustodial parent is offered for the children; each word is a ruling of gate G08."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    TOO_COSTLY = "too_costly"
    OUT_OF_REACH = "out_of_reach"
    UNKNOWN = "unknown"
    COST_UNKNOWN = "cost_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered, and the JSON Pointers it was read from."""

    coverage: OfferedCoverage
    facts: tuple[str, ...]

    @property
    def turns_to_cash(self) -> bool:
        """Whether cash is asked for until such coverage becomes available (45 C.F.R. § 303.31(b)(2))."""
        return self.coverage in {
            OfferedCoverage.UNAVAILABLE,
            OfferedCoverage.TOO_COSTLY,
            OfferedCoverage.OUT_OF_REACH,
        }


def coverage_need(facts: CaseFacts) -> CoverageNeed:
    """Whether custodial party and children lack satisfactory coverage; a certain bar goes before an unknown."""
    statuses = [child.coverage.status for child in facts.children]
    own = facts.custodial_party_coverage.status
    if own is CoverageStatus.SATISFACTORY:
        return CoverageNeed.CUSTODIAL_PARTY_COVERED
    if statuses and all(status is CoverageStatus.SATISFACTORY for status in statuses):
        return CoverageNeed.CHILDREN_COVERED
    if CoverageStatus.UNKNOWN in {own, *statuses}:
        return CoverageNeed.UNKNOWN
    if CoverageStatus.SATISFACTORY in statuses:
        return CoverageNeed.SOME_CHILDREN_COVERED
    return CoverageNeed.LACKING


def offer(facts: CaseFacts) -> Offer:
    """What the noncustodial parent's employers and unions offer for the children, and at what cost."""
    at = "/noncustodial_parent/employments"
    employments = facts.noncustodial_parent.employments
    answers = tuple(f"{at}/{place}/dependent_coverage" for place in range(len(employments))) or (at,)
    best = offered_coverage(facts)
    if best is None:
        none_offered = bool(employments) and all(item.dependent_coverage is Certainty.NO for item in employments)
        return Offer(
            coverage=OfferedCoverage.UNAVAILABLE if none_offered else OfferedCoverage.UNKNOWN,
            facts=answers,
        )
    place, employment = best
    plan = employment.plan
    cost = reasonable_cost(facts.noncustodial_parent.gross_monthly_income, plan, facts.filing_date)
    read = (f"{at}/{place}/dependent_coverage", f"{at}/{place}/plan", "/noncustodial_parent/gross_monthly_income")
    if plan is not None and plan.accessible is Certainty.NO:
        return Offer(coverage=OfferedCoverage.OUT_OF_REACH, facts=(f"{at}/{place}/plan/accessible",))
    if cost is not None and not cost.is_reasonable:
        return Offer(coverage=OfferedCoverage.TOO_COSTLY, facts=read)
    if cost is None or plan is None or plan.accessible is Certainty.UNKNOWN:
        return Offer(coverage=OfferedCoverage.COST_UNKNOWN, facts=read)
    return Offer(coverage=OfferedCoverage.AVAILABLE, facts=read)


def asked_request(facts: CaseFacts, kind: FilingKind) -> MedicalSupportRequest | None:
    """What this kind of filing asks for: the request stated, else what the coverage on file allows.

    ``None`` for a motion to modify that asks for no medical support at all.
    """
    if facts.medical_support is not None:
        return facts.medical_support.request
    if kind is FilingKind.MODIFICATION and not HEALTH_GROUNDS.intersection(asked_grounds(facts)):
        return None
    return _instead(facts) if coverage_need(facts).refuses_new_coverage else MedicalSupportRequest.SECURE


def granted_request(facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> MedicalSupportRequest | None:
    """The medical support to draft for the kind that the facts name, after gates G07, G08 and G11.

    A request for new coverage turns to cash where the noncustodial parent is offered none that is accessible and
    reasonable in cost; the prayer then adds coverage "when it becomes available". In a motion that lives on another
    ground it turns to what may be asked where existing coverage shuts new coverage out, unless an attorney has lifted
    that gate. A request that alone carries the filing stays as it was made: the gate blocks it, and an attorney who
    lifts the gate means that request.

    ``None`` if the filing asks for no medical support.
    """
    asked = asked_request(facts, facts.kind)
    if asked is not MedicalSupportRequest.SECURE:
        return asked
    shut_out = coverage_need(facts).refuses_new_coverage and "G07" not in lifted
    if shut_out and _lives_on_another_ground(facts):
        return _instead(facts)
    return MedicalSupportRequest.CASH if offer(facts).turns_to_cash else asked


def pleaded_children(facts: CaseFacts) -> tuple[int, ...]:
    """Places in ``CaseFacts.children`` of those for whom new coverage is asked: not the ones already well covered.

    All children where the request is not for new coverage, or where all are covered and the attorney lifts the gate.
    """
    everyone = tuple(range(len(facts.children)))
    if asked_request(facts, facts.kind) is not MedicalSupportRequest.SECURE:
        return everyone
    lacking = tuple(
        place for place, child in enumerate(facts.children) if child.coverage.status is not CoverageStatus.SATISFACTORY
    )
    return lacking or everyone


def asked_grounds(facts: CaseFacts) -> tuple[ModificationGround, ...]:
    """The grounds stated; facts of another kind are read as resting on the child's health-care need."""
    if facts.modification is None:
        return (ModificationGround.HEALTH_CARE_NEED,)
    return facts.modification.grounds


def _instead(facts: CaseFacts) -> MedicalSupportRequest:
    covered = [child.coverage.status is CoverageStatus.SATISFACTORY for child in facts.children]
    return MedicalSupportRequest.MAINTAIN if all(covered) else MedicalSupportRequest.CASH


def _lives_on_another_ground(facts: CaseFacts) -> bool:
    return (
        facts.kind is FilingKind.MODIFICATION
        and governing_order(facts) is not None
        and bool(set(asked_grounds(facts)) - HEALTH_GROUNDS)
    )
