"""The words of a National Medical Support Notice: the letter that brings it, both parts, and the employer's answer.

Social Security numbers and the children's full names stand in Parts A and B, which go to the employer or union and its
plan administrator and to nobody else. The federal form's own layout changes with its editions and is not imitated.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context
from service.drafting.health_care import coverage_words
from service.drafting.orders import order_recital
from service.drafting.parties import AGENCY, mailing_lines, term_for
from service.drafting.wording import BLANK, long_date, percent, short_date
from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts, NoticeRequest
from service.facts.children import Child
from service.facts.parties import Employment, PersonName
from service.facts.vocabulary import CoverageType, EmploymentKind, PartyRole, Sex
from service.law.calendar import LEGAL_DAYS
from service.law.deadlines import EMPLOYER_BUSINESS_DAYS, PLAN_BUSINESS_DAYS
from service.law.gates.notice import noticed_employment
from service.law.governing import PlacedOrder, noticed_order
from service.law.protected_addresses import address_withheld
from service.law.triggers import filing

NOT_ON_FILE = "Not on file"

_BODIES = {EmploymentKind.EMPLOYER: "employer", EmploymentKind.UNION: "union", EmploymentKind.OTHER: "plan sponsor"}
_MEMBERS = {EmploymentKind.EMPLOYER: "employee", EmploymentKind.UNION: "member", EmploymentKind.OTHER: "participant"}
_SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male", None: NOT_ON_FILE}
_BOXES = {
    CoverageType.MEDICAL: "Medical",
    CoverageType.DENTAL: "Dental",
    CoverageType.VISION: "Vision",
    CoverageType.PRESCRIPTION_DRUG: "Prescription drug",
    CoverageType.MENTAL_HEALTH: "Mental health",
    CoverageType.OTHER: "Other",
}


def cover_letter(assignment: Assignment) -> Mapping[str, Any]:
    """What the notice is, what is asked by when, and in what order money is withheld; no number of anybody."""
    return _notice_context(assignment)


def part_a(assignment: Assignment) -> Mapping[str, Any]:
    """The data of Part A, the notice to withhold, with a last page that the employee is not to see."""
    return _notice_context(assignment)


def employer_response(assignment: Assignment) -> Mapping[str, Any]:
    """The blank answer of the employer or union, one box for each way in which coverage may fail."""
    return _notice_context(assignment)


def part_b(assignment: Assignment) -> Mapping[str, Any]:
    """The data of Part B for the plan administrator, and the administrator's blank answer."""
    return _notice_context(assignment)


def _notice_context(assignment: Assignment) -> Mapping[str, Any]:
    facts = assignment.facts
    request, employment, placed = _what_is_noticed(facts)
    context = common_context(assignment)
    body = _BODIES[employment.kind]
    return {
        **context,
        "document": {
            **context["document"],
            "confidential": context["document"]["confidential"].replace("EMPLOYER", body.upper()),
        },
        "order": order_recital(facts, placed.order),
        "notice": _particulars(facts, request, placed),
        "addressee": _addressee(employment, body),
        "employee": _employee(facts),
        "custodian": _custodian(facts),
        "recipients": tuple(_recipient(number, child) for number, child in enumerate(facts.children, start=1)),
        "coverage": _coverage(placed.order.medical_provision.coverages),
        "plan": _plan(employment),
        "due": _due(facts),
    }


def _what_is_noticed(facts: CaseFacts) -> tuple[NoticeRequest, Employment, PlacedOrder]:
    """The notice asked for, to whom it goes and the order it carries out.

    Raises:
        FactsRefused: one of them is not in the facts; one fault for each.
    """
    noticed, placed = noticed_employment(facts), noticed_order(facts)
    if facts.notice is None or noticed is None or placed is None:
        gaps = (
            ("/notice", "State the notice: its order, employment, edition and tracking number.", facts.notice),
            ("/noncustodial_parent/employments", "Name the employer or union that the notice goes to.", noticed),
            ("/orders", "State the order that the notice carries out.", placed),
        )
        faults = [Fault(code="missing_field", message=text, pointer=at) for at, text, found in gaps if found is None]
        raise FactsRefused("A medical support notice needs an order and an employer or union.", faults)
    return facts.notice, noticed[1], placed


