"""What an attorney should see beside the gates: doubts about numbers, service, dates and proof."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import CoverageSource, FilingKind, MedicalSupportRequest
from service.law.address_doubts import ADDRESS_DOUBTS
from service.law.advisory_table import ADVISORY_RULES
from service.law.calendar import LEGAL_DAYS, STATE_DAYS
from service.law.case_doubts import CASE_DOUBTS
from service.law.claim_doubts import CLAIM_DOUBTS, duty_ended_on
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.day_doubts import DAY_DOUBTS
from service.law.deadlines import NOTICE_BUSINESS_DAYS, PLAN_BUSINESS_DAYS, notice_possible
from service.law.editions import Subject, is_in_force
from service.law.gates.notice import EMPLOYMENTS, noticed_employment
from service.law.guideline import payor_role
from service.law.medical_request import OfferedCoverage, coverage_need, offer
from service.law.outcomes import Advisory
from service.law.service_doubts import SERVICE_DOUBTS
from service.law.worksheet import reserve_applies

Doubt = Callable[[CaseFacts], Iterator[str]]


def advisories(facts: CaseFacts, kind: FilingKind, confirmed: Confirmations = NONE_CONFIRMED) -> tuple[Advisory, ...]:
    """Every advisory that the facts give rise to for this kind of filing, each with the pointers it rests on."""
    return tuple(
        rule.at(tuple(dict.fromkeys(pointers)), confirmed)
        for code, rule in ADVISORY_RULES.items()
        if kind in rule.kinds
        and (facts.kind is kind or not rule.own_papers)
        and (pointers := tuple(DOUBTS[code](facts)))
    )


def _child_of_age(facts: CaseFacts) -> Iterator[str]:
    for place, child in enumerate(facts.children):
        if duty_ended_on(child) <= facts.filing_date:
            yield f"/children/{place}/birth_date"


def _interest(facts: CaseFacts) -> Iterator[str]:
    if facts.uninsured is not None and facts.uninsured.interest_requested:
        yield "/uninsured/interest_requested"


def _employment_stale(facts: CaseFacts) -> Iterator[str]:
    start = notice_possible(facts)
    if start is None or start.on >= facts.filing_date:
        return
    long_past = start.on.year < STATE_DAYS.first_year
    if (
        long_past
        or start.reckon(partial(STATE_DAYS.business_days_after, count=NOTICE_BUSINESS_DAYS)) < facts.filing_date
    ):
        yield start.at


def _employment_undated(facts: CaseFacts) -> Iterator[str]:
    noticed = noticed_employment(facts)
    if noticed is not None and noticed[1].information_received_on is None:
        yield f"{EMPLOYMENTS}/{noticed[0]}/information_received_on"


def _insurer_unclear(facts: CaseFacts) -> Iterator[str]:
    for place, child in enumerate(facts.children):
        if child.coverage.source is CoverageSource.CUSTODIAL_PARTY:
            yield f"/children/{place}/coverage/source"


def _form_expires_soon(facts: CaseFacts) -> Iterator[str]:
    if facts.notice is None or facts.notice.edition.expires_on < facts.filing_date:
        return
    answered = LEGAL_DAYS.business_days_after(facts.filing_date, PLAN_BUSINESS_DAYS)
    if facts.notice.edition.expires_on < answered:
        yield "/notice/edition/expires_on"


def _reserve(facts: CaseFacts) -> Iterator[str]:
    if reserve_applies(facts):
        yield f"/{payor_role(facts).value}/gross_monthly_income"


def _cash_before_coverage(facts: CaseFacts) -> Iterator[str]:
    """Cash asked for in place of coverage that the noncustodial parent could provide, where none exists."""
    asked = facts.medical_support
    if asked is None or asked.request is not MedicalSupportRequest.CASH or coverage_need(facts).refuses_new_coverage:
        return
    offered = offer(facts)
    if offered.coverage is OfferedCoverage.AVAILABLE:
        yield "/medical_support/request"
        yield from offered.facts


def _other_edition(facts: CaseFacts) -> Iterator[str]:
    guideline = None if facts.modification is None else facts.modification.guideline
    if guideline is not None and not is_in_force(Subject.GUIDELINES, guideline.edition, facts.filing_date):
        yield "/modification/guideline/edition"


DOUBTS: Mapping[str, Doubt] = MappingProxyType(
    {
        **CASE_DOUBTS,
        **SERVICE_DOUBTS,
        **DAY_DOUBTS,
        **CLAIM_DOUBTS,
        **ADDRESS_DOUBTS,
        "child_of_age": _child_of_age,
        "interest_unresolved": _interest,
        "employment_stale": _employment_stale,
        "employment_undated": _employment_undated,
        "insurer_unclear": _insurer_unclear,
        "notice_form_expires_soon": _form_expires_soon,
        "cash_before_coverage": _cash_before_coverage,
        "self_support_reserve": _reserve,
        "guideline_edition_not_in_force": _other_edition,
    }
)
