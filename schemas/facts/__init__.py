"""Case facts, version 1: JSON in, :class:`~service.facts.case.CaseFacts` out, or every fault at once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from marshmallow import ValidationError

from schemas.facts.case import CaseFactsSchema
from schemas.facts.chronology import chronology_faults
from schemas.facts.complaints import faults_of
from schemas.facts.parts import Part
from schemas.facts.references import reference_faults
from schemas.facts.schema import build
from schemas.facts.standing import caption_faults, need_faults, order_faults
from schemas.facts.sums import sum_faults
from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts

__all__ = ["load_facts"]

_SCHEMA = CaseFactsSchema()
_RULES = (caption_faults, order_faults, reference_faults, chronology_faults, sum_faults)


def load_facts(document: Mapping[str, Any]) -> CaseFacts:
    """The facts that a parsed JSON document states.

    Raises:
        FactsRefused: With one fault for each thing that is wrong or contradictory, each with its JSON Pointer.
    """
    values, misshapen = _read(document)
    faults = [*misshapen, *_contradictions(values, misshapen)]
    if faults:
        raise FactsRefused("The facts do not validate; mend every place named and send them again.", faults)
    facts: CaseFacts = build(_SCHEMA, values)
    return facts


def _read(document: Mapping[str, Any]) -> tuple[Any, Sequence[Fault]]:
    try:
        return _SCHEMA.load(document), ()
    except ValidationError as error:
        return error.valid_data, tuple(faults_of(error.messages))


def _contradictions(values: Any, misshapen: Sequence[Fault]) -> Iterator[Fault]:
    """What the readable values lack or contradict; a group that is misshapen is not missing too."""
    facts = Part(values)
    misshapen_places = tuple(f"{fault.pointer}/" for fault in misshapen)
    for need in need_faults(facts):
        if not any(place.startswith(f"{need.pointer}/") for place in misshapen_places):
            yield need
    yield from chain.from_iterable(rule(facts) for rule in _RULES)
