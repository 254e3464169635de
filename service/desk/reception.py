"""What a caller sends becomes a submission: facts read, office and signatory checked, the law asked."""

from collections.abc import Mapping
from typing import Any

from schemas.facts import load_facts
from schemas.results import determination_json
from service.desk.caller import Caller
from service.facts.canonical import canonical_json
from service.law.determination import determine
from service.law.outcomes import Determination
from service.pipeline import Submission
from service.storage.credentials import Scope


def determine_facts(document: Mapping[str, Any], caller: Caller) -> Determination:
    """Determine every kind of filing on these facts.

    Raises:
        FactsRefused: the facts do not validate.
        ScopeMissing: the facts belong to another field office.
    """
    facts = load_facts(document)
    caller.require_office(facts)
    return determine(facts)


def receive(
    document: Mapping[str, Any], exhibits: Mapping[str, bytes], overrides: Mapping[str, str], caller: Caller
) -> Submission:
    """Read and determine what a caller sent; overrides need the ``sign`` scope, for only an attorney lifts a gate.

    Raises:
        FactsRefused: the facts do not validate.
        ScopeMissing: another field office's facts, or overrides from a caller who may not sign.
    """
    if overrides:
        caller.require(Scope.SIGN)
    facts = load_facts(document)
    caller.require_office(facts)
    if overrides:
        caller.require_signatory(facts)
    determination = determine(facts)
    return Submission(
        facts=facts,
        facts_json=canonical_json(document),
        determination=determination,
        determination_json=canonical_json(determination_json(determination)),
        exhibits=exhibits,
        overrides=overrides,
    )
