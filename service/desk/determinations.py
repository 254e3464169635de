"""What the law allows on a caller's facts."""

from collections.abc import Mapping
from typing import Any

from schemas.facts import load_facts
from service.desk.caller import Caller
from service.law.confirmations import Confirmations
from service.law.determination import determine
from service.law.outcomes import Determination
from service.storage.credentials import Scope


def determine_facts(document: Mapping[str, Any], caller: Caller, confirmed: Confirmations) -> Determination:
    """Determine every kind of filing on these facts.

    Raises:
        FactsRefused: the facts do not validate.
        ScopeMissing: the caller may not determine, or the facts belong to another field office.
    """
    caller.require(Scope.DETERMINE)
    facts = load_facts(document)
    caller.require_office(facts)
    return determine(facts, confirmed)
