"""Doubts about how the papers are served: whether the method is one the rules allow, and whether anyone is left out.

After a final order with continuing jurisdiction the party itself is served, and by mail only as a summons would be
(Ark. R. Civ. P. 5(b)(1), (3)); a new complaint is served with its summons (Ark. R. Civ. P. 4(c), (g)).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import PartyRole, ServiceMethod
from service.law.triggers import EXTENDING, added_business_days, service_on

ELECTRONIC = frozenset({ServiceMethod.EMAIL, ServiceMethod.EFLEX})
UNPROVEN = ELECTRONIC | {ServiceMethod.FIRST_CLASS_MAIL}
BY_COMPANY = frozenset({ServiceMethod.COMMERCIAL_DELIVERY})


def _by(facts: CaseFacts, methods: frozenset[ServiceMethod]) -> Iterator[str]:
    for place, entry in enumerate(facts.service):
        if entry.method in methods:
            yield f"/service/{place}/method"


def _summons_sent_electronically(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, ELECTRONIC)


def _summons_left_out(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, frozenset({ServiceMethod.PERSONAL}))


def _summons_by_plain_mail(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, frozenset({ServiceMethod.FIRST_CLASS_MAIL}))


def _by_company(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, BY_COMPANY)


def _after_final_order(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, UNPROVEN) if facts.orders else iter(())


def _by_company_after_final_order(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, BY_COMPANY) if facts.orders else iter(())


def _summons_not_needed(facts: CaseFacts) -> Iterator[str]:
    return _by(facts, frozenset({ServiceMethod.PERSONAL_WITH_SUMMONS}))


def _in_custody(facts: CaseFacts) -> Iterator[str]:
    if facts.noncustodial_parent.incarcerated:
        yield "/noncustodial_parent/incarcerated"
        for place, entry in enumerate(facts.service):
            if entry.on_party is PartyRole.NONCUSTODIAL_PARENT:
                yield f"/service/{place}/method"


def _unserved(facts: CaseFacts) -> Iterator[str]:
    served = {entry.on_party for entry in facts.service}
    caption = facts.matter.caption
    if {*caption.plaintiffs, *caption.defendants} - served - {PartyRole.OCSE}:
        yield "/service"


def _added_time_unknown(facts: CaseFacts) -> Iterator[str]:
    for place, entry in enumerate(facts.service):
        trigger = service_on(facts, entry.on_party)
        if entry.method in EXTENDING and added_business_days(trigger.on) is None:
            yield f"/service/{place}/method"
            yield trigger.at


SERVICE_DOUBTS: Mapping[str, Callable[[CaseFacts], Iterator[str]]] = MappingProxyType(
    {
        "service_unsuited_to_summons": _summons_sent_electronically,
        "summons_left_out": _summons_left_out,
        "summons_by_plain_mail": _summons_by_plain_mail,
        "delivery_company_approval": _by_company,
        "service_after_final_order": _after_final_order,
        "service_by_delivery_company": _by_company_after_final_order,
        "summons_not_needed": _summons_not_needed,
        "service_in_custody": _in_custody,
        "party_not_served": _unserved,
        "added_time_unknown": _added_time_unknown,
    }
)
