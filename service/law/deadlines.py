"""When things fall due after a filing (Ark. R. Civ. P. 4, 6, 12 and 78; Ark. Code Ann. § 9-14-516)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, PartyRole
from service.law.authorities import TO_BE_CONFIRMED
from service.law.calendar import LEGAL_DAYS, STATE_DAYS
from service.law.gates.notice import EMPLOYMENTS, noticed_employment
from service.law.governing import noticed_order
from service.law.outcomes import Deadline
from service.law.party_names import PARTY_NAMES
from service.law.triggers import Trigger, filing, parties_served, service_on

ANSWER_DAYS = 30
ANSWER_DAYS_INCARCERATED = 60
SERVICE_DAYS = 120
RESPONSE_DAYS = 10
REPLY_DAYS = 5
HEARING_NOTICE_DAYS = 20
EXTRA_BUSINESS_DAYS = 3
NOTICE_BUSINESS_DAYS = 2
EMPLOYER_BUSINESS_DAYS = 20
PLAN_BUSINESS_DAYS = 40


def deadlines(facts: CaseFacts, kind: FilingKind) -> tuple[Deadline, ...]:
    """Every date that a filing of this kind sets in motion, in the order in which it is met.

    A period that runs from an event not yet known is reckoned from the earliest day it can have, and says what it
    waits for.

    Raises:
        FactsRefused: a date lies in a year whose holidays are not known.
    """
    match kind:
        case FilingKind.MEDICAL_SUPPORT:
            return tuple(_after_complaint(facts))
        case FilingKind.MODIFICATION | FilingKind.UNINSURED_CLAIM:
            return tuple(_after_motion(facts))
        case FilingKind.MEDICAL_SUPPORT_NOTICE:
            return tuple(_after_notice(facts))


def earliest_hearing(facts: CaseFacts) -> date:
    """The first business day on which a motion may be heard: twenty days after service, and after the time to reply.

    Raises:
        FactsRefused: a date lies in a year whose holidays are not known.
    """
    notice = max(
        trigger.reckon(lambda day: LEGAL_DAYS.period_end(day, HEARING_NOTICE_DAYS)) for trigger in _served(facts)
    )
    after_reply = _last_response(facts).reckon(
        lambda day: LEGAL_DAYS.business_days_after(day, REPLY_DAYS + EXTRA_BUSINESS_DAYS + 1)
    )
    return max(notice, after_reply)


def _after_complaint(facts: CaseFacts) -> Iterator[Deadline]:
    yield Deadline(
        what="Service of the summons and complaint",
        due=filing(facts).reckon(lambda day: STATE_DAYS.period_end(day, SERVICE_DAYS)),
        rule="Ark. R. Civ. P. 4(i)(1)",
        conditional_on=None,
    )
    days = ANSWER_DAYS_INCARCERATED if facts.noncustodial_parent.incarcerated else ANSWER_DAYS
    served = service_on(facts, PartyRole.NONCUSTODIAL_PARENT)
    answer = served.reckon(lambda day: LEGAL_DAYS.period_end(day, days))
    yield Deadline(
        what=f"Answer of the noncustodial parent ({days} days after service)",
        due=answer,
        rule="Ark. R. Civ. P. 12(a)(1)",
        conditional_on=served.waits_for,
    )
    yield Deadline(
        what="Proof of service to the clerk, within the time to answer",
        due=answer,
        rule="Ark. R. Civ. P. 4(d)",
        conditional_on=served.waits_for,
    )


def _after_motion(facts: CaseFacts) -> Iterator[Deadline]:
    if facts.hearing is not None:
        yield Deadline(
            what="Last day to serve the motion and the notice of hearing",
            due=facts.hearing.on - timedelta(days=HEARING_NOTICE_DAYS),
            rule="Ark. R. Civ. P. 6(c)",
            conditional_on=None,
        )
    for role, trigger in zip(parties_served(facts), _served(facts), strict=True):
        yield _response(role, trigger)
    yield from _reply_and_hearing(facts)


def _response(role: PartyRole, trigger: Trigger) -> Deadline:
    rule = "Ark. R. Civ. P. 6(c)"
    if trigger.extended:
        rule = f"Ark. R. Civ. P. 6(c), 6(d) (that Rule 6(d) reaches this service is {TO_BE_CONFIRMED})"
    return Deadline(
        what=f"Response of the {PARTY_NAMES[role]} to the motion",
        due=_response_due(trigger),
        rule=rule,
        conditional_on=trigger.waits_for,
    )


def _response_due(trigger: Trigger) -> date:
    extra = EXTRA_BUSINESS_DAYS if trigger.extended else 0
    return trigger.reckon(lambda day: LEGAL_DAYS.period_end(day, RESPONSE_DAYS, extra))


def _last_response(facts: CaseFacts) -> Trigger:
    """The last day to respond, from which the time to reply runs at the latest."""
    last = max(_served(facts), key=_response_due)
    return replace(last, on=_response_due(last))


def _served(facts: CaseFacts) -> tuple[Trigger, ...]:
    return tuple(service_on(facts, role) for role in parties_served(facts))


def _reply_and_hearing(facts: CaseFacts) -> Iterator[Deadline]:
    yield Deadline(
        what="Reply to a response",
        due=_last_response(facts).reckon(lambda day: STATE_DAYS.period_end(day, REPLY_DAYS)),
        rule="Ark. R. Civ. P. 6(c)",
        conditional_on="service of the response; reckoned as if it is served on its last day, without added days",
    )
    yield Deadline(
        what="Earliest day for a hearing on the motion",
        due=earliest_hearing(facts),
        rule="Ark. R. Civ. P. 6(c), 78(c)",
        conditional_on=next((trigger.waits_for for trigger in _served(facts) if trigger.waits_for), None),
    )


def _after_notice(facts: CaseFacts) -> Iterator[Deadline]:
    yield _notice_due(facts)
    for what, business_days, rule in (
        ("Employer forwards the notice to the plan, or answers", EMPLOYER_BUSINESS_DAYS, "§ 9-14-516(e)"),
        ("Plan administrator tells the custodial party about coverage", PLAN_BUSINESS_DAYS, "§ 9-14-516(f)(2)"),
    ):
        yield Deadline(
            what=what,
            due=filing(facts).reckon(partial(LEGAL_DAYS.business_days_after, count=business_days)),
            rule=f"Ark. Code Ann. {rule}",
            conditional_on="sending of the notice on the filing date",
        )


def _notice_due(facts: CaseFacts) -> Deadline:
    """Two business days from the later of employment information and order: before both there is nothing to send."""
    start = notice_possible(facts)
    due, waits_for = None, "employment information and an entered order, and the day each came to hand"
    if start is not None and start.on.year < STATE_DAYS.first_year:
        waits_for = "not reckoned: the two business days ran out in a year before the holiday table begins"
    elif start is not None:
        due, waits_for = start.reckon(partial(STATE_DAYS.business_days_after, count=NOTICE_BUSINESS_DAYS)), ""
    return Deadline(
        what="Notice to the employer or union",
        due=due,
        rule="Ark. Code Ann. § 9-14-516(b); 45 C.F.R. § 303.32(c)(2)",
        conditional_on=waits_for or None,
    )


def notice_possible(facts: CaseFacts) -> Trigger | None:
    """The day from which a notice could be sent: order entered and employment known; ``None`` if either is open."""
    noticed, placed = noticed_employment(facts), noticed_order(facts)
    if noticed is None or placed is None or noticed[1].information_received_on is None:
        return None
    informed, entered = noticed[1].information_received_on, placed.order.entered_on
    at = f"{EMPLOYMENTS}/{noticed[0]}/information_received_on" if informed >= entered else f"{placed.at}/entered_on"
    return Trigger(on=max(informed, entered), at=at, waits_for=None, extended=False)
