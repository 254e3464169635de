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
from service.law.documents import DOCUMENTS_OF_KIND
from service.law.outcomes import DocumentAudience, DocumentRole

_WHO_MAY_READ = {
    DocumentAudience.PUBLIC: "",
    DocumentAudience.SEALED: "CONFIDENTIAL — FILED UNDER SEAL",
    DocumentAudience.EMPLOYER: "CONFIDENTIAL — FOR THE EMPLOYER AND PLAN ADMINISTRATOR ONLY",
    DocumentAudience.RECORD: "CONFIDENTIAL — FOR THE AGENCY’S RECORD ONLY",
}

_MEMBERS = {plan.name: plan.name.replace("-", "_") for plans in DOCUMENTS_OF_KIND.values() for plan in plans}
"""Every document there is, by name, and what templates call it."""

_NOT_SERVED = {"domestic-relations-cover-sheet"}


def common_context(assignment: Assignment) -> Mapping[str, Any]:
    """The part of a context that does not depend on the kind of document."""
    facts, plan, presentation = assignment.facts, assignment.plan, assignment.presentation
    return {
        **_of_the_case(facts, presentation),
        "mark": presentation.mark.value,
        "document": {
            "title": plan.title,
            "name": plan.name,
            "heading": kept_together_at_end(plan.title.upper()),
            "dated": facts.filing_date.isoformat(),
            "confidential": _WHO_MAY_READ[plan.audience],
        },
        "certificate": {**certificate_of_service(facts), "papers": series(served_titles(assignment))},
        "filed_with": filed_with(assignment),
    }


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


def served_titles(assignment: Assignment) -> list[str]:
    """The papers that are served together: all public ones but the clerk's cover sheet (Ark. R. Civ. P. 5(a)).

    An order that no judge has signed is called a proposed one.
    """
    public = [plan for plan in assignment.filing.documents if plan.audience is DocumentAudience.PUBLIC]
    served = [plan for plan in public if plan.name not in _NOT_SERVED] or [assignment.plan]
    return [f"proposed {plan.title}" if plan.role is DocumentRole.PROPOSED_ORDER else plan.title for plan in served]


def filed_with(assignment: Assignment) -> Mapping[str, Any]:
    """Which papers belong to this filing, by name with underscores, and the pleading that the others go with."""
    planned = {plan.name: plan for plan in assignment.filing.documents}
    pleadings = [plan for plan in planned.values() if plan.role is DocumentRole.PLEADING]
    leading = pleadings[-1] if pleadings else assignment.plan
    return {
        **{member: name in planned for name, member in _MEMBERS.items()},
        "pleading": leading.title,
        "complaint": leading.name.startswith("complaint"),
    }


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
