"""Rules by their date: what was in force then governs a filing of then, and an unknown time is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.facts import load_facts
from service.facts.vocabulary import FilingKind
from service.law.authorities import AUTHORITIES
from service.law.deadlines import ADDED_TIME_UNKNOWN, deadlines, earliest_hearing
from service.law.determination import determine
from service.law.editions import EDITIONS, EditionUnknown, Subject, edition_in_force, edition_known, rule_set
from service.law.outcomes import Outcome
from service.law.table_reading import LawTableRefused
from tests.builders import altered, example

B, C = FilingKind.MODIFICATION, FilingKind.UNINSURED_CLAIM
FACTS = {kind: load_facts(example(kind.value)) for kind in (B, C)}
AMENDED = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("subject", "on", "name"),
    [
        (Subject.GUIDELINES, date(2021, 3, 1), "2020 Ark. 131"),
        (Subject.GUIDELINES, date(2022, 10, 6), "2020 Ark. 131"),
        (Subject.GUIDELINES, date(2022, 10, 7), "2022 Ark. 185"),
        (Subject.ADDED_TIME, AMENDED, "Rule 6(d) as amended on 4 June 2026"),
        (Subject.REASONABLE_COST, date(2026, 11, 23), "45 C.F.R. § 303.31(a)(3)"),
    ],
)
def test_the_edition_of_the_day_is_taken(subject: Subject, on: date, name: str) -> None:
    assert edition_in_force(subject, on).name == name


@pytest.mark.parametrize("subject", Subject)
def test_a_day_before_the_first_edition_on_file_is_refused_at_the_filing_date(subject: Subject) -> None:
    before = EDITIONS[subject][0].first - timedelta(days=1)
    assert edition_known(subject, before) is None
    with pytest.raises(EditionUnknown, match="first one on file") as refused:
        edition_in_force(subject, before)
    assert [(fault.code, fault.pointer) for fault in refused.value.faults] == [("edition_unknown", "/filing_date")]


@given(st.sampled_from(Subject), st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1)))
def test_at_most_one_edition_is_in_force_on_a_day(subject: Subject, day: date) -> None:
    assert sum(edition.governs(day) for edition in EDITIONS[subject]) <= 1


def test_every_edition_rests_on_a_known_authority_and_has_figures_by_name() -> None:
    for editions in EDITIONS.values():
        assert {edition.authority for edition in editions} <= AUTHORITIES.keys()
    assert edition_in_force(Subject.ADDED_TIME, AMENDED).value("business_days") == Decimal(3)
    with pytest.raises(LawTableRefused, match="add it"):
        edition_in_force(Subject.ADDED_TIME, AMENDED).value("weeks")


def test_a_rule_set_is_the_same_until_a_rule_changes() -> None:
    now, later, before = rule_set(date(2026, 11, 23)), rule_set(date(2027, 3, 1)), rule_set(date(2026, 6, 3))
    assert now == later
    assert now.id == "arkansas-2026-06-04"
    assert (before.id, before.digest == now.digest) == ("arkansas-2025-01-01", False)
    assert len(now.digest) == 64


def test_days_added_by_an_earlier_rule_are_not_guessed() -> None:
    facts = altered(FACTS[C], "/filing_date", date(2026, 6, 3))
    early = altered(facts, "/service/0/sent_on", date(2026, 6, 3))
    dates = {deadline.what: (deadline.due, deadline.conditional_on) for deadline in deadlines(early, C)}
    assert dates["Response of the noncustodial parent to the motion"] == (None, ADDED_TIME_UNKNOWN)
    assert dates["Reply to a response"] == (None, ADDED_TIME_UNKNOWN)
    assert earliest_hearing(early) is None
    assert determine(early).of(C).outcome is Outcome.HOLD


def test_a_filing_made_again_as_of_a_past_day_takes_the_guidelines_of_then() -> None:
    facts = altered(FACTS[B], "/modification/guideline/edition", "2020 Ark. 131")
    held = [found for found in determine(facts).of(B).advisories if found.code == "guideline_edition_not_in_force"]
    assert [found.outcome for found in held] == [Outcome.HOLD]
