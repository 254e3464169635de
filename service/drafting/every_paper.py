"""What every document of a filing prints: caption, people, footing, signature, and how it was served."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.caption import agency_block, caption
from service.drafting.children import children
from service.drafting.draft import Presentation
from service.drafting.footing import custody, parentage, standing, venue
from service.drafting.parties import name_of, parties, party_of, term_for
from service.drafting.signature_block import certificate_of_service, signature_block
from service.drafting.wording import BLANK, clock_time, closed, kept_together_at_end, long_date, series
from service.facts.case import CaseFacts, ServiceOnParty
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import PartyRole
from service.law.outcomes import DocumentAudience, DocumentPlan

_WHO_MAY_READ = {
    DocumentAudience.PUBLIC: "",
    DocumentAudience.SEALED: "CONFIDENTIAL — FILED UNDER SEAL",
    DocumentAudience.EMPLOYER: "CONFIDENTIAL — FOR THE EMPLOYER AND PLAN ADMINISTRATOR ONLY",
    DocumentAudience.RECORD: "CONFIDENTIAL — FOR THE AGENCY’S RECORD ONLY",
}


def common_context(assignment: Assignment) -> Mapping[str, Any]:
    """The part of a context that does not depend on the kind of document."""
    facts, plan, companions = assignment.facts, assignment.plan, assignment.companions
    return {
        **_of_the_case(facts, assignment.presentation),
        "mark": assignment.presentation.mark.value,
        "document": _of_the_document(facts, plan),
        "certificate": _certificate(facts, companions.served_with(plan)),
        "filed_with": companions.filed_with(plan),
    }


@once_for_a_case
def _of_the_document(facts: CaseFacts, plan: DocumentPlan) -> Mapping[str, str]:
    """What a document prints of itself."""
    return {
        "title": plan.title,
        "name": plan.name,
        "heading": kept_together_at_end(plan.title.upper()),
        "dated": facts.filing_date.isoformat(),
        "confidential": _WHO_MAY_READ[plan.audience],
    }


@once_for_a_case
def _certificate(facts: CaseFacts, papers: str) -> Mapping[str, Any]:
    return {**certificate_of_service(facts), "papers": papers}


@once_for_a_case
def _of_the_case(facts: CaseFacts, presentation: Presentation) -> Mapping[str, Any]:
    """What all documents of a filing print alike."""
    return {
        "filer": agency_block(facts),
        "caption": caption(facts),
        "parties": parties(facts),
        "children": children(facts),
        "standing": standing(facts),
        "parentage": parentage(facts),
        "custody": custody(facts),
        "venue": venue(facts),
        "hearing": hearing(facts),
        "signatory": signature_block(facts, presentation),
    }


@once_for_a_case
def order_context(facts: CaseFacts) -> Mapping[str, Any]:
    """What every proposed order recites besides: filing, service, and who approves its form (Ark. R. Civ. P. 58)."""
    return {
        "filed_on": long_date(facts.filing_date),
        "service_finding": _service_finding(facts),
        "approvals": tuple(_approval(facts, role) for role in _people_in_caption(facts)),
    }


def hearing(facts: CaseFacts) -> Mapping[str, Any]:
    """The hearing, if one is set."""
    if facts.hearing is None:
        return {"is_set": False}
    return {
        "is_set": True,
        "date": long_date(facts.hearing.on),
        "time": clock_time(facts.hearing.time),
        "place": facts.hearing.place,
        "place_as_end": closed(facts.hearing.place),
    }


def _service_finding(facts: CaseFacts) -> str:
    served = [_served(service) for service in facts.service]
    return f"It was served {series(served or [f'on the Noncustodial Parent on {BLANK}'])}."


def _served(service: ServiceOnParty) -> str:
    when = BLANK if service.completed_on is None else long_date(service.completed_on)
    who = term_for(service.on_party)
    return f"on {who} on {when}" if service.on_party is PartyRole.OCSE else f"on the {who} on {when}"


def _people_in_caption(facts: CaseFacts) -> list[PartyRole]:
    sides = facts.matter.caption
    return [role for role in (*sides.plaintiffs, *sides.defendants) if role is not PartyRole.OCSE]


def _approval(facts: CaseFacts, role: PartyRole) -> str:
    person = party_of(facts, role)
    name = name_of(facts, role)
    if person is None or person.attorney is None:
        return f"{name}, {term_for(role)}"
    return f"{person.attorney.name}, Attorney for {name}"
