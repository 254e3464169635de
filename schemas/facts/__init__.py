"""Case facts, version 1: JSON in, :class:`~service.facts.case.CaseFacts` out, or every fault at once."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from schemas.facts.case import CaseFactsSchema
from schemas.facts.complaints import faults_of
from schemas.facts.schema import build
from service.errors import FactsRefused, Fault
from service.facts.case import CaseFacts

__all__ = ["load_facts"]


def load_facts(document: Mapping[str, Any]) -> CaseFacts:
    """The facts that a parsed JSON document states.

    Raises:
        FactsRefused: With one fault for each thing that is wrong or contradictory, each with its JSON Pointer.
    """
    schema = CaseFactsSchema()
    faults: list[Fault] = []
    values: Any
    try:
        values = schema.load(document)
    except ValidationError as error:
        faults.extend(faults_of(error.messages))
        values = error.valid_data
    if faults:
        raise FactsRefused("The facts do not validate; mend every place named and send them again.", faults)
    facts: CaseFacts = build(schema, values)
    return facts
