"""The people and the agency of a case, as a public filing may name them."""

from collections.abc import Mapping
from typing import Any

from service.facts.case import CaseFacts
from service.facts.parties import Party
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import OcseRoleName, PartyRole, Relationship
from service.law.protected_addresses import address_withheld

AGENCY = "State of Arkansas, Office of Child Support Enforcement"

_TERMS = {
    PartyRole.CUSTODIAL_PARTY: "Custodial Party",
    PartyRole.NONCUSTODIAL_PARENT: "Noncustodial Parent",
    PartyRole.OCSE: "OCSE",
}

_RELATIONSHIPS = {
    Relationship.MOTHER: "the mother",
    Relationship.FATHER: "the father",
    Relationship.PARENT: "a parent",
    Relationship.GRANDPARENT: "a grandparent",
    Relationship.GUARDIAN: "the guardian",
    Relationship.RELATIVE: "a relative",
    Relationship.OTHER: "the caretaker",
}

_STANDING = {
    OcseRoleName.PLAINTIFF: "Plaintiff",
    OcseRoleName.INTERVENOR: "Intervenor",
    OcseRoleName.PROPOSED_INTERVENOR: "Proposed Intervenor",
}


def party_of(facts: CaseFacts, role: PartyRole) -> Party | None:
    """The person in a role; ``None`` for the agency."""
    if role is PartyRole.OCSE:
        return None
    return facts.custodial_party if role is PartyRole.CUSTODIAL_PARTY else facts.noncustodial_parent


def name_of(facts: CaseFacts, role: PartyRole) -> str:
    """The full name of a person, or the agency's style as a party (Ark. R. Civ. P. 17(a))."""
    person = party_of(facts, role)
    return AGENCY if person is None else person.name.full


def term_for(role: PartyRole) -> str:
    """The word by which a filing refers to a role once it has introduced the person."""
    return _TERMS[role]


@once_for_a_case
def parties(facts: CaseFacts) -> Mapping[str, Any]:
    """Both people and the agency's standing, as the templates introduce them."""
    return {
        "custodial": _person(facts, PartyRole.CUSTODIAL_PARTY, facts.custodial_party),
        "noncustodial": {
            **_person(facts, PartyRole.NONCUSTODIAL_PARENT, facts.noncustodial_parent),
            "incarcerated": facts.noncustodial_parent.incarcerated,
        },
        "agency_standing": _STANDING[facts.matter.caption.ocse_role.role],
    }


def mailing_lines(facts: CaseFacts, role: PartyRole) -> tuple[str, ...]:
    """Where mail for a party may publicly be said to go: the field office stands in for an address that is withheld."""
    person = party_of(facts, role)
    if person is None:
        return tuple(facts.signatory.address.postal_lines)
    if address_withheld(facts, role):
        return (f"c/o {AGENCY}", facts.signatory.office, *facts.signatory.address.postal_lines)
    return tuple(person.address.postal_lines)


def _person(facts: CaseFacts, role: PartyRole, person: Party) -> Mapping[str, Any]:
    withheld = address_withheld(facts, role)
    county = None if withheld else person.address.county
    return {
        "name": person.name.full,
        "relationship": _RELATIONSHIPS[person.relationship],
        "protected": withheld,
        "county_known": county is not None,
        "county": county or "",
    }
