"""The grounds of a motion to modify: which stand, which fall, and which wait for a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import FilingKind, MedicalSupportRequest, ModificationGround
from service.law.calendar import anniversary
from service.law.editions import Subject, edition_in_force
from service.law.gate_rules import Ruling
from service.law.governing import PlacedOrder, governing_order
from service.law.guideline import income_changes
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import HEALTH_GROUNDS, asked_grounds, asked_request, coverage_need
from service.law.worksheet import reserve_applies, worksheet_gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The grounds asked for, and by ground the gates that shut it out."""

    asked: tuple[ModificationGround, ...]
    shut_out: Mapping[ModificationGround, tuple[str, ...]]

    @property
    def remaining(self) -> tuple[ModificationGround, ...]:
        """The grounds that no gate shuts out, in the order asked."""
        return tuple(ground for ground in self.asked if ground not in self.shut_out)

    @property
    def some_remain(self) -> bool:
        """Whether a gate that shuts a ground out only drops it, because the motion lives on another."""
        return bool(self.remaining)


def weigh_grounds(facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> Grounds:
    """Weigh each ground asked for against gates G07, G15 and G16; a gate that an attorney has lifted shuts none out."""
    asked = asked_grounds(facts)
    shut_out = {
        ground: gates
        for ground in asked
        if (gates := tuple(gate for gate in _shut_out_by(facts, ground) if gate not in lifted))
    }
    return Grounds(asked=asked, shut_out=MappingProxyType(shut_out))


@once_for_a_case
def granted_grounds(facts: CaseFacts, lifted: Lifted = NONE_LIFTED) -> tuple[ModificationGround, ...]:
    """The grounds to draft: those that stand, or all asked for if none does.

    A motion with no ground left is blocked; if an attorney lifts the gates, it is drafted as it was asked for.
    """
    grounds = weigh_grounds(facts, lifted)
    return grounds.remaining or grounds.asked


def income_ruling(facts: CaseFacts, *, dropped: bool) -> Ruling:
    """Whether changed income is a ground: twenty percent of either parent's gross income as the order found it."""
    changes = income_changes(facts)
    read = tuple(pointer for change in changes for pointer in (change.now_at, change.found_at))
    if not any(change.is_enough for change in changes):
        if any(change.is_enough is None for change in changes):
            unknown = tuple(
                pointer
                for change in changes
                for pointer, figure in ((change.now_at, change.now), (change.found_at, change.found))
                if figure is None
            )
            return Ruling(key="income_unknown", facts=unknown)
        return Ruling(key="income_steady", facts=read, dropped=dropped)
    if gaps := worksheet_gaps(facts):
        return Ruling(key="guideline_missing", facts=gaps)
    if reserve_applies(facts):
        return Ruling(key="reserve_applies", facts=read)
    return Ruling(key="income_changed", facts=read)


def review_is_due(facts: CaseFacts, placed: PlacedOrder) -> bool:
    """Whether thirty-six months have passed since the order was entered (45 C.F.R. § 303.8(b)(1))."""
    years = int(edition_in_force(Subject.PERIODIC_REVIEW, facts.filing_date).value("years"))
    return anniversary(placed.order.entered_on, years) <= facts.filing_date


def secures_new_coverage(facts: CaseFacts) -> bool:
    """Whether a motion to modify asks for new coverage."""
    return asked_request(facts, FilingKind.MODIFICATION) is MedicalSupportRequest.SECURE


def _shut_out_by(facts: CaseFacts, ground: ModificationGround) -> list[str]:
    placed = governing_order(facts)
    if placed is None:
        return []
    gates = []
    if ground in HEALTH_GROUNDS and secures_new_coverage(facts) and coverage_need(facts).refuses_new_coverage:
        gates.append("G07")
    if ground is ModificationGround.HEALTH_CARE_NEED and placed.provides_medical_support:
        gates.append("G15")
    if ground is ModificationGround.INCOME_CHANGE and income_ruling(facts, dropped=False).key == "income_steady":
        gates.append("G16")
    if ground is ModificationGround.PERIODIC_REVIEW and not review_is_due(facts, placed):
        gates.append("G16")
    return gates
