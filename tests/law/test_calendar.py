"""Counting days: the vectors of the rules, and what holds for any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.law.calendar import (
    HOLIDAY_TABLE,
    LEGAL_DAYS,
    SHORT_PERIOD_DAYS,
    STATE_DAYS,
    AppointedBy,
    OutsideCalendar,
    anniversary,
)

DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 6, 30))
LENGTHS = st.integers(min_value=1, max_value=120)


@pytest.mark.parametrize(
    ("start", "days", "extra", "due"),
    [
        pytest.param(date(2026, 11, 23), 30, 0, date(2026, 12, 23), id="answer"),
        pytest.param(date(2026, 11, 24), 30, 0, date(2026, 12, 28), id="answer-past-christmas"),
        pytest.param(date(2026, 11, 23), 60, 0, date(2027, 1, 22), id="answer-incarcerated"),
        pytest.param(date(2026, 11, 23), 10, 0, date(2026, 12, 8), id="response-by-hand"),
        pytest.param(date(2026, 11, 23), 10, 3, date(2026, 12, 11), id="response-by-mail"),
        pytest.param(date(2026, 12, 14), 5, 3, date(2026, 12, 28), id="reply-by-mail"),
        pytest.param(date(2026, 11, 23), 120, 0, date(2027, 3, 23), id="service-of-process"),
        pytest.param(date(2026, 11, 23), 20, 0, date(2026, 12, 14), id="notice-of-hearing"),
    ],
)
def test_periods_end_when_rule_6_says(start: date, days: int, extra: int, due: date) -> None:
    assert LEGAL_DAYS.period_end(start, days, extra) == due


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        pytest.param(date(2026, 11, 23), 2, date(2026, 11, 25), id="notice-to-employer"),
        pytest.param(date(2026, 11, 24), 20, date(2026, 12, 23), id="employer-to-plan"),
        pytest.param(date(2026, 11, 24), 40, date(2027, 1, 26), id="plan-administrator"),
    ],
)
def test_business_days_skip_weekends_and_holidays(start: date, days: int, due: date) -> None:
    assert LEGAL_DAYS.business_days_after(start, days) == due


def test_extra_days_follow_a_long_period_that_is_not_rolled_forward_first() -> None:
    saturday = date(2026, 12, 5) + timedelta(days=14)
    assert saturday.weekday() == 5
    assert LEGAL_DAYS.period_end(date(2026, 12, 5), 14, 3) == date(2026, 12, 23)


@given(DAYS, LENGTHS, st.integers(min_value=0, max_value=3))
def test_a_period_ends_on_a_business_day_not_before_its_calendar_length(start: date, days: int, extra: int) -> None:
    end = LEGAL_DAYS.period_end(start, days, extra)
    assert LEGAL_DAYS.is_business_day(end)
    assert end >= start + timedelta(days=days)
    if days != SHORT_PERIOD_DAYS - 1:  # thirteen business days outlast fourteen days: so Rule 6(a) counts
        assert LEGAL_DAYS.period_end(start, days + 1, extra) >= end


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_business_days_are_counted_one_by_one(start: date, count: int) -> None:
    end = LEGAL_DAYS.business_days_after(start, count)
    span = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert sum(LEGAL_DAYS.is_business_day(day) for day in span) == count


@given(DAYS, LENGTHS)
def test_a_day_kept_by_congress_alone_never_stretches_what_the_agency_must_do(start: date, days: int) -> None:
    assert STATE_DAYS.period_end(start, days) <= LEGAL_DAYS.period_end(start, days)


def test_the_table_holds_five_years_of_weekdays() -> None:
    assert {holiday.observed.year for holiday in HOLIDAY_TABLE.holidays} == {2026, 2027, 2028, 2029, 2030}
    assert all(holiday.observed.weekday() < 5 for holiday in HOLIDAY_TABLE.holidays)
    assert {h.name for h in HOLIDAY_TABLE.holidays if h.by is AppointedBy.CONGRESS} == {"Juneteenth", "Columbus Day"}


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2031, 1, 1)])
def test_a_year_without_holidays_is_refused_in_words(day: date) -> None:
    with pytest.raises(OutsideCalendar, match="2026 to 2030") as refused:
        LEGAL_DAYS.next_business_day(day)
    assert refused.value.faults[0].code == "date_outside_calendar"


def test_a_period_that_runs_out_of_the_table_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        LEGAL_DAYS.period_end(date(2030, 12, 20), 30)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2020, 12, 31)), st.integers(min_value=1, max_value=30))
def test_an_anniversary_never_comes_before_the_years_are_complete(day: date, years: int) -> None:
    kept = anniversary(day, years)
    assert kept.year == day.year + years
    assert (kept.month, kept.day) in {(day.month, day.day), (3, 1)}
