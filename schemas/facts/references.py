"""Ids that must be one of a kind, and references that must lead somewhere."""

from collections.abc import Iterator

from schemas.facts.parts import Part
from service.errors import Fault


def reference_faults(facts: Part) -> Iterator[Fault]:
    """Ids given twice, and references to children, employments, orders or exhibits that the document does not hold."""
    yield from _repeated(facts["exhibits"], "id")
    yield from _repeated(facts["exhibits"], "label")
    yield from _repeated(facts["orders"], "id")
    yield from _repeated(facts["claims"], "id")
    exhibits = _ids(facts["exhibits"])
    for order in facts["orders"].entries():
        yield from _unknown_id(order["file_marked_copy"], exhibits, "/exhibits")
    for claim in facts["claims"].entries():
        yield from _unknown_place(claim["child"], facts["children"])
        for proof in claim["proof"].entries():
            yield from _unknown_id(proof, exhibits, "/exhibits")
    yield from _unknown_id(facts["notice"]["order"], _ids(facts["orders"]), "/orders")
    yield from _unknown_place(facts["notice"]["employment"], facts["noncustodial_parent"]["employments"])


def _repeated(listing: Part, name: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for entry in listing.entries():
        given = entry[name]
        if given.value in seen:
            yield given.fault("duplicate", f"An earlier entry of {listing.place} has this {name}; give each its own.")
        elif given.value is not None:
            seen.add(given.value)


def _ids(listing: Part) -> frozenset[str] | None:
    """Every id of the listing; ``None`` where one could not be read, for it might be the one that is meant."""
    ids = frozenset(entry["id"].value for entry in listing.entries())
    return None if listing.value is None or None in ids else ids


def _unknown_id(reference: Part, known: frozenset[str] | None, place: str) -> Iterator[Fault]:
    if reference.value is not None and known is not None and reference.value not in known:
        yield reference.fault("unknown_reference", f"No entry of {place} has this id; send the id of one.")


def _unknown_place(reference: Part, listing: Part) -> Iterator[Fault]:
    if reference.value is None or listing.value is None:
        return
    if reference.value >= len(listing.value):
        message = f"{listing.place} has no entry at this place; count its entries from 0."
        yield reference.fault("unknown_reference", message)
