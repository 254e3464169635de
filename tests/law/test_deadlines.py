"""What falls due after each kind of filing, and what it waits for."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.errors import FactsRefused
from service.facts.case import CaseFacts, Hearing, ServiceOnParty
from service.facts.vocabulary import FilingKind, PartyRole, ServiceMethod
from service.law.deadlines import deadlines, earliest_hearing
from service.law.outcomes import Deadline
from tests.builders import altered, example

A, B, C, N = FilingKind
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}


def due(facts: CaseFacts, kind: FilingKind, beginning: str) -> Deadline:
    return next(deadline for deadline in deadlines(facts, kind) if deadline.what.startswith(beginning))


def served(method: ServiceMethod, sent: date | None, completed: date | None) -> tuple[ServiceOnParty, ...]:
    return (
        ServiceOnParty(
            on_party=PartyRole.NONCUSTODIAL_PARENT,
            method=method,
            sent_on=sent,
            completed_on=completed,
            proof_received_on=None,
        ),
    )


def test_an_answer_waits_for_service_and_is_reckoned_from_the_filing_till_then() -> None:
    answer = due(FACTS[A], A, "Answer")
    assert answer.due == date(2026, 12, 23)
    assert answer.conditional_on == "service on the noncustodial parent; reckoned from the filing date"
    assert answer.rule == "Ark. R. Civ. P. 12(a)(1)"


@pytest.mark.parametrize(("incarcerated", "day"), [(False, date(2026, 12, 31)), (True, date(2027, 2, 1))])
def test_an_answer_runs_from_service_once_it_is_known(day: date, *, incarcerated: bool) -> None:
    facts = altered(FACTS[A], "/noncustodial_parent/incarcerated", incarcerated)
    facts = altered(facts, "/service", served(ServiceMethod.PERSONAL_WITH_SUMMONS, None, date(2026, 12, 1)))
    answer = due(facts, A, "Answer")
    assert (answer.due, answer.conditional_on) == (day, None)


def test_certified_mail_does_not_lengthen_the_time_to_answer() -> None:
    by_mail = served(ServiceMethod.CERTIFIED_MAIL_RESTRICTED, date(2026, 11, 23), date(2026, 12, 1))
    assert due(altered(FACTS[A], "/service", by_mail), A, "Answer").due == date(2026, 12, 31)


def test_service_of_a_complaint_is_due_within_120_days_without_condition() -> None:
    service = due(FACTS[A], A, "Service of the summons")
    assert (service.due, service.conditional_on) == (date(2027, 3, 23), None)


def test_a_response_to_mailed_motion_waits_for_receipt() -> None:
    response = due(FACTS[B], B, "Response of the noncustodial parent")
    assert response.due == date(2026, 12, 11)
    assert response.conditional_on is not None
    assert response.conditional_on.startswith("receipt by the noncustodial parent")
    assert "to be confirmed by the attorney" in response.rule


@pytest.mark.parametrize(
    ("method", "day"),
    [
        (ServiceMethod.PERSONAL, date(2026, 12, 8)),
        (ServiceMethod.CERTIFIED_MAIL_RESTRICTED, date(2026, 12, 11)),
        (ServiceMethod.EFLEX, date(2026, 12, 11)),
    ],
)
def test_a_response_runs_ten_business_days_and_three_more_after_mail(method: ServiceMethod, day: date) -> None:
    facts = altered(FACTS[C], "/service", served(method, date(2026, 11, 23), date(2026, 11, 23)))
    response = due(facts, C, "Response")
    assert (response.due, response.conditional_on) == (day, None)


def test_electronic_service_is_complete_when_sent() -> None:
    facts = altered(FACTS[C], "/service", served(ServiceMethod.EFLEX, date(2026, 11, 23), None))
    assert due(facts, C, "Response").conditional_on is None


def test_each_party_served_has_its_own_response() -> None:
    responses = [entry.what for entry in deadlines(FACTS[B], B) if entry.what.startswith("Response")]
    assert responses == [
        "Response of the custodial party to the motion",
        "Response of the noncustodial parent to the motion",
    ]


def test_a_motion_nobody_is_yet_to_be_served_with_still_shows_its_deadlines() -> None:
    response = due(altered(FACTS[C], "/service", ()), C, "Response")
    assert response.due == date(2026, 12, 8)
    assert response.conditional_on == "service on the noncustodial parent; reckoned from the filing date"


def test_a_reply_is_reckoned_without_days_we_may_not_have() -> None:
    reply = due(FACTS[B], B, "Reply")
    assert reply.due == date(2026, 12, 18)
    assert reply.conditional_on is not None


@pytest.mark.parametrize(
    ("method", "day"),
    [(ServiceMethod.PERSONAL, date(2026, 12, 21)), (ServiceMethod.CERTIFIED_MAIL_RESTRICTED, date(2026, 12, 28))],
)
def test_no_hearing_before_the_time_to_reply_has_ended(method: ServiceMethod, day: date) -> None:
    facts = altered(FACTS[C], "/service", served(method, date(2026, 11, 23), date(2026, 11, 23)))
    assert earliest_hearing(facts) == due(facts, C, "Earliest").due == day


def test_a_hearing_already_set_fixes_the_last_day_to_serve() -> None:
    assert due(FACTS[B], B, "Last day to serve").due == date(2026, 12, 23)
    facts = altered(FACTS[C], "/hearing", Hearing(on=date(2027, 2, 1), time=time(9), place="Courtroom 1"))
    assert due(facts, C, "Last day to serve").due == date(2027, 1, 12)


def test_a_notice_runs_from_the_later_of_order_and_employment() -> None:
    assert due(FACTS[N], N, "Notice").due == date(2026, 11, 23)
    later = altered(FACTS[N], "/orders/0/entered_on", date(2026, 11, 24))
    assert due(later, N, "Notice").due == date(2026, 11, 27)


def test_employer_and_plan_have_twenty_and_forty_business_days() -> None:
    facts = altered(FACTS[N], "/filing_date", date(2026, 11, 24))
    assert due(facts, N, "Employer").due == date(2026, 12, 23)
    assert due(facts, N, "Plan").due == date(2027, 1, 26)


def test_a_notice_without_order_or_day_of_information_has_no_date_but_says_why() -> None:
    undated = altered(FACTS[N], "/noncustodial_parent/employments/0/information_received_on", None)
    for facts in (undated, FACTS[A]):
        notice = due(facts, N, "Notice")
        assert notice.due is None
        assert notice.conditional_on is not None


def test_a_notice_long_overdue_says_that_its_time_ran_out() -> None:
    facts = altered(FACTS[N], "/orders/0/entered_on", date(2020, 1, 6))
    facts = altered(facts, "/noncustodial_parent/employments/0/information_received_on", date(2020, 2, 3))
    notice = due(facts, N, "Notice")
    assert notice.due is None
    assert notice.conditional_on is not None
    assert "ran out" in notice.conditional_on


@pytest.mark.parametrize("kind", FilingKind)
def test_a_filing_date_without_holidays_is_refused_at_its_place(kind: FilingKind) -> None:
    facts = altered(altered(FACTS[A], "/filing_date", date(2031, 3, 3)), "/service", ())
    with pytest.raises(FactsRefused) as refused:
        deadlines(facts, kind)
    assert refused.value.faults[0].pointer == "/filing_date"


def test_a_period_that_runs_into_a_year_without_holidays_is_refused_with_the_years_that_are_known() -> None:
    facts = altered(altered(FACTS[A], "/filing_date", date(2030, 12, 20)), "/service", ())
    with pytest.raises(FactsRefused) as refused:
        deadlines(facts, A)
    words = refused.value.faults[0].message
    assert words.startswith("The holidays of 2031 are not known: the table covers 2026 to 2030.")
    assert "have the operator add the year" in words


def test_a_service_date_without_holidays_is_refused_at_its_place() -> None:
    facts = altered(FACTS[C], "/service", served(ServiceMethod.PERSONAL, None, date(2024, 5, 6)))
    with pytest.raises(FactsRefused) as refused:
        deadlines(facts, C)
    assert refused.value.faults[0].pointer == "/service/0/completed_on"


@given(st.permutations(FACTS[B].service), st.dates(min_value=date(2026, 1, 5), max_value=date(2029, 12, 31)))
def test_deadlines_do_not_hang_on_the_order_of_service(order: Any, day: date) -> None:
    facts = altered(altered(FACTS[B], "/filing_date", day), "/hearing", None)
    assert deadlines(altered(facts, "/service", tuple(order)), B) == deadlines(facts, B)


@pytest.mark.parametrize(
    "pointer", ["/noncustodial_parent/employments/0/information_received_on", "/orders/0/entered_on"]
)
def test_a_notice_that_cannot_be_reckoned_is_refused_at_the_later_event(pointer: str) -> None:
    with pytest.raises(FactsRefused) as refused:
        deadlines(altered(FACTS[N], pointer, date(2031, 1, 2)), N)
    assert refused.value.faults[0].pointer == pointer
