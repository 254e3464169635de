"""The deadlines of a filing as a calendar file (RFC 5545) for any calendar program."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from service.facts.canonical import digest
from service.law.outcomes import Deadline

_PRODUCT = "-//OCSE Filings//Deadlines//EN"


def deadlines_calendar(deadlines: Sequence[Deadline], *, facts_digest: str, filing_date: date) -> bytes:
    """One all-day event for each deadline that has a date; the same facts give the same bytes.

    The events name the rule and what the date still depends on, never a party: calendars are shared.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    stamped = datetime.combine(filing_date, time(), UTC)
    for deadline in deadlines:
        if deadline.due is not None:
            calendar.add_component(_event(deadline, deadline.due, facts_digest, stamped))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, due: date, facts_digest: str, stamped: datetime) -> Event:
    event = Event()
    uid = digest(f"{facts_digest}:{deadline.what}:{due.isoformat()}".encode())
    event.add("uid", f"{uid[:32]}@ocse-filings")
    event.add("dtstamp", stamped)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", deadline.what)
    condition = f" Depends on: {deadline.conditional_on}." if deadline.conditional_on else ""
    event.add("description", f"{deadline.rule}.{condition}")
    event.add("status", "TENTATIVE" if deadline.conditional_on else "CONFIRMED")
    return event
