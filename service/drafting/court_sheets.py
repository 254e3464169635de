"""The words of the sheets that go to the clerk: the cover sheet, and the confidential information sheet under seal."""

from collections.abc import Mapping
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context
from service.drafting.parties import AGENCY, mailing_lines, name_of, party_of, term_for
from service.drafting.wording import long_date, series
from service.facts.case import CaseFacts
from service.facts.children import Child
from service.facts.parties import Employment, Party
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import FilingKind, OcseRoleName, PartyRole, Sex
from service.law.courts import COUNTIES
from service.law.protected_addresses import address_withheld

NOT_ON_FILE = "Not on file"
WITHHELD = "Withheld; on file with the Office of Child Support Enforcement"
NONE = "None"

_PEOPLE = (PartyRole.CUSTODIAL_PARTY, PartyRole.NONCUSTODIAL_PARENT)
_SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male", None: NOT_ON_FILE}


def cover_sheet(assignment: Assignment) -> Mapping[str, Any]:
    """The particulars of the case for the clerk: court, sides, attorneys, kind of case, new or reopened."""
    facts = assignment.facts
    return {**common_context(assignment), "particulars": _cover_particulars(facts)}


def confidential_sheet(assignment: Assignment) -> Mapping[str, Any]:
    """Identifying particulars of parties and children, kept from the public file (Ark. Code Ann. § 9-14-205).

    What would lead to a party whose address is protected stays out even here.
    """
    facts = assignment.facts
    return {
        **common_context(assignment),
        "persons": tuple(_person(facts, role) for role in _PEOPLE),
        "minors": tuple(_minor(child) for child in facts.children),
    }


@once_for_a_case
def _cover_particulars(facts: CaseFacts) -> Mapping[str, Any]:
    court = facts.matter.court
    sides = facts.matter.caption
    placed = COUNTIES.get(court.county)
    numbered = court.docket_number is not None
    return {
        "county": court.county,
        "circuit": NOT_ON_FILE if placed is None else f"{placed.circuit} Judicial Circuit",
        "district": court.district or "no district",
        "division": court.division or NOT_ON_FILE,
        "filed_on": long_date(facts.filing_date),
        "plaintiffs": series([name_of(facts, role) for role in sides.plaintiffs]),
        "defendants": series([name_of(facts, role) for role in sides.defendants]),
        "agency": _agency_role(sides.ocse_role.role),
        "agency_name": AGENCY,
        "counsel": _other_counsel(facts),
        "related": _related_cases(facts),
        "original": not numbered,
        "reopened": numbered and (bool(facts.orders) or facts.kind is not FilingKind.MEDICAL_SUPPORT),
        "contempt": facts.uninsured is not None and facts.uninsured.contempt_requested,
    }


def _agency_role(role: OcseRoleName) -> str:
    return role.value.replace("_", " ").capitalize()


def _other_counsel(facts: CaseFacts) -> str:
    found = [(name_of(facts, role), person.attorney) for role in _PEOPLE if (person := party_of(facts, role))]
    return series([f"{counsel.name} for {name}" for name, counsel in found if counsel is not None] or [NONE])


def _related_cases(facts: CaseFacts) -> str:
    own = facts.matter.court.docket_number
    others = [order for order in facts.orders if order.docket_number != own]
    named = [f"No.\u00a0{order.docket_number} ({order.county or order.state})" for order in others]
    return series(list(dict.fromkeys(named)) or [NONE])


@once_for_a_case
def _person(facts: CaseFacts, role: PartyRole) -> Mapping[str, Any]:
    person = facts.custodial_party if role is PartyRole.CUSTODIAL_PARTY else facts.noncustodial_parent
    protected = person.address_protected
    return {
        "term": term_for(role),
        "name": person.name.full,
        "ssn": person.ssn or NOT_ON_FILE,
        "birth_date": NOT_ON_FILE if person.birth_date is None else long_date(person.birth_date),
        "protected": address_withheld(facts, role),
        "postal_lines": mailing_lines(facts, role),
        "phone": WITHHELD if protected else person.phone or NOT_ON_FILE,
        "employers": (WITHHELD,) if protected else _employers(person),
    }


def _employers(person: Party) -> tuple[str, ...]:
    return tuple(_employer(employment) for employment in person.employments) or (NOT_ON_FILE,)


def _employer(employment: Employment) -> str:
    return f"{employment.name}, {', '.join(employment.address.postal_lines)}"


def _minor(child: Child) -> Mapping[str, str]:
    return {
        "name": child.name.full,
        "sex": _SEXES[child.sex],
        "birth_date": long_date(child.birth_date),
        "ssn": child.ssn or NOT_ON_FILE,
        "lives_with": term_for(child.resides_with),
    }
