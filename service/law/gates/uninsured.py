"""The gate on uninsured expenses: the agency enforces only what a court divided and directed it to enforce."""

from collections.abc import Iterator

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind, UninsuredRelief
from service.law.gate_rules import Ruling
from service.law.governing import PlacedOrder, uninsured_order

BASIS = "/uninsured/ability_to_pay_basis"


def directed_enforcement(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G17: enforce on a direction, request a sum and a direction on a division alone, nothing on neither."""
    return (*_on_the_order(facts), *_on_the_request(facts, kind))


def granted_relief(facts: CaseFacts) -> UninsuredRelief:
    """The relief stated; facts of another kind are read as asking for what the order allows."""
    if facts.uninsured is not None:
        return facts.uninsured.relief
    placed = uninsured_order(facts)
    directed = placed is not None and _directs(placed)
    return UninsuredRelief.ENFORCE if directed else UninsuredRelief.REQUEST


def _on_the_order(facts: CaseFacts) -> Iterator[Ruling]:
    placed = uninsured_order(facts)
    if placed is None:
        terms = tuple(f"/orders/{place}/uninsured_expenses" for place in range(len(facts.orders)))
        yield Ruling(key="no_allocation" if terms else "no_order", facts=terms or ("/orders",))
        return
    if not placed.is_arkansas:
        yield Ruling(key="other_state", facts=(f"{placed.at}/state",))
    term, direction = f"{placed.at}/uninsured_expenses", f"{placed.at}/uninsured_expenses/directs_ocse_to_enforce"
    relief = ("/uninsured/relief",) if facts.uninsured else ()
    if granted_relief(facts) is UninsuredRelief.REQUEST:
        yield Ruling(key="requested", facts=(f"{term}/paragraph", *relief))
    elif _directs(placed):
        yield Ruling(key="directed", facts=(direction, *relief))
    else:
        yield Ruling(key="not_directed", facts=(direction, *relief))
    if placed.order.uninsured_expenses is not None and placed.order.uninsured_expenses.payor_amount is None:
        yield Ruling(key="percentage_only", facts=(f"{term}/payor_percent", f"{term}/payor_amount"))


def _on_the_request(facts: CaseFacts, kind: FilingKind) -> Iterator[Ruling]:
    request = facts.uninsured
    if request is None:
        yield Ruling(key="relief_missing", facts=("/uninsured",))
    elif request.contempt_requested and not (request.ability_to_pay_basis or "").strip():
        yield Ruling(key="contempt_unsupported", facts=(BASIS, "/uninsured/contempt_requested"))
    if facts.kind is kind and not facts.claims:
        yield Ruling(key="no_claims", facts=("/claims",))


def _directs(placed: PlacedOrder) -> bool:
    term = placed.order.uninsured_expenses
    return term is not None and term.directs_ocse_to_enforce
