"""The four elements that make a proposed order a qualified medical child support order (29 U.S.C. § 1169(a)(3))."""

from collections.abc import Mapping
from typing import Any

from service.drafting.children import child_labels
from service.drafting.parties import mailing_lines, name_of
from service.drafting.redaction import NOTATION
from service.drafting.wording import long_date, series
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import MedicalSupportRequest, PartyRole
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.medical_request import granted_request, pleaded_children
from service.law.outcomes import DocumentAudience


@once_for_a_case
def qualified_order(facts: CaseFacts, audience: DocumentAudience, lifted: Lifted = NONE_LIFTED) -> Mapping[str, Any]:
    """Participant and alternate recipients: initials and a notation in public, names and dates under seal."""
    sealed = audience is DocumentAudience.SEALED
    recipients = _named_in_full(facts) if sealed else _named_in_public(facts)
    participants = [_participant(facts, role) for role in _providers(facts, lifted)]
    return {
        "several_participants": len(participants) > 1,
        "participants": series(participants),
        "several": len(recipients) > 1,
        "recipients": series(recipients),
        "recipient_address": ", ".join(mailing_lines(facts, PartyRole.CUSTODIAL_PARTY)),
    }


def _providers(facts: CaseFacts, lifted: Lifted) -> tuple[PartyRole, ...]:
    """Who may come to hold the plan: both parents where coverage that one of them has is only to be maintained."""
    if granted_request(facts, lifted) is MedicalSupportRequest.MAINTAIN:
        return (PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT)
    return (PartyRole.NONCUSTODIAL_PARENT,)


def _participant(facts: CaseFacts, role: PartyRole) -> str:
    address = ", ".join(mailing_lines(facts, role))
    return f"{name_of(facts, role)}, whose last known mailing address is {address}"


def _named_in_public(facts: CaseFacts) -> list[str]:
    labels = child_labels(facts)
    return [
        f"{labels[place]} {NOTATION} (born {facts.children[place].birth_date.year})"
        for place in pleaded_children(facts)
    ]


def _named_in_full(facts: CaseFacts) -> list[str]:
    named = [facts.children[place] for place in pleaded_children(facts)]
    return [f"{child.name.full} (born {long_date(child.birth_date)})" for child in named]
