"""What a caller sent, as the pipeline takes it."""

from collections.abc import Mapping
from typing import Any

from schemas.results import determination_json
from service.facts.canonical import canonical_json
from service.facts.case import CaseFacts
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.determination import determine
from service.pipeline import Submission


def submission_of(
    document: Mapping[str, Any],
    facts: CaseFacts,
    *,
    exhibits: Mapping[str, bytes],
    overrides: Mapping[str, str],
    confirmed: Confirmations = NONE_CONFIRMED,
) -> Submission:
    """Ask the law about ``facts``, which were read from ``document``, and put all together; nothing else is checked."""
    determination = determine(facts, confirmed)
    return Submission(
        facts=facts,
        facts_json=canonical_json(document),
        determination=determination,
        determination_json=canonical_json(determination_json(determination)),
        exhibits=exhibits,
        overrides=overrides,
        confirmed=confirmed,
    )
