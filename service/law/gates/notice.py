"""Gates on the National Medical Support Notice: whom it goes to and what it carries out."""

from collections.abc import Iterator

from service.facts.case import CaseFacts
from service.facts.parties import Employment
from service.facts.vocabulary import EmploymentKind, FilingKind, MedicalProvisionKind
from service.law.gate_rules import Ruling
from service.law.governing import noticed_order

EMPLOYMENTS = "/noncustodial_parent/employments"


def addressee(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G13: an employer or union. Without one no notice can go out, but an order may still be asked for."""
    if kind is FilingKind.MEDICAL_SUPPORT_NOTICE:
        noticed = noticed_employment(facts)
        if noticed is None or noticed[1].kind is EmploymentKind.OTHER:
            named = () if noticed is None else (f"{EMPLOYMENTS}/{noticed[0]}/kind",)
            return (Ruling(key="no_addressee", facts=(*named, EMPLOYMENTS)),)
        return (Ruling(key="known", facts=(f"{EMPLOYMENTS}/{noticed[0]}/kind",)),)
    known = tuple(f"{EMPLOYMENTS}/{place}/kind" for place, _ in _group_employments(facts))
    return (Ruling(key="known" if known else "other_means", facts=known or (EMPLOYMENTS,)),)


def entered_order(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G14: an order that a court has entered and that requires health coverage."""
    placed = noticed_order(facts)
    if placed is None:
        return (Ruling(key="no_order", facts=("/notice/order" if facts.notice else "/orders",)),)
    if placed.order.entered_on > facts.filing_date:
        return (Ruling(key="not_yet_entered", facts=(f"{placed.at}/entered_on", "/filing_date")),)
    provision = f"{placed.at}/medical_provision/kind"
    if placed.order.medical_provision.kind is not MedicalProvisionKind.HEALTH_INSURANCE:
        return (Ruling(key="no_coverage_ordered", facts=(provision,)),)
    return (Ruling(key="entered", facts=(provision, f"{placed.at}/entered_on")),)


def carried_out(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G15 for the notice: an order that provides may be carried out, unless it stipulates other coverage.

    The notice goes out on a printed edition of the form that has not expired.
    """
    return tuple(_obstacles(facts)) or tuple(_enforceable(facts))


def noticed_employment(facts: CaseFacts) -> tuple[int, Employment] | None:
    """The employment the notice goes to, with its place: the one it names, else the first employer or union."""
    if facts.notice is None:
        return next(_group_employments(facts), None)
    place = facts.notice.employment
    employments = facts.noncustodial_parent.employments
    return (place, employments[place]) if 0 <= place < len(employments) else None


def _obstacles(facts: CaseFacts) -> Iterator[Ruling]:
    placed = noticed_order(facts)
    if placed is not None and placed.order.medical_provision.alternative_stipulated:
        yield Ruling(key="alternative_stipulated", facts=(f"{placed.at}/medical_provision/alternative_stipulated",))
    if facts.notice is not None and facts.notice.edition.expires_on < facts.filing_date:
        yield Ruling(key="edition_expired", facts=("/notice/edition/expires_on", "/filing_date"))


def _enforceable(facts: CaseFacts) -> Iterator[Ruling]:
    placed = noticed_order(facts)
    if placed is not None and placed.provides_medical_support:
        yield Ruling(key="enforceable", facts=(f"{placed.at}/medical_provision/kind",))


def _group_employments(facts: CaseFacts) -> Iterator[tuple[int, Employment]]:
    for place, employment in enumerate(facts.noncustodial_parent.employments):
        if employment.kind is not EmploymentKind.OTHER:
            yield place, employment
