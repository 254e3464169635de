"""On what footing the agency stands in court: services, parentage, custody and venue."""

from collections.abc import Mapping
from typing import Any

from service.drafting.children import child_labels, children
from service.drafting.parties import term_for
from service.drafting.wording import long_date, series
from service.facts.case import CaseFacts
from service.facts.matter import Assistance
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import (
    AssistanceProgram,
    AssistanceRecipient,
    CustodyBasis,
    OcseRoleName,
    PaternityBasis,
    ServicesBasis,
    Venue,
)

_PROGRAMS = {
    AssistanceProgram.MEDICAID: "Medicaid",
    AssistanceProgram.SNAP: "Supplemental Nutrition Assistance Program benefits",
    AssistanceProgram.TEA: "Transitional Employment Assistance",
    AssistanceProgram.FOSTER_CARE_IV_E: "foster care under Title IV-E of the Social Security Act",
}

_PARENTAGE = {
    PaternityBasis.MARRIAGE: "Parentage is established by the marriage of the parents",
    PaternityBasis.ACKNOWLEDGMENT: "Parentage was established by acknowledgment",
    PaternityBasis.ORDER: "Parentage was established by order of court",
    PaternityBasis.ADOPTION: "Parentage was established by adoption",
}

_VENUES = {
    Venue.NONCUSTODIAL_PARENT_RESIDES: "Venue is proper because the Noncustodial Parent resides in this county.",
    Venue.CUSTODIAL_PARTY_RESIDES: "Venue is proper because the Custodial Party resides in this county.",
    Venue.CHILDREN_RESIDE: "Venue is proper because the {noun} {resides} in this county.",
    Venue.ORDER_COURT: "Venue is proper because this Court entered the order under which support is due.",
}

_CUSTODY = {
    CustodyBasis.ORDER: "The {custodian} has had physical custody of the {noun} by order of court{since}.",
    CustodyBasis.AGREEMENT: "The {custodian} has had physical custody of the {noun} by agreement{since}.",
    CustodyBasis.CHILDREN_LIVE_WITH: "The {noun} {has} lived with the {custodian}{since}.",
}


@once_for_a_case
def standing(facts: CaseFacts) -> Mapping[str, Any]:
    """Why the agency may ask (Ark. Code Ann. § 9-14-105(b)(4)), and how it came into the case."""
    role = facts.matter.caption.ocse_role
    services = facts.services
    return {
        "intervened": role.role is OcseRoleName.INTERVENOR,
        "seeks_to_intervene": role.role is OcseRoleName.PROPOSED_INTERVENOR,
        "admitted_on": "" if role.admitted_on is None else long_date(role.admitted_on),
        "assistance": series([_received(facts, grant) for grant in services.assistance]) if services.assistance else "",
        "applied": services.basis is ServicesBasis.APPLICATION,
        "since": "" if services.since is None else long_date(services.since),
        "need_expressed": bool(services.medical_support_requested),
    }


@once_for_a_case
def parentage(facts: CaseFacts) -> Mapping[str, str]:
    """How legal parentage stands."""
    paternity = facts.matter.paternity
    if not paternity.established or paternity.basis is None:
        return {"sentence": "Parentage is established." if paternity.established else "Parentage is not established."}
    dated = "" if paternity.on is None else f" on {long_date(paternity.on)}"
    return {"sentence": f"{_PARENTAGE[paternity.basis]}{dated}."}


@once_for_a_case
def custody(facts: CaseFacts) -> Mapping[str, str]:
    """With whom the children live, and by what right; a child who lives elsewhere is named apart."""
    held = facts.matter.custody
    words = children(facts)
    custodian = term_for(held.physical_custodian)
    since = "" if held.since is None else f" since {long_date(held.since)}"
    sentence = _CUSTODY[held.basis].format(custodian=custodian, since=since, **words)
    elsewhere = [
        f" {label} lives with the {term_for(child.resides_with)}."
        for label, child in zip(child_labels(facts), facts.children, strict=True)
        if child.resides_with is not held.physical_custodian
    ]
    return {"sentence": sentence + "".join(elsewhere)}


@once_for_a_case
def venue(facts: CaseFacts) -> Mapping[str, Any]:
    """Why the action lies in this county (Ark. R. Civ. P. 8(a))."""
    words = children(facts)
    return {
        "order_court": facts.matter.venue is Venue.ORDER_COURT,
        "sentence": _VENUES[facts.matter.venue].format(**words),
    }


def _received(facts: CaseFacts, grant: Assistance) -> str:
    noun = children(facts)["noun"]
    who = {AssistanceRecipient.CUSTODIAL_PARTY: "the Custodial Party", AssistanceRecipient.CHILDREN: f"the {noun}"}
    recipients = [who[recipient] for recipient in grant.recipients] or ["the household"]
    several = len(recipients) > 1 or recipients == ["the children"]
    since = "" if grant.since is None else f" since {long_date(grant.since)}"
    verb = ("have" if several else "has") + " received" if since else ("receive" if several else "receives")
    return f"{series(recipients)} {verb} {_PROGRAMS[grant.program]}{since}"
