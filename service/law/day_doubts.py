"""Doubts about days: a filing or hearing when the court is closed, and a hearing before a motion is ripe for one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.law.calendar import LEGAL_DAYS, SATURDAY
from service.law.deadlines import earliest_hearing, hearing_waits_for, notice_comes_too_late

COURT_OPENS = time(8)
COURT_CLOSES = time(17)


def _closed(day: date) -> bool:
    """A day outside the holiday table is judged by its weekday; that its holidays are unknown is said beside it."""
    return day.weekday() >= SATURDAY or (LEGAL_DAYS.covers(day) and not LEGAL_DAYS.is_business_day(day))


def _filed_when_closed(facts: CaseFacts) -> Iterator[str]:
    if _closed(facts.filing_date):
        yield "/filing_date"


def _heard_when_closed(facts: CaseFacts) -> Iterator[str]:
    if facts.hearing is not None and _closed(facts.hearing.on):
        yield "/hearing/on"


def _heard_in_unknown_year(facts: CaseFacts) -> Iterator[str]:
    if facts.hearing is not None and not LEGAL_DAYS.covers(facts.hearing.on):
        yield "/hearing/on"


def _heard_after_hours(facts: CaseFacts) -> Iterator[str]:
    if facts.hearing is not None and not COURT_OPENS <= facts.hearing.time <= COURT_CLOSES:
        yield "/hearing/time"


def _heard_too_early(facts: CaseFacts) -> Iterator[str]:
    """The earliest day hangs on service that is not yet proved, and may move."""
    return iter(()) if hearing_waits_for(facts) is None else _before_earliest(facts)


def _heard_before_ripe(facts: CaseFacts) -> Iterator[str]:
    """Every party has been served, so that the earliest day is certain."""
    return _before_earliest(facts) if hearing_waits_for(facts) is None else iter(())


def _noticed_too_late(facts: CaseFacts) -> Iterator[str]:
    if notice_comes_too_late(facts):
        yield "/hearing/on"
        yield "/filing_date"


def _before_earliest(facts: CaseFacts) -> Iterator[str]:
    earliest = earliest_hearing(facts)
    if facts.hearing is not None and earliest is not None and facts.hearing.on < earliest:
        yield "/hearing/on"


DAY_DOUBTS: Mapping[str, Callable[[CaseFacts], Iterator[str]]] = MappingProxyType(
    {
        "filing_on_closed_day": _filed_when_closed,
        "hearing_on_closed_day": _heard_when_closed,
        "hearing_year_unknown": _heard_in_unknown_year,
        "hearing_outside_hours": _heard_after_hours,
        "hearing_too_early": _heard_too_early,
        "hearing_before_reply": _heard_before_ripe,
        "hearing_notice_too_late": _noticed_too_late,
    }
)
