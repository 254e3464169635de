"""Gates on a motion to modify: no duplicate of a provision, and grounds that move the order."""

from collections.abc import Iterator

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, ModificationGround
from service.law.gate_rules import Ruling
from service.law.governing import PlacedOrder, governing_order
from service.law.grounds import Grounds, income_ruling, review_is_due, weigh_grounds
from service.law.medical_request import asked_request

GROUNDS = "/modification/grounds"


def already_provided(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G15: health-care need is no ground where the order already provides; the other grounds stay."""
    placed = governing_order(facts)
    if placed is None:
        return ()
    grounds = weigh_grounds(facts)
    read = (f"{placed.at}/medical_provision/kind", GROUNDS)
    if "G15" in grounds.shut_out.get(ModificationGround.HEALTH_CARE_NEED, ()):
        return (Ruling(key="duplicate", facts=read, dropped=grounds.some_remain),)
    return (Ruling(key="no_duplicate", facts=read),)


def moving_grounds(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G16: health-care need moves a silent order by itself; changed income and review are separate counts."""
    placed = governing_order(facts)
    if placed is None:
        return ()
    return tuple(_rulings(facts, placed, weigh_grounds(facts)))


def _rulings(facts: CaseFacts, placed: PlacedOrder, grounds: Grounds) -> Iterator[Ruling]:
    if facts.modification is None:
        yield Ruling(key="request_missing", facts=("/modification",))
    if not grounds.asked:
        yield Ruling(key="no_ground", facts=(GROUNDS,))
    for ground in grounds.asked:
        if ruling := _ruling(facts, placed, ground, dropped=grounds.some_remain):
            yield ruling
    if not placed.provides_medical_support and asked_request(facts, FilingKind.MODIFICATION) is None:
        yield Ruling(key="medical_left_out", facts=("/medical_support", f"{placed.at}/medical_provision/kind"))


def _ruling(facts: CaseFacts, placed: PlacedOrder, ground: ModificationGround, *, dropped: bool) -> Ruling | None:
    match ground:
        case ModificationGround.HEALTH_CARE_NEED if placed.provides_medical_support:
            return None
        case ModificationGround.HEALTH_CARE_NEED:
            return Ruling(key="need_suffices", facts=(f"{placed.at}/medical_provision/kind", GROUNDS))
        case ModificationGround.INCOME_CHANGE:
            return income_ruling(facts, dropped=dropped)
        case ModificationGround.PERIODIC_REVIEW if review_is_due(facts, placed):
            return Ruling(key="review_due", facts=(f"{placed.at}/entered_on", GROUNDS))
        case ModificationGround.PERIODIC_REVIEW:
            return Ruling(key="review_early", facts=(f"{placed.at}/entered_on", GROUNDS), dropped=dropped)
        case ModificationGround.LOSS_OF_COVERAGE:
            return Ruling(key="coverage_lost", facts=(GROUNDS,))
