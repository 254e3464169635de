"""From which day a period runs: what the facts say of service on each party, and what they leave open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from service.errors import Fault
from service.facts.case import CaseFacts, ServiceOnParty
from service.facts.vocabulary import PartyRole, ServiceMethod
from service.law.calendar import OutsideCalendar
from service.law.editions import Subject, edition_known
from service.law.party_names import PARTY_NAMES

UPON_RECEIPT = frozenset({ServiceMethod.CERTIFIED_MAIL_RESTRICTED, ServiceMethod.COMMERCIAL_DELIVERY})
UPON_SENDING = frozenset({ServiceMethod.FIRST_CLASS_MAIL, ServiceMethod.EMAIL, ServiceMethod.EFLEX})
EXTENDING = UPON_RECEIPT | UPON_SENDING
"""Methods after which Rule 6(d) adds days to what the party served must do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The event a period runs from: its day, where the facts have it, and what is still open if it is assumed.

    ``extended`` means that Rule 6(d) adds days to what the party served must do.
    """

    on: date
    at: str
    waits_for: str | None
    extended: bool

    def reckon(self, count: Callable[[date], date]) -> date:
        """Count a period from the event.

        Raises:
            OutsideCalendar: with the pointer of the event, if the period leaves the years whose holidays are known.
        """
        try:
            return count(self.on)
        except OutsideCalendar as outside:
            fault = Fault(code="date_outside_calendar", message=outside.message, pointer=self.at)
            raise OutsideCalendar(outside.message, (fault,)) from outside


def added_business_days(on: date) -> int | None:
    """The business days that Rule 6(d) adds after service on that day; ``None`` if the rule of then is not on file."""
    edition = edition_known(Subject.ADDED_TIME, on)
    return None if edition is None else int(edition.value("business_days"))


def filing(facts: CaseFacts) -> Trigger:
    """The filing itself."""
    return Trigger(on=facts.filing_date, at="/filing_date", waits_for=None, extended=False)


def parties_served(facts: CaseFacts) -> tuple[PartyRole, ...]:
    """Every party served with the papers, in fixed order; the noncustodial parent where none is named yet."""
    named = {entry.on_party for entry in facts.service} - {PartyRole.OCSE}
    return tuple(role for role in PartyRole if role in named) or (PartyRole.NONCUSTODIAL_PARENT,)


def service_on(facts: CaseFacts, role: PartyRole) -> Trigger:
    """Service on one party: the day it was complete, else the earliest day it can be and what that waits for.

    Mail to an attorney, e-mail and eFlex are complete upon sending (Ark. R. Civ. P. 5(b)(2)); certified mail and
    delivery companies upon receipt.
    """
    for place, entry in enumerate(facts.service):
        if entry.on_party is role:
            return _trigger(facts, entry, f"/service/{place}")
    waits_for = f"service on the {PARTY_NAMES[role]}; reckoned from the filing date"
    return Trigger(on=facts.filing_date, at="/filing_date", waits_for=waits_for, extended=False)


def _trigger(facts: CaseFacts, entry: ServiceOnParty, at: str) -> Trigger:
    extended = entry.method in EXTENDING
    if entry.completed_on is not None:
        return Trigger(on=entry.completed_on, at=f"{at}/completed_on", waits_for=None, extended=extended)
    if entry.sent_on is None:
        open_event = f"{_event(entry)}; reckoned from the filing date"
        return Trigger(on=facts.filing_date, at="/filing_date", waits_for=open_event, extended=extended)
    waits_for = None if entry.method in UPON_SENDING else f"{_event(entry)}; reckoned from the day of sending"
    return Trigger(on=entry.sent_on, at=f"{at}/sent_on", waits_for=waits_for, extended=extended)


def _event(entry: ServiceOnParty) -> str:
    name = PARTY_NAMES[entry.on_party]
    return f"receipt by the {name} (no proof of it yet)" if entry.method in UPON_RECEIPT else f"service on the {name}"
