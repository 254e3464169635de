"""How far the documents cover the facts: what they wanted in vain, what they left unused, what they assumed."""

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from service.drafting.draft import PageMark, Presentation
from service.drafting.filings import draft_filing, is_drafted
from service.facts.case import CaseFacts
from service.facts.reading import Reading, leaf_pointers
from service.law.lifting import NONE_LIFTED, Lifted
from service.law.outcomes import KindDetermination

NULL_IS_AN_ANSWER = frozenset(
    {
        "admitted_on",
        "attorney",
        "child_support",
        "district",
        "division",
        "fax",
        "hearing",
        "medical_support_requested",
        "paid_by",
        "payor_amount",
        "payor_percent",
        "routine_threshold_annual",
        "school_completed_on",
        "source",
        "uninsured_expenses",
    }
)
"""Members whose ``null`` says that there is none, not that it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """JSON Pointers into the facts.

    ``missing``: the documents asked for it, and it is ``null``; the page has a line to fill, or says less.
    ``unused``: neither law nor documents asked for it. ``defaulted``: optional, left out, and its default was used.
    """

    missing: tuple[str, ...]
    unused: tuple[str, ...]
    defaulted: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """The three lists as JSON members."""
        return {"missing": list(self.missing), "unused": list(self.unused), "defaulted": list(self.defaulted)}


def coverage(facts: CaseFacts, filing: KindDetermination, lifted: Lifted = NONE_LIFTED) -> Coverage:
    """Draw the documents up once more, under the gates lifted, with every reading of a fact recorded.

    What the gates read counts as used. A kind whose documents have no words yet is covered by its gates alone.
    """
    reading = Reading(facts)
    if is_drafted(filing):
        draft_filing(reading.facts, filing, Presentation(mark=PageMark.DRAFT, signed=False, lifted=lifted))
    wanted = reading.read_pointers()
    used = {*wanted, *(pointer for gate in filing.gates for pointer in gate.facts)}
    absent = set(_left_at_default(facts, ""))
    return Coverage(
        missing=_in_order(
            facts, (pointer for pointer in wanted if _is_missing(facts, pointer) and pointer not in absent)
        ),
        unused=tuple(
            leaf for leaf in leaf_pointers(facts) if leaf not in absent and used.isdisjoint(_places_holding(leaf))
        ),
        defaulted=_in_order(facts, (pointer for pointer in wanted if pointer in absent)),
    )


def _is_missing(facts: CaseFacts, pointer: str) -> bool:
    """Whether ``null`` stands there and does not itself answer."""
    return pointer.rpartition("/")[2] not in NULL_IS_AN_ANSWER and _at(facts, pointer) is None


def _at(facts: Any, pointer: str) -> Any:
    found = facts
    for step in pointer.split("/")[1:]:
        found = found[int(step)] if isinstance(found, tuple) else getattr(found, step)
    return found


def _left_at_default(facts: Any, pointer: str) -> Iterator[str]:
    """Optional members that hold their default: left out, or given as ``null``, which means the same."""
    if isinstance(facts, tuple):
        for place, member in enumerate(facts):
            yield from _left_at_default(member, f"{pointer}/{place}")
    elif is_dataclass(facts):
        for field in fields(facts):
            member = getattr(facts, field.name)
            if field.default is not MISSING and member == field.default:
                yield f"{pointer}/{field.name}"
            yield from _left_at_default(member, f"{pointer}/{field.name}")


def _places_holding(leaf: str) -> Iterator[str]:
    """The pointers of a leaf and of all the groups that hold it."""
    while leaf:
        yield leaf
        leaf = leaf.rpartition("/")[0]


def _in_order(facts: CaseFacts, pointers: Iterable[str]) -> tuple[str, ...]:
    chosen = set(pointers)
    return tuple(leaf for leaf in leaf_pointers(facts) if leaf in chosen)
