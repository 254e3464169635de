"""Doubts about claims, days, court and standing: which places they name, and what lifts them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts, ServiceOnParty
from service.facts.claims import PaymentReceived
from service.facts.vocabulary import FilingKind, PartyRole, ServiceMethod, Venue
from service.law.determination import determine
from service.law.money import ZERO
from service.law.outcomes import Advisory, Outcome, Override
from service.law.uninsured import account_lines, uninsured_statement
from tests.builders import altered, example

A, B, C, N = FilingKind
ALLOW, WARN, HOLD, BLOCK = Outcome
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}
NO_CONTEMPT = {"/uninsured/contempt_requested": False}


def with_changes(base: FilingKind, changes: Mapping[str, Any]) -> CaseFacts:
    facts = FACTS[base]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    return facts


def advised(facts: CaseFacts, kind: FilingKind | None = None) -> dict[str, Advisory]:
    return {advisory.code: advisory for advisory in determine(facts).of(kind or facts.kind).advisories}


def settled(facts: CaseFacts) -> CaseFacts:
    """The claims as they are once each share has been paid to the cent."""
    shares = {line.claim_id: line.share for line in account_lines(facts)}
    paid = [
        replace(claim, payments_received=(PaymentReceived(on=facts.filing_date, amount=shares[claim.id]),))
        for claim in facts.claims
    ]
    return replace(facts, claims=tuple(paid))


@pytest.mark.parametrize("changes", [{}, NO_CONTEMPT, {"/uninsured/interest_requested": True}])
def test_a_claim_with_nothing_left_to_pay_is_blocked_for_good(changes: Mapping[str, Any]) -> None:
    facts = settled(with_changes(C, changes))
    found = advised(facts)["nothing_owed"]
    assert (found.outcome, found.override, found.facts) == (BLOCK, Override.NONE, ("/claims",))
    assert determine(facts).of(C).outcome is BLOCK
    assert uninsured_statement(facts).totals.balance == ZERO


def test_a_share_of_nothing_leaves_nothing_to_pay() -> None:
    facts = with_changes(C, {"/orders/0/uninsured_expenses/payor_percent": ZERO, "/claims/1/payments_received": ()})
    assert advised(facts)["nothing_owed"].outcome is BLOCK


def test_one_line_without_a_balance_is_named_alone() -> None:
    facts = FACTS[C]
    paid = settled(facts).claims[2]
    found = advised(replace(facts, claims=(*facts.claims[:2], paid)))
    assert {code: entry.outcome for code, entry in found.items()} == {"claim_settled": WARN}
    assert found["claim_settled"].facts == ("/claims/2/paid_by_custodial_party", "/claims/2/payments_received")


def test_an_overpaid_claim_is_blocked_in_the_determination_and_shown_in_the_account() -> None:
    paid = (PaymentReceived(on=date(2026, 4, 1), amount=FACTS[C].claims[0].paid_by_custodial_party),)
    facts = altered(FACTS[C], "/claims/0/payments_received", paid)
    found = advised(facts)["claim_overpaid"]
    assert (found.outcome, found.override) == (BLOCK, Override.NONE)
    assert found.facts == ("/claims/0/payments_received",)
    line = uninsured_statement(facts).lines[0]
    assert line.balance == line.share - line.claimed < 0


def test_one_bill_claimed_twice_is_held_at_the_second() -> None:
    facts = FACTS[C]
    again = replace(facts.claims[0], id="c9", provider=facts.claims[0].provider.upper(), description="As before")
    found = advised(replace(facts, claims=(*facts.claims, again)))["claim_repeated"]
    assert (found.outcome, found.override, found.facts) == (HOLD, Override.ATTORNEY, ("/claims/3/billed",))
    other_day = replace(again, service_date=date(2026, 2, 4))
    assert "claim_repeated" not in advised(replace(facts, claims=(*facts.claims, other_day)))


def test_an_expense_on_the_day_of_the_order_is_under_it() -> None:
    entered = FACTS[C].orders[0].entered_on
    assert "claim_before_order" not in advised(altered(FACTS[C], "/claims/0/service_date", entered))


def test_a_demand_never_sent_weighs_more_where_contempt_is_asked() -> None:
    undemanded = {"/claims/1/demand_sent_on": None}
    held = advised(with_changes(C, {**undemanded, **NO_CONTEMPT}))
    blocked = advised(with_changes(C, undemanded))
    assert (held["claim_without_demand"].outcome, held["claim_without_demand"].override) == (HOLD, Override.ATTORNEY)
    assert (blocked["contempt_without_demand"].outcome, blocked["contempt_without_demand"].override) == (
        BLOCK,
        Override.NONE,
    )
    assert "contempt_without_demand" not in held
    assert "claim_without_demand" not in blocked


def test_a_demand_is_missed_whether_or_not_the_order_counts_days_from_it() -> None:
    term = "/orders/0/uninsured_expenses/days_to_pay_after_demand"
    facts = with_changes(C, {term: None, "/claims/1/demand_sent_on": None, **NO_CONTEMPT})
    assert advised(facts)["claim_without_demand"].facts == ("/claims/1/demand_sent_on",)


@pytest.mark.parametrize("kind", [C, N])
def test_open_parentage_stands_against_every_paper_that_seeks_support(kind: FilingKind) -> None:
    found = advised(with_changes(kind, {"/matter/paternity/established": False}))["parentage_open"]
    assert (found.outcome, found.override) == (BLOCK, Override.ATTORNEY)


@pytest.mark.parametrize("kind", FilingKind)
def test_no_kind_may_be_filed_while_parentage_is_open(kind: FilingKind) -> None:
    facts = with_changes(kind, {"/matter/paternity/established": False})
    assert {filing.outcome for filing in determine(facts).filings} == {BLOCK}


@pytest.mark.parametrize("kind", [B, C])
def test_a_motion_under_the_venue_of_the_order_is_filed_in_its_county(kind: FilingKind) -> None:
    facts = altered(FACTS[kind], "/matter/court/county", "Pulaski")
    found = advised(facts)["court_other_than_orders"]
    assert (found.outcome, found.facts) == (BLOCK, ("/matter/court/county", "/orders/0/county"))
    elsewhere = altered(facts, "/matter/venue", Venue.CHILDREN_RESIDE)
    assert "court_other_than_orders" not in advised(elsewhere)
    assert "docket_other_than_orders" not in advised(elsewhere)


def test_an_order_of_another_state_fixes_no_county_or_docket_here() -> None:
    foreign = with_changes(B, {"/orders/0/state": "TX", "/orders/0/county": None, "/orders/0/docket_number": "7"})
    assert not {"court_other_than_orders", "docket_other_than_orders"} & advised(foreign).keys()


def test_the_order_that_divides_expenses_must_be_of_the_docket_too() -> None:
    dividing = replace(FACTS[C].orders[0], controlling=False, docket_number="72DR-16-5")
    silent = replace(FACTS[C].orders[0], id="order-2020", uninsured_expenses=None)
    found = advised(replace(FACTS[C], orders=(silent, dividing)))["docket_other_than_orders"]
    assert found.facts == ("/matter/court/docket_number", "/orders/1/docket_number")


def served(on: date, *, by: ServiceMethod) -> tuple[ServiceOnParty, ...]:
    return tuple(
        ServiceOnParty(on_party=role, method=by, sent_on=on, completed_on=on, proof_received_on=None)
        for role in (PartyRole.NONCUSTODIAL_PARENT, PartyRole.CUSTODIAL_PARTY)
    )


def test_a_hearing_too_early_holds_once_every_party_is_served() -> None:
    facts = with_changes(B, {"/service": served(date(2026, 11, 23), by=ServiceMethod.PERSONAL)})
    early = altered(facts, "/hearing/on", date(2026, 12, 14))
    found = advised(early)["hearing_before_reply"]
    assert (found.outcome, found.override, found.facts) == (HOLD, Override.ATTORNEY, ("/hearing/on",))
    assert "hearing_too_early" not in advised(early)
    open_service = altered(early, "/service/1/completed_on", None)
    assert advised(open_service)["hearing_too_early"].outcome is WARN
    assert "hearing_before_reply" not in advised(open_service)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2027, 1, 15), False),
        (date(2027, 1, 16), True),
        (date(2027, 1, 17), True),
        (date(2027, 1, 18), True),
        (date(2027, 10, 11), True),
        (date(2031, 1, 11), True),
        (date(2031, 1, 13), False),
    ],
)
def test_a_hearing_when_the_court_is_closed_is_warned_of(day: date, *, closed: bool) -> None:
    assert ("hearing_on_closed_day" in advised(altered(FACTS[B], "/hearing/on", day))) is closed


@pytest.mark.parametrize(
    ("hour", "odd"),
    [(time(7, 59), True), (time(8), False), (time(17), False), (time(17, 1), True), (time(0), True)],
)
def test_a_hearing_outside_the_hours_of_a_court_is_warned_of(hour: time, *, odd: bool) -> None:
    assert ("hearing_outside_hours" in advised(altered(FACTS[B], "/hearing/time", hour))) is odd


@pytest.mark.parametrize(
    ("day", "closed"), [(date(2026, 11, 20), False), (date(2026, 11, 22), True), (date(2026, 11, 26), True)]
)
def test_a_filing_when_the_clerk_is_closed_is_warned_of_and_a_notice_is_not(day: date, *, closed: bool) -> None:
    assert ("filing_on_closed_day" in advised(altered(FACTS[A], "/filing_date", day))) is closed
    assert "filing_on_closed_day" not in advised(altered(FACTS[N], "/filing_date", day))


@pytest.mark.parametrize(
    ("base", "changes", "code", "pointers"),
    [
        (A, {"/services/since": None}, "services_undated", ("/services/since",)),
        (
            B,
            {"/services/since": date(2025, 1, 31)},
            "referred_before_assistance",
            ("/services/since", "/services/assistance/0/since"),
        ),
        (
            B,
            {"/services/medical_support_requested": True},
            "referral_with_application",
            ("/services/medical_support_requested", "/services/basis"),
        ),
        (
            B,
            {"/services/assistance/0/since": date(2026, 11, 24)},
            "assistance_not_begun",
            ("/services/assistance/0/since",),
        ),
        (
            B,
            {"/matter/caption/ocse_role/admitted_on": None},
            "intervention_undated",
            ("/matter/caption/ocse_role/admitted_on",),
        ),
    ],
)
def test_a_gap_in_the_services_case_is_named_at_its_place(
    base: FilingKind, changes: Mapping[str, Any], code: str, pointers: tuple[str, ...]
) -> None:
    assert advised(with_changes(base, changes))[code].facts == pointers


@pytest.mark.parametrize("kind", [B, C])
@pytest.mark.parametrize(("on", "expected"), [(date(2026, 12, 12), HOLD), (date(2026, 12, 13), None)])
def test_a_hearing_whose_notice_was_due_before_the_filing_holds(
    kind: FilingKind, on: date, expected: Outcome | None
) -> None:
    facts = replace(FACTS[kind], filing_date=date(2026, 11, 23), hearing=replace(FACTS[B].hearing, on=on))
    found = advised(facts).get("hearing_notice_too_late")
    assert (found and found.outcome) is expected
    if found is not None:
        assert (found.override, found.facts) == (Override.ATTORNEY, ("/hearing/on", "/filing_date"))
