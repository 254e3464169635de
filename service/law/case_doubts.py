"""Doubts about the case itself: its court and docket, whom the orders cover, parentage, and the agency's standing."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, OcseRoleName, ServicesBasis, Venue
from service.law.courts import COUNTIES
from service.law.dockets import DocketForm, parse_docket, same_case
from service.law.governing import PlacedOrder, governing_order, noticed_order, placed_orders, uninsured_order

COURT = "/matter/court"
ROLE = "/matter/caption/ocse_role"


def _dockets(facts: CaseFacts) -> Iterator[tuple[str, str, str | None]]:
    """Every docket number of this State with its pointer and the county it should belong to."""
    court = facts.matter.court
    if court.docket_number is not None:
        yield f"{COURT}/docket_number", court.docket_number, court.county
    for placed in placed_orders(facts):
        if placed.is_arkansas:
            yield f"{placed.at}/docket_number", placed.order.docket_number, placed.order.county


def _docket_of_other_county(facts: CaseFacts) -> Iterator[str]:
    for at, number, name in _dockets(facts):
        code = parse_docket(number).county_code
        named = None if name is None else COUNTIES.get(name)
        if code is not None and named is not None and named.code != code:
            yield at


def _docket_in_old_form(facts: CaseFacts) -> Iterator[str]:
    return (at for at, number, _ in _dockets(facts) if parse_docket(number).form is DocketForm.LEGACY)


def _court_of_other_county(facts: CaseFacts) -> Iterator[str]:
    if facts.matter.venue is not Venue.ORDER_COURT:
        return
    for placed in _orders_moved_on(facts):
        if placed.order.county not in {None, facts.matter.court.county}:
            yield f"{COURT}/county"
            yield f"{placed.at}/county"


def _docket_of_other_case(facts: CaseFacts) -> Iterator[str]:
    docket = facts.matter.court.docket_number
    for placed in _orders_moved_on(facts):
        if docket is None or not same_case(docket, placed.order.docket_number):
            yield f"{COURT}/docket_number"
            yield f"{placed.at}/docket_number"


def _orders_moved_on(facts: CaseFacts) -> Iterator[PlacedOrder]:
    """Orders of this State that a motion on these facts changes or enforces; a foreign one is registered first."""
    dividing = uninsured_order(facts) if facts.kind is FilingKind.UNINSURED_CLAIM else None
    for placed in dict.fromkeys((governing_order(facts), dividing)):
        if placed is not None and placed.is_arkansas:
            yield placed


def _parentage_open(facts: CaseFacts) -> Iterator[str]:
    if not facts.matter.paternity.established:
        yield "/matter/paternity/established"


def _born_after(facts: CaseFacts, placed: PlacedOrder | None) -> Iterator[str]:
    for place, child in enumerate(facts.children):
        if placed is not None and child.birth_date > placed.order.entered_on:
            yield f"/children/{place}/birth_date"
            yield f"{placed.at}/entered_on"


def _born_after_order(facts: CaseFacts) -> Iterator[str]:
    return _born_after(facts, governing_order(facts))


def _born_after_noticed_order(facts: CaseFacts) -> Iterator[str]:
    return _born_after(facts, noticed_order(facts))


def _services_undated(facts: CaseFacts) -> Iterator[str]:
    if facts.services.case_open and facts.services.since is None:
        yield "/services/since"


def _assistance_not_begun(facts: CaseFacts) -> Iterator[str]:
    for place, grant in enumerate(facts.services.assistance):
        if grant.since is not None and grant.since > facts.filing_date:
            yield f"/services/assistance/{place}/since"


def _referred_before_assistance(facts: CaseFacts) -> Iterator[str]:
    referred = facts.services.since if facts.services.basis is ServicesBasis.REFERRAL else None
    begun = [grant.since for grant in facts.services.assistance]
    if referred is not None and begun and all(since is not None and referred < since for since in begun):
        yield "/services/since"
        yield from (f"/services/assistance/{place}/since" for place in range(len(begun)))


def _referral_with_application(facts: CaseFacts) -> Iterator[str]:
    if facts.services.basis is ServicesBasis.REFERRAL and facts.services.medical_support_requested is not None:
        yield "/services/medical_support_requested"
        yield "/services/basis"


def _intervention_first(facts: CaseFacts) -> Iterator[str]:
    if facts.matter.caption.ocse_role.role is OcseRoleName.PROPOSED_INTERVENOR:
        yield f"{ROLE}/role"


def _intervention_undated(facts: CaseFacts) -> Iterator[str]:
    role = facts.matter.caption.ocse_role
    if role.role is OcseRoleName.INTERVENOR and role.admitted_on is None:
        yield f"{ROLE}/admitted_on"


def _admission_contradicted(facts: CaseFacts) -> Iterator[str]:
    role = facts.matter.caption.ocse_role
    if role.role is not OcseRoleName.INTERVENOR and role.admitted_on is not None:
        yield f"{ROLE}/admitted_on"
        yield f"{ROLE}/role"


CASE_DOUBTS: Mapping[str, Callable[[CaseFacts], Iterator[str]]] = MappingProxyType(
    {
        "docket_county_mismatch": _docket_of_other_county,
        "docket_legacy_form": _docket_in_old_form,
        "court_other_than_orders": _court_of_other_county,
        "docket_other_than_orders": _docket_of_other_case,
        "parentage_open": _parentage_open,
        "child_born_after_order": _born_after_order,
        "child_not_under_order": _born_after_noticed_order,
        "services_undated": _services_undated,
        "assistance_not_begun": _assistance_not_begun,
        "referred_before_assistance": _referred_before_assistance,
        "referral_with_application": _referral_with_application,
        "intervention_first": _intervention_first,
        "intervention_undated": _intervention_undated,
        "admission_contradicted": _admission_contradicted,
    }
)
