"""Doubts about protected addresses: what else in the facts would tell them."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import PartyRole
from service.law.protected_addresses import named_in, shared_with_protected, telling_names


def _address_protected(facts: CaseFacts) -> Iterator[str]:
    if facts.custodial_party.address_protected:
        yield f"/{PartyRole.CUSTODIAL_PARTY}/address_protected"
    if facts.noncustodial_parent.address_protected:
        yield f"/{PartyRole.NONCUSTODIAL_PARENT}/address_protected"


def _address_shared(facts: CaseFacts) -> Iterator[str]:
    role = shared_with_protected(facts)
    if role is not None:
        yield f"/{role}/address_protected"
        yield f"/{role}/address/lines/0"


def _address_quoted(facts: CaseFacts) -> Iterator[str]:
    names = telling_names(facts)
    if names:
        yield from (at for at, text in _quoted_texts(facts) if text and named_in(text, names))


def _quoted_texts(facts: CaseFacts) -> Iterator[tuple[str, str | None]]:
    """What others wrote, which papers may quote."""
    yield "/custodial_party_coverage/description", facts.custodial_party_coverage.description
    for place, child in enumerate(facts.children):
        yield f"/children/{place}/coverage/description", child.coverage.description
    for place, order in enumerate(facts.orders):
        yield f"/orders/{place}/title", order.title
        yield f"/orders/{place}/medical_provision/text", order.medical_provision.text
        if order.uninsured_expenses is not None:
            yield f"/orders/{place}/uninsured_expenses/text", order.uninsured_expenses.text
            yield f"/orders/{place}/uninsured_expenses/direction_text", order.uninsured_expenses.direction_text
    for place, claim in enumerate(facts.claims):
        yield f"/claims/{place}/provider", claim.provider
        yield f"/claims/{place}/description", claim.description
    for place, exhibit in enumerate(facts.exhibits):
        yield f"/exhibits/{place}/title", exhibit.title
    if facts.uninsured is not None:
        yield "/uninsured/ability_to_pay_basis", facts.uninsured.ability_to_pay_basis


ADDRESS_DOUBTS: Mapping[str, Callable[[CaseFacts], Iterator[str]]] = MappingProxyType(
    {
        "address_protected": _address_protected,
        "protected_address_shared": _address_shared,
        "protected_address_quoted": _address_quoted,
    }
)
