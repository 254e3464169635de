"""Who stands where in the case, which order controls, and what each kind of filing needs to be told."""

from collections.abc import Iterator

from schemas.facts.forms import DocketNumber
from schemas.facts.parts import Part
from service.errors import Fault
from service.facts.vocabulary import FilingKind, MedicalSupportRequest, ModificationGround, OcseRoleName, PartyRole
from service.law.courts import COUNTIES
from service.law.dockets import DocketForm, parse_docket

_GROUP_OF_KIND = {
    FilingKind.MEDICAL_SUPPORT: "medical_support",
    FilingKind.MODIFICATION: "modification",
    FilingKind.UNINSURED_CLAIM: "uninsured",
    FilingKind.MEDICAL_SUPPORT_NOTICE: "notice",
}
_GROUNDS_IN_HEALTH_CARE = {ModificationGround.HEALTH_CARE_NEED, ModificationGround.LOSS_OF_COVERAGE}


def caption_faults(facts: Part) -> Iterator[Fault]:
    """Sides of the case that contradict each other or the agency's role (Ark. R. Civ. P. 10(a), 17(a), 24)."""
    caption = facts["matter"]["caption"]
    plaintiffs, defendants, role = caption["plaintiffs"], caption["defendants"], caption["ocse_role"]["role"]
    on_both_sides = plaintiffs.value or []
    for party in defendants.entries():
        if party.value is PartyRole.OCSE:
            yield party.fault("contradiction", "The agency is never a defendant; name it by ocse_role.")
        elif party.value is not None and party.value in on_both_sides:
            yield party.fault("contradiction", f"{plaintiffs.place} has this party; leave it on one side.")
    if None not in (plaintiffs.value, role.value):
        yield from _agency_faults(plaintiffs, role)
    if None not in (plaintiffs.value, defendants.value):
        sides = {*plaintiffs.value, *defendants.value}
        if PartyRole.NONCUSTODIAL_PARENT not in sides and None not in sides:
            yield caption.fault("contradiction", "Name the noncustodial parent on one side of the case.")


def _agency_faults(plaintiffs: Part, role: Part) -> Iterator[Fault]:
    leads = PartyRole.OCSE in plaintiffs.value
    if leads and role.value is not OcseRoleName.PLAINTIFF:
        yield role.fault("contradiction", f"{plaintiffs.place} names ocse; its role then is plaintiff.")
    if not leads and role.value is OcseRoleName.PLAINTIFF and None not in plaintiffs.value:
        yield plaintiffs.fault("contradiction", f"Name ocse here, or correct {role.place}.")


def order_faults(facts: Part) -> Iterator[Fault]:
    """Orders among which not exactly one controls, and Arkansas orders whose court cannot be one of Arkansas."""
    orders = facts["orders"]
    flags = [order["controlling"] for order in orders.entries()]
    controlling = [flag for flag in flags if flag.value]
    if flags and not controlling and all(flag.value is False for flag in flags):
        yield orders.fault("controlling_order", "Mark the one order that governs support now as controlling.")
    for extra in controlling[1:]:
        yield extra.fault("controlling_order", "An earlier order is marked as controlling; mark only one.")
    for order in orders.entries():
        if order["state"].value == "AR":
            yield from _arkansas_order_faults(order)


def _arkansas_order_faults(order: Part) -> Iterator[Fault]:
    docket, county = order["docket_number"], order["county"]
    if docket.value is not None and parse_docket(docket.value).form is DocketForm.OTHER:
        yield docket.fault(DocketNumber.code, DocketNumber.message)
    if county.value is not None and county.value not in COUNTIES:
        yield county.fault("not_in_list", f"Send a county of Arkansas: {', '.join(COUNTIES)}.")


def need_faults(facts: Part) -> Iterator[Fault]:
    """Groups and claims without which this kind of filing asks for nothing."""
    kind = facts["kind"].value
    if kind in _GROUP_OF_KIND:
        yield from _missing(facts[_GROUP_OF_KIND[kind]], f"A filing of kind {kind} needs this group.")
    grounds = facts["modification"]["grounds"].value or []
    if kind is FilingKind.MODIFICATION and not _GROUNDS_IN_HEALTH_CARE.isdisjoint(grounds):
        yield from _missing(facts["medical_support"], "A ground in health care needs this group: what is asked for.")
    if kind is FilingKind.UNINSURED_CLAIM and facts["claims"].value == []:
        yield facts["claims"].fault("too_few", "An uninsured claim needs at least one entry here.")
    request = facts["medical_support"]["request"].value
    coverages = facts["medical_support"]["coverages"]
    if request in {MedicalSupportRequest.SECURE, MedicalSupportRequest.MAINTAIN} and coverages.value == []:
        yield coverages.fault("too_few", "Name at least one kind of coverage to secure or maintain.")


def _missing(group: Part, message: str) -> Iterator[Fault]:
    if group.value is None:
        yield group.fault("missing_field", message)
