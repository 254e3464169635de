"""When things fall due after a filing (Ark. R. Civ. P. 4, 6, 12 and 78; Ark. Code Ann. § 9-14-516)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, ModificationGround, PartyRole
from service.law.authorities import TO_BE_CONFIRMED, authority, told
from service.law.calendar import LEGAL_DAYS, STATE_DAYS
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.gates.notice import EMPLOYMENTS, noticed_employment
from service.law.governing import noticed_order
from service.law.medical_request import asked_grounds
from service.law.outcomes import Deadline
from service.law.party_names import PARTY_NAMES
from service.law.triggers import Trigger, added_business_days, filing, parties_served, service_on

ANSWER_DAYS = 30
ANSWER_DAYS_INCARCERATED = 60
SERVICE_DAYS = 120
RESPONSE_DAYS = 10
REPLY_DAYS = 5
HEARING_NOTICE_DAYS = 20
DEFAULT_NOTICE_DAYS = 3
REVIEW_DAYS = 180
PROOF_OF_INCOME_DAYS = 15
NOTICE_BUSINESS_DAYS = 2
EMPLOYER_BUSINESS_DAYS = 20
PLAN_BUSINESS_DAYS = 40
CHOICE_BUSINESS_DAYS = 20
ADDED_TIME_UNKNOWN = "not reckoned: the days that Rule 6(d) added after service on that day are not on file"


def deadlines(facts: CaseFacts, kind: FilingKind, confirmed: Confirmations = NONE_CONFIRMED) -> tuple[Deadline, ...]:
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
            return tuple(_after_motion(facts, kind, confirmed))
        case FilingKind.MEDICAL_SUPPORT_NOTICE:
            return tuple(_after_notice(facts, confirmed))


def earliest_hearing(facts: CaseFacts) -> date | None:
    """The first business day on which a motion may be heard: twenty days after service, and after the time to reply.

    ``None`` where a day of service lies before the edition of Rule 6(d) on file, so that its added days are unknown.

    Raises:
        FactsRefused: a date lies in a year whose holidays are not known.
    """
    notice = max(
        trigger.reckon(lambda day: LEGAL_DAYS.period_end(day, HEARING_NOTICE_DAYS)) for trigger in _served(facts)
    )
    last = _last_response(facts)
    added = None if last is None else added_business_days(last.on)
    if last is None or added is None:
        return None
    return max(notice, last.reckon(lambda day: LEGAL_DAYS.business_days_after(day, REPLY_DAYS + added + 1)))


def last_day_to_serve_notice(facts: CaseFacts) -> date | None:
    """Twenty days before the hearing (Ark. R. Civ. P. 6(c)); ``None`` where no hearing is set."""
    return None if facts.hearing is None else facts.hearing.on - timedelta(days=HEARING_NOTICE_DAYS)


def notice_comes_too_late(facts: CaseFacts) -> bool:
    """Whether the notice of the hearing would have had to be served before the day of filing."""
    last = last_day_to_serve_notice(facts)
    return last is not None and last < facts.filing_date


def hearing_waits_for(facts: CaseFacts) -> str | None:
    """The service not yet proved on which the earliest hearing hangs; ``None`` once every party has been served."""
    return next((trigger.waits_for for trigger in _served(facts) if trigger.waits_for), None)


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
    yield Deadline(
        what="Earliest hearing on a default judgment against a parent who has appeared (three days’ notice)",
        due=served.reckon(
            lambda day: LEGAL_DAYS.business_days_after(LEGAL_DAYS.period_end(day, days), DEFAULT_NOTICE_DAYS + 1)
        ),
        rule="Ark. R. Civ. P. 55(b), 6(a)",
        conditional_on="no answer in time; reckoned as if notice is served on the next business day"
        + (f", and on {served.waits_for}" if served.waits_for else ""),
    )


def _after_motion(facts: CaseFacts, kind: FilingKind, confirmed: Confirmations) -> Iterator[Deadline]:
    if facts.hearing is not None:
        yield Deadline(
            what="Last day to serve the motion and the notice of hearing",
            due=last_day_to_serve_notice(facts),
            rule="Ark. R. Civ. P. 6(c)",
            conditional_on=None,
        )
    for role, trigger in zip(parties_served(facts), _served(facts), strict=True):
        yield _response(role, trigger, confirmed)
    yield from _reply_and_hearing(facts)
    if kind is FilingKind.MODIFICATION:
        yield from _review_and_proof(facts, confirmed)


def _response(role: PartyRole, trigger: Trigger, confirmed: Confirmations) -> Deadline:
    rule = "Ark. R. Civ. P. 6(c)"
    if trigger.extended:
        reach = told(f"that Rule 6(d) reaches this service is {TO_BE_CONFIRMED}", "arcp-6-d-reach", confirmed)
        rule = f"Ark. R. Civ. P. 6(c), 6(d) ({reach})"
    return Deadline(
        what=f"Response of the {PARTY_NAMES[role]} to the motion",
        due=_response_due(trigger),
        rule=rule,
        conditional_on=trigger.waits_for if _response_due(trigger) else ADDED_TIME_UNKNOWN,
    )


def _response_due(trigger: Trigger) -> date | None:
    added = added_business_days(trigger.on) if trigger.extended else 0
    if added is None:
        return None
    return trigger.reckon(lambda day: LEGAL_DAYS.period_end(day, RESPONSE_DAYS, added))


def _last_response(facts: CaseFacts) -> Trigger | None:
    """The last day to respond, from which the time to reply runs at the latest; ``None`` if one cannot be told."""
    responses = [(_response_due(trigger), trigger) for trigger in _served(facts)]
    known = [(due, trigger) for due, trigger in responses if due is not None]
    if len(known) < len(responses):
        return None
    due, last = max(known, key=lambda response: response[0])
    return replace(last, on=due)


def _served(facts: CaseFacts) -> tuple[Trigger, ...]:
    return tuple(service_on(facts, role) for role in parties_served(facts))


def _reply_and_hearing(facts: CaseFacts) -> Iterator[Deadline]:
    last, hearing = _last_response(facts), earliest_hearing(facts)
    served_last = "service of the response; reckoned as if it is served on its last day, without added days"
    yield Deadline(
        what="Reply to a response",
        due=None if last is None else last.reckon(lambda day: STATE_DAYS.period_end(day, REPLY_DAYS)),
        rule="Ark. R. Civ. P. 6(c)",
        conditional_on=ADDED_TIME_UNKNOWN if last is None else served_last,
    )
    yield Deadline(
        what="Earliest day for a hearing on the motion",
        due=hearing,
        rule="Ark. R. Civ. P. 6(c), 78(c)",
        conditional_on=ADDED_TIME_UNKNOWN if hearing is None else hearing_waits_for(facts),
    )


def _review_and_proof(facts: CaseFacts, confirmed: Confirmations) -> Iterator[Deadline]:
    """Periods that begin with a request whose day the facts do not have, so that no day is stated."""
    grounds = asked_grounds(facts)
    if ModificationGround.PERIODIC_REVIEW in grounds:
        yield Deadline(
            what=f"The agency’s review of the order ({REVIEW_DAYS} days)",
            due=None,
            rule="45 C.F.R. § 303.8(e)",
            conditional_on="the day the review was asked for or the other parent was found, whichever came later",
        )
    if {ModificationGround.PERIODIC_REVIEW, ModificationGround.INCOME_CHANGE}.intersection(grounds):
        yield Deadline(
            what=f"A parent’s proof of income after a certified request ({PROOF_OF_INCOME_DAYS} days)",
            due=None,
            rule=authority("ark-9-14-107-proof").marked(confirmed),
            conditional_on="the day on which the parent gets the request",
        )


def _after_notice(facts: CaseFacts, confirmed: Confirmations) -> Iterator[Deadline]:
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
    yield Deadline(
        what="The agency chooses among the options of the plan, if it has several",
        due=filing(facts).reckon(
            partial(LEGAL_DAYS.business_days_after, count=PLAN_BUSINESS_DAYS + CHOICE_BUSINESS_DAYS)
        ),
        rule=authority("nmsn-part-b-options").marked(confirmed),
        conditional_on="the plan’s report of its options; reckoned from the last day of the plan",
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
