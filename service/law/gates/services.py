"""Gates on the services case: how the family came to the agency."""

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, ServicesBasis
from service.law.gate_rules import Ruling

CASE_OPEN = "/services/case_open"
BASIS = "/services/basis"


def open_case(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G02: an open case, on an application or a referral."""
    services = facts.services
    if not services.case_open:
        return (Ruling(key="not_open", facts=(CASE_OPEN,)),)
    if services.basis is None:
        return (Ruling(key="basis_unknown", facts=(BASIS, CASE_OPEN)),)
    key = "applied" if services.basis is ServicesBasis.APPLICATION else "referred"
    return (Ruling(key=key, facts=(CASE_OPEN, BASIS)),)


def public_assistance(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G03: assistance in force stands in the place of an application and is pleaded."""
    if facts.services.assistance:
        return (Ruling(key="program_pleaded", facts=(*assistance_pointers(facts), BASIS)),)
    if facts.services.basis is ServicesBasis.REFERRAL:
        return (Ruling(key="program_ended", facts=("/services/assistance", BASIS)),)
    return (Ruling(key="application_suffices", facts=("/services/assistance", BASIS)),)


def assistance_pointers(facts: CaseFacts) -> tuple[str, ...]:
    """Where the facts name the programs in force; the empty list itself if there is none."""
    named = tuple(f"/services/assistance/{place}/program" for place in range(len(facts.services.assistance)))
    return named or ("/services/assistance",)
