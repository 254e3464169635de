"""Gates on existing orders: a copy of each on file, and whether a new case or a motion is the way."""

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.gate_rules import Ruling
from service.law.governing import PlacedOrder, governing_order, placed_orders

PARENTAGE = "/matter/paternity/established"


def copies_on_file(facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G01: a file-marked copy of every order relied on, which Ark. R. Civ. P. 10(d) has attached."""
    if not facts.orders:
        return (Ruling(key="none_relied_on", facts=("/orders",)),)
    missing = tuple(
        f"{placed.at}/file_marked_copy" for placed in placed_orders(facts) if placed.order.file_marked_copy is None
    )
    if missing:
        return (Ruling(key="copy_missing", facts=missing),)
    return (Ruling(key="on_file", facts=tuple(f"{placed.at}/file_marked_copy" for placed in placed_orders(facts))),)


def new_case_or_motion(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """G09: no order, a complaint; an Arkansas order, a motion; another State's order, registration first."""
    if not facts.orders:
        return _without_order(facts, kind)
    placed = governing_order(facts)
    if placed is None:
        unmarked = tuple(f"{order.at}/controlling" for order in placed_orders(facts))
        return (Ruling(key="controlling_unknown", facts=unmarked),)
    return (_with_order(placed, kind), *_parentage(facts, kind))


def _without_order(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    if kind is FilingKind.MODIFICATION:
        return (Ruling(key="no_order_to_modify", facts=("/orders",)),)
    if not facts.matter.paternity.established:
        return (Ruling(key="parentage_open", facts=(PARENTAGE,)),)
    return (Ruling(key="no_order", facts=("/orders", PARENTAGE)),)


def _parentage(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    """An order alone does not show who the parents are; a complaint is shut out by the order as it is."""
    if kind is FilingKind.MODIFICATION and not facts.matter.paternity.established:
        return (Ruling(key="parentage_open", facts=(PARENTAGE,)),)
    return ()


def _with_order(placed: PlacedOrder, kind: FilingKind) -> Ruling:
    if not placed.is_arkansas:
        return Ruling(key="other_state", facts=(f"{placed.at}/state", f"{placed.at}/controlling"))
    key = "arkansas_order" if kind is FilingKind.MODIFICATION else "order_exists"
    return Ruling(key=key, facts=(f"{placed.at}/controlling", f"{placed.at}/state"))
