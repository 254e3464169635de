from datetime import date

from icalendar import Calendar

from service.delivery.calendar_file import deadlines_calendar
from service.law.outcomes import Deadline

ANSWER = Deadline(
    what="Response to the motion is due", due=date(2026, 12, 11), rule="Ark. R. Civ. P. 6(c), (d)", conditional_on=None
)
HEARING = Deadline(
    what="Earliest hearing", due=date(2026, 12, 21), rule="Ark. R. Civ. P. 78(c)", conditional_on="the date of receipt"
)
UNKNOWN = Deadline(what="Answer is due", due=None, rule="Ark. R. Civ. P. 12(a)(1)", conditional_on="service")


def test_each_dated_deadline_is_an_all_day_event_and_what_it_waits_for_is_said() -> None:
    content = deadlines_calendar([ANSWER, HEARING, UNKNOWN], facts_digest="ab" * 32, filing_date=date(2026, 11, 23))
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [ANSWER.due, HEARING.due]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "TENTATIVE"]
    assert "the date of receipt" in str(events[1]["description"])


def test_the_same_facts_give_the_same_bytes() -> None:
    made = {
        deadlines_calendar([ANSWER, HEARING], facts_digest="ab" * 32, filing_date=date(2026, 11, 23)) for _ in range(3)
    }
    assert len(made) == 1
