"""Gates on medical support: what coverage exists, what is offered, and whether the family asked or must ask."""

from service.facts.case import CaseFacts
from service.facts.vocabulary import CoverageStatus, FilingKind, MedicalSupportRequest
from service.law.gate_rules import Ruling
from service.law.gates.services import assistance_pointers
from service.law.governing import governing_order
from service.law.grounds import weigh_grounds
from service.law.medical_request import CoverageNeed, asked_request, coverage_need, offer

REQUEST = "/medical_support/request"
CUSTODIAL_STATUS = "/custodial_party_coverage/status"


def existing_coverage(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G07: new coverage only where custodial party and children have none that is satisfactory."""
    request = asked_request(facts, kind)
    if request is None:
        return (Ruling(key="not_asked", facts=("/medical_support", "/modification/grounds")),)
    stated = () if facts.medical_support else (Ruling(key="request_missing", facts=("/medical_support",)),)
    if request is MedicalSupportRequest.SECURE:
        return (_new_coverage(facts, kind), *stated)
    if request is MedicalSupportRequest.MAINTAIN and not _some_child_covered(facts):
        return (Ruling(key="nothing_to_keep", facts=(*_status_pointers(facts), REQUEST)), *stated)
    return (Ruling(key="other_request", facts=(REQUEST,) if facts.medical_support else ()), *stated)


def offered(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G08: coverage open to the noncustodial parent; without it the prayer turns to cash, or to belief and proof."""
    if asked_request(facts, kind) is not MedicalSupportRequest.SECURE:
        return (Ruling(key="not_asked", facts=("/medical_support",)),)
    known = offer(facts)
    return (Ruling(key=known.coverage.value, facts=known.facts),)


def need_expressed(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G10: without public assistance the agency needs the family's own request for medical support."""
    if facts.services.assistance:
        return (Ruling(key="waived", facts=assistance_pointers(facts)),)
    if asked_request(facts, kind) is None:
        return (Ruling(key="not_asked", facts=("/medical_support", "/modification/grounds")),)
    key = "expressed" if facts.services.medical_support_requested else "not_expressed"
    return (Ruling(key=key, facts=("/services/medical_support_requested", "/services/assistance")),)


def request_mandatory(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G11: on public assistance the filing must ask for medical support."""
    if not facts.services.assistance:
        return (Ruling(key="not_mandatory", facts=("/services/assistance",)),)
    left_out = facts.medical_support is None and facts.kind is kind
    return (
        Ruling(
            key="missing" if left_out else "mandatory",
            facts=("/medical_support", *assistance_pointers(facts)),
        ),
    )


def _new_coverage(facts: CaseFacts, kind: FilingKind) -> Ruling:
    need = coverage_need(facts)
    modifies = kind is FilingKind.MODIFICATION and governing_order(facts) is not None
    dropped = modifies and need.refuses_new_coverage and weigh_grounds(facts).some_remain
    return Ruling(key=need.value, facts=_read_for(facts, need), dropped=dropped)


def _read_for(facts: CaseFacts, need: CoverageNeed) -> tuple[str, ...]:
    request = (REQUEST,) if facts.medical_support else ()
    if need is CoverageNeed.CUSTODIAL_PARTY_COVERED:
        return (CUSTODIAL_STATUS, *request)
    if need is CoverageNeed.CHILDREN_COVERED:
        return (*_status_pointers(facts), *_source_pointers(facts), *request)
    decisive = {
        CoverageNeed.UNKNOWN: CoverageStatus.UNKNOWN,
        CoverageNeed.SOME_CHILDREN_COVERED: CoverageStatus.SATISFACTORY,
    }.get(need)
    first = _status_pointers(facts, decisive) if decisive else ()
    if need is CoverageNeed.UNKNOWN and facts.custodial_party_coverage.status is CoverageStatus.UNKNOWN:
        first = (CUSTODIAL_STATUS, *first)
    return (*first, CUSTODIAL_STATUS, *_status_pointers(facts), *request)


def _status_pointers(facts: CaseFacts, only: CoverageStatus | None = None) -> tuple[str, ...]:
    return tuple(
        f"/children/{place}/coverage/status"
        for place, child in enumerate(facts.children)
        if only in {None, child.coverage.status}
    )


def _source_pointers(facts: CaseFacts) -> tuple[str, ...]:
    return tuple(f"/children/{place}/coverage/source" for place in range(len(facts.children)))


def _some_child_covered(facts: CaseFacts) -> bool:
    return any(child.coverage.status is CoverageStatus.SATISFACTORY for child in facts.children)
