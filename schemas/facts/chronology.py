"""Dates that cannot be true together."""

from collections.abc import Iterator
from itertools import pairwise

from schemas.facts.parts import Part
from service.errors import Fault
from service.facts.vocabulary import FilingKind

_NOT_YET = "Send a date not after /filing_date, by when this must have happened, or correct that one."


def chronology_faults(facts: Part) -> Iterator[Fault]:
    """Events before what they follow, and past events dated after the filing."""
    filing = facts["filing_date"]
    for past in _past_events(facts):
        yield from _disorder(past, filing, _NOT_YET)
    for birth in _births(facts):
        if None not in (birth.value, filing.value) and birth.value >= filing.value:
            yield birth.fault("dates_out_of_order", "Send a birth date before /filing_date.")
    for child in facts["children"].entries():
        yield from _not_before(child["birth_date"], child["school_completed_on"])
    for claim in facts["claims"].entries():
        for later in _after_treatment(claim):
            yield from _not_before(claim["service_date"], later)
    for service in facts["service"].entries():
        for earlier, later in pairwise(service[name] for name in ("sent_on", "completed_on", "proof_received_on")):
            yield from _not_before(earlier, later)
    if facts["kind"].value is not FilingKind.MEDICAL_SUPPORT_NOTICE:
        yield from _not_before(filing, facts["hearing"]["on"])


def _past_events(facts: Part) -> Iterator[Part]:
    matter = facts["matter"]
    yield matter["caption"]["ocse_role"]["admitted_on"]
    yield matter["paternity"]["on"]
    yield matter["custody"]["since"]
    yield facts["services"]["since"]
    for order in facts["orders"].entries():
        yield order["entered_on"]
    for party in (facts["custodial_party"], facts["noncustodial_parent"]):
        for employment in party["employments"].entries():
            yield employment["information_received_on"]
    for claim in facts["claims"].entries():
        yield claim["service_date"]
        yield from _after_treatment(claim)


def _after_treatment(claim: Part) -> Iterator[Part]:
    yield claim["benefits_explained_on"]
    yield claim["paid_on"]
    yield claim["demand_sent_on"]
    for payment in claim["payments_received"].entries():
        yield payment["on"]


def _births(facts: Part) -> Iterator[Part]:
    for person in (facts["custodial_party"], facts["noncustodial_parent"], *facts["children"].entries()):
        yield person["birth_date"]


def _not_before(earlier: Part, later: Part) -> Iterator[Fault]:
    if None not in (earlier.value, later.value) and later.value < earlier.value:
        yield later.fault("dates_out_of_order", f"Send a date not before {earlier.place}, or correct that one.")


def _disorder(past: Part, filing: Part, message: str) -> Iterator[Fault]:
    if None not in (past.value, filing.value) and past.value > filing.value:
        yield past.fault("dates_out_of_order", message)