def _particulars(facts: CaseFacts, request: NoticeRequest, placed: PlacedOrder) -> Mapping[str, str]:
    court = facts.matter.court
    county = placed.order.county or court.county
    ours = county == court.county and placed.order.docket_number == court.docket_number
    division = f", {court.division}" if ours and court.division else ""
    return {
        "dated": long_date(facts.filing_date),
        "form": request.edition.form,
        "form_expires": long_date(request.edition.expires_on),
        "tracking": request.tracking_id,
        "limit_percent": percent(request.withholding_limit_percent),
        "court": f"Circuit Court of {county} County, Arkansas{division}",
        "order_date": long_date(placed.order.entered_on),
        "order_number": placed.order.docket_number,
    }


def _addressee(employment: Employment, body: str) -> Mapping[str, Any]:
    return {
        "body": body,
        "member": _MEMBERS[employment.kind],
        "employer": employment.kind is EmploymentKind.EMPLOYER,
        "name": employment.name,
        "postal_lines": tuple(employment.address.postal_lines),
        "fein": employment.fein or NOT_ON_FILE,
    }


def _employee(facts: CaseFacts) -> Mapping[str, Any]:
    parent = facts.noncustodial_parent
    return {
        "name": parent.name.full,
        "filed_name": _last_name_first(parent.name),
        "ssn": parent.ssn or NOT_ON_FILE,
        "postal_lines": mailing_lines(facts, PartyRole.NONCUSTODIAL_PARENT),
    }


def _custodian(facts: CaseFacts) -> Mapping[str, Any]:
    """Who cares for the children; the agency's field office stands in as substituted official where protected."""
    person = facts.custodial_party
    withheld = address_withheld(facts, PartyRole.CUSTODIAL_PARTY)
    return {
        "filed_name": _last_name_first(person.name),
        "substituted": withheld,
        "official": f"{AGENCY}, {facts.signatory.office}",
        "official_lines": tuple(facts.signatory.address.postal_lines),
        "postal_lines": () if withheld else tuple(person.address.postal_lines),
        "elsewhere": tuple(
            _living_elsewhere(facts, child)
            for child in facts.children
            if child.resides_with is not PartyRole.CUSTODIAL_PARTY
        ),
    }


def _living_elsewhere(facts: CaseFacts, child: Child) -> str:
    elsewhere = child.resides_with is not PartyRole.OCSE
    where = ", ".join(mailing_lines(facts, child.resides_with)) if elsewhere else BLANK
    return f"{child.name.full}, with the {term_for(child.resides_with)}: {where}"


def _recipient(number: int, child: Child) -> Mapping[str, str]:
    return {
        "number": str(number),
        "name": _last_name_first(child.name),
        "sex": _SEXES[child.sex],
        "birth_date": short_date(child.birth_date),
        "ssn": child.ssn or NOT_ON_FILE,
    }


def _coverage(ordered: tuple[CoverageType, ...]) -> Mapping[str, Any]:
    """What the order requires: the kinds it names, or every coverage there is where it names none."""
    return {
        "every": not ordered,
        "kinds": tuple({"name": name, "ordered": kind in ordered} for kind, name in _BOXES.items()),
        "words": coverage_words(ordered),
    }


def _plan(employment: Employment) -> Mapping[str, Any]:
    plan = employment.plan
    administrator = None if plan is None else plan.administrator
    return {
        "name": NOT_ON_FILE if plan is None else plan.name,
        "administrator": NOT_ON_FILE if administrator is None else administrator.name,
        "administrator_lines": () if administrator is None else tuple(administrator.address.postal_lines),
    }


def _due(facts: CaseFacts) -> Mapping[str, str]:
    """Business days from the date of the notice (Ark. Code Ann. § 9-14-516(e), (f))."""
    dated = filing(facts)
    return {
        "forwarded": long_date(dated.reckon(partial(LEGAL_DAYS.business_days_after, count=EMPLOYER_BUSINESS_DAYS))),
        "answered": long_date(dated.reckon(partial(LEGAL_DAYS.business_days_after, count=PLAN_BUSINESS_DAYS))),
    }


def _last_name_first(name: PersonName) -> str:
    """``Lefèvre, Jr., René D.``, as forms file a person."""
    last = f"{name.last}, {name.suffix}" if name.suffix else name.last
    given = " ".join(part for part in (name.first, name.middle) if part)
    return f"{last}, {given}"
