"""The head of a filing: court, sides and numbers (Ark. R. Civ. P. 10(a)), with room for the clerk's file mark."""

from collections.abc import Mapping
from typing import Any

from service.drafting.parties import name_of
from service.drafting.wording import BLANK
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import OcseRoleName, PartyRole

_OCSE_TITLES = {
    OcseRoleName.PLAINTIFF: "PLAINTIFF",
    OcseRoleName.INTERVENOR: "INTERVENOR",
    OcseRoleName.PROPOSED_INTERVENOR: "PROPOSED INTERVENOR",
}


@once_for_a_case
def caption(facts: CaseFacts) -> Mapping[str, Any]:
    """The caption as the template prints it; an unassigned case number is a line for the clerk to fill."""
    court = facts.matter.court
    sides = facts.matter.caption
    return {
        "court": f"IN THE CIRCUIT COURT OF {court.county.upper()} COUNTY, ARKANSAS",
        "district": (court.district or "").upper(),
        "division": (court.division or "").upper(),
        "first_side": _entries(facts, sides.plaintiffs, "PLAINTIFF"),
        "second_side": _entries(facts, sides.defendants, "DEFENDANT"),
        "others": _agency_beside_the_sides(facts),
        "assigned": court.docket_number is not None,
        "case_number": court.docket_number or BLANK,
        "ocse_case_number": facts.matter.ocse_case_number,
    }


@once_for_a_case
def agency_block(facts: CaseFacts) -> Mapping[str, Any]:
    """Who files, at the head of the first page: the agency, and its attorney with every means of contact."""
    signatory = facts.signatory
    return {
        "office": signatory.office,
        "attorney": signatory.name,
        "bar_number": signatory.bar_number,
        "postal_lines": tuple(signatory.address.postal_lines),
        "phone": signatory.phone,
        "fax": signatory.fax or "",
        "email": signatory.email,
    }


def _entries(facts: CaseFacts, roles: tuple[PartyRole, ...], title: str) -> tuple[Mapping[str, str], ...]:
    return tuple({"name": name_of(facts, role).upper(), "title": title} for role in roles)


def _agency_beside_the_sides(facts: CaseFacts) -> tuple[Mapping[str, str], ...]:
    sides = facts.matter.caption
    if PartyRole.OCSE in sides.plaintiffs or PartyRole.OCSE in sides.defendants:
        return ()
    return _entries(facts, (PartyRole.OCSE,), _OCSE_TITLES[sides.ocse_role.role])
