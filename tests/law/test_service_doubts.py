"""Service: which methods the rules allow on a complaint and after a final order, and on whom."""

from datetime import date

import pytest

from schemas.facts import load_facts
from service.facts.case import CaseFacts, ServiceOnParty
from service.facts.vocabulary import CoverageSource, FilingKind, PartyRole, ServiceMethod
from service.law.determination import determine
from service.law.outcomes import Advisory, Outcome, Override
from tests.builders import altered, example

A, B, C, N = FilingKind
FACTS: dict[FilingKind, CaseFacts] = {kind: load_facts(example(kind.value)) for kind in FilingKind}
M = ServiceMethod
ALLOW, WARN, HOLD, BLOCK = Outcome


def by(method: ServiceMethod, kind: FilingKind) -> CaseFacts:
    facts: CaseFacts = altered(FACTS[kind], "/service/0/method", method)
    return facts


def advised(facts: CaseFacts, kind: FilingKind) -> dict[str, Advisory]:
    return {advisory.code: advisory for advisory in determine(facts).of(kind).advisories}


@pytest.mark.parametrize(
    ("method", "code", "outcome"),
    [
        (M.PERSONAL_WITH_SUMMONS, None, ALLOW),
        (M.CERTIFIED_MAIL_RESTRICTED, None, ALLOW),
        (M.COMMERCIAL_DELIVERY, "delivery_company_approval", WARN),
        (M.FIRST_CLASS_MAIL, "summons_by_plain_mail", WARN),
        (M.PERSONAL, "summons_left_out", BLOCK),
        (M.EMAIL, "service_unsuited_to_summons", BLOCK),
        (M.EFLEX, "service_unsuited_to_summons", BLOCK),
    ],
)
def test_a_complaint_is_served_with_its_summons(method: ServiceMethod, code: str | None, outcome: Outcome) -> None:
    facts = by(method, A)
    assert {name: found.outcome for name, found in advised(facts, A).items()} == ({code: outcome} if code else {})
    assert determine(facts).of(A).outcome is (outcome if outcome.stands_in_the_way else ALLOW)


@pytest.mark.parametrize("kind", [B, C])
@pytest.mark.parametrize(
    ("method", "code", "outcome"),
    [
        (M.PERSONAL, None, ALLOW),
        (M.CERTIFIED_MAIL_RESTRICTED, None, ALLOW),
        (M.PERSONAL_WITH_SUMMONS, "summons_not_needed", WARN),
        (M.COMMERCIAL_DELIVERY, "service_by_delivery_company", BLOCK),
        (M.FIRST_CLASS_MAIL, "service_after_final_order", BLOCK),
        (M.EMAIL, "service_after_final_order", BLOCK),
        (M.EFLEX, "service_after_final_order", BLOCK),
    ],
)
def test_after_a_final_order_the_party_itself_is_served(
    kind: FilingKind, method: ServiceMethod, code: str | None, outcome: Outcome
) -> None:
    found = advised(by(method, kind), kind)
    about_service = {name: entry for name, entry in found.items() if name != "address_protected"}
    assert {name: entry.outcome for name, entry in about_service.items()} == ({code: outcome} if code else {})
    for entry in about_service.values():
        assert entry.facts == ("/service/0/method",)
        assert entry.source.title.startswith("Ark. R. Civ. P. 5")


def test_only_an_attorney_who_knows_the_company_lifts_its_block() -> None:
    assert advised(by(M.COMMERCIAL_DELIVERY, B), B)["service_by_delivery_company"].override is Override.ATTORNEY
    assert advised(by(M.EFLEX, B), B)["service_after_final_order"].override is Override.NONE


def test_how_papers_are_served_says_nothing_of_another_kind() -> None:
    for kind in (A, C, N):
        assert not {"service_after_final_order", "service_unsuited_to_summons"} & advised(by(M.EFLEX, B), kind).keys()


@pytest.mark.parametrize(("kind", "missing"), [(A, 0), (B, 0), (B, 1), (C, 0)])
def test_a_party_without_an_entry_holds_the_filing(kind: FilingKind, missing: int) -> None:
    service = FACTS[kind].service
    facts = altered(FACTS[kind], "/service", service[:missing] + service[missing + 1 :])
    found = advised(facts, kind)["party_not_served"]
    assert (found.outcome, found.override, found.facts) == (HOLD, Override.ATTORNEY, ("/service",))


def test_a_parent_in_custody_is_served_through_the_institution() -> None:
    facts = altered(FACTS[A], "/noncustodial_parent/incarcerated", value=True)
    found = advised(facts, A)["service_in_custody"]
    assert (found.outcome, found.facts) == (WARN, ("/noncustodial_parent/incarcerated", "/service/0/method"))


def test_mail_before_the_rule_on_added_days_on_file_holds_until_an_attorney_reckons() -> None:
    mailed = ServiceOnParty(
        on_party=PartyRole.NONCUSTODIAL_PARENT,
        method=M.CERTIFIED_MAIL_RESTRICTED,
        sent_on=date(2026, 6, 3),
        completed_on=None,
        proof_received_on=None,
    )
    early = altered(altered(FACTS[C], "/service", (mailed,)), "/filing_date", date(2026, 6, 3))
    assert advised(early, C)["added_time_unknown"].facts == ("/service/0/method", "/service/0/sent_on")
    on_time = altered(early, "/service/0/sent_on", date(2026, 6, 4))
    assert "added_time_unknown" not in advised(on_time, C)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"/children/0/coverage/source": CoverageSource.CUSTODIAL_PARTY}, "insurer_unclear"),
        ({"/notice/edition/expires_on": date(2026, 12, 1)}, "notice_form_expires_soon"),
    ],
)
def test_a_notice_warns_of_what_the_facts_leave_open(changes: dict[str, object], code: str) -> None:
    facts = FACTS[N]
    for pointer, value in changes.items():
        facts = altered(facts, pointer, value)
    assert advised(facts, N)[code].outcome is WARN
