"""Sums of a claim that cannot be true together; what each parent owes of them is for the law to say."""

from collections.abc import Iterator
from decimal import Decimal

from schemas.facts.parts import Part
from service.errors import Fault


def sum_faults(facts: Part) -> Iterator[Fault]:
    """Claims paid beyond the bill, and payments received beyond what the custodial party paid."""
    for claim in facts["claims"].entries():
        settled = [claim[name] for name in ("insurance_paid", "adjusted", "paid_by_custodial_party")]
        yield from _excess(
            settled,
            claim["billed"],
            claim["billed"],
            "Insurance, adjustment and what the custodial party paid together exceed the bill; correct the four.",
        )
        payments = claim["payments_received"]
        yield from _excess(
            [payment["amount"] for payment in payments.entries()],
            claim["paid_by_custodial_party"],
            payments,
            "These payments are together more than the custodial party paid; correct them or paid_by_custodial_party.",
        )


def _excess(parts: list[Part], limit: Part, place: Part, message: str) -> Iterator[Fault]:
    """Counts the parts that could be read: sums are never negative, so those alone may prove the excess."""
    if limit.value is None:
        return
    if sum((part.value for part in parts if part.value is not None), Decimal()) > limit.value:
        yield place.fault("sum_exceeded", message)
