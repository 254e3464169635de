"""Days on which the law counts: legal holidays and business days (Ark. R. Civ. P. 6(a), Ark. Code Ann. § 1-5-101)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from service.errors import FactsRefused, Fault
from service.law.table_reading import TableReader, open_table

SATURDAY = 5
SHORT_PERIOD_DAYS = 14
ONE_DAY = timedelta(days=1)


class AppointedBy(StrEnum):
    """Who made the day a holiday; a clerk's office may be open on a day that Congress alone appoints."""

    STATE = "state"
    CONGRESS = "congress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A legal holiday on the day it is kept."""

    name: str
    observed: date
    by: AppointedBy


class OutsideCalendar(FactsRefused):
    """A date lies in a year whose holidays are not in the table, so nothing can be counted from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Business days of the years ``first_year`` to ``last_year``; any other year is refused, never guessed."""

    holidays: frozenset[date]
    first_year: int
    last_year: int

    def covers(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return self.first_year <= day.year <= self.last_year

    def is_business_day(self, day: date) -> bool:
        """Whether the day is no Saturday, Sunday or holiday.

        Raises:
            OutsideCalendar: the year is not in the table.
        """
        if not self.covers(day):
            raise OutsideCalendar(
                f"The holidays of {day.year} are not known: the table covers {self.first_year} to {self.last_year}. "
                "Correct the date, or have the operator add the year.",
                (Fault(code="date_outside_calendar", message="The holidays of this year are not in the table."),),
            )
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_business_day(self, day: date) -> date:
        """The day itself if it is a business day, else the first one after it (last sentence of Rule 6(a))."""
        while not self.is_business_day(day):
            day += ONE_DAY
        return day

    def business_days_after(self, start: date, count: int) -> date:
        """The ``count``-th business day after ``start``, which itself is not counted; ``start`` if count is 0."""
        day = start
        for _ in range(count):
            day = self.next_business_day(day + ONE_DAY)
        return day

    def period_end(self, start: date, days: int, extra_business_days: int = 0) -> date:
        """The last day of a period of ``days`` that begins with the event on ``start``.

        A period of less than fourteen days skips Saturdays, Sundays and legal holidays (Rule 6(a)). The extra business
        days of Rule 6(d) follow the base period, which is then not rolled forward first; that order is to be confirmed
        by the attorney.
        """
        if days < SHORT_PERIOD_DAYS:
            return self.business_days_after(start, days + extra_business_days)
        end = start + timedelta(days=days)
        if extra_business_days:
            return self.business_days_after(end, extra_business_days)
        return self.next_business_day(end)


def anniversary(day: date, years: int) -> date:
    """The same day ``years`` later; for 29 February in a common year, 1 March, when the year is surely complete."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayTable:
    """The legal holidays of whole years."""

    holidays: tuple[Holiday, ...]
    first_year: int
    last_year: int

    def calendar(self, *appointed: AppointedBy) -> Calendar:
        """A calendar that keeps only the holidays these appointed."""
        days = frozenset(holiday.observed for holiday in self.holidays if holiday.by in appointed)
        return Calendar(holidays=days, first_year=self.first_year, last_year=self.last_year)


def read_holidays(table: TableReader) -> HolidayTable:
    """The holidays of a table in its own order.

    Raises:
        LawTableRefused: a row is faulty, or a year within the bounds has no holiday at all.
    """
    read = HolidayTable(
        holidays=tuple(
            Holiday(
                name=table.text(row, "name", at),
                observed=table.day(row, "observed", at),
                by=table.word(AppointedBy, row, "by", at),
            )
            for at, row in table.rows("holidays")
        ),
        first_year=table.whole(table.document, "first_year", ""),
        last_year=table.whole(table.document, "last_year", ""),
    )
    years = {holiday.observed.year for holiday in read.holidays}
    for year in range(read.first_year, read.last_year + 1):
        if year not in years:
            table.refuse("/holidays", f"the year {year} is announced but has no holiday.")
    table.close()
    return read


HOLIDAY_TABLE = read_holidays(open_table("holidays.json"))
LEGAL_DAYS = HOLIDAY_TABLE.calendar(*AppointedBy)
"""What others must do is counted on all legal holidays."""
STATE_DAYS = HOLIDAY_TABLE.calendar(AppointedBy.STATE)
"""What the agency must do is not stretched by a day that Congress alone appointed."""
