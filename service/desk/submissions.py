"""What a caller sent, as it came and as the pipeline takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.results import determination_json
from service.facts.canonical import canonical_json, digest
from service.facts.case import CaseFacts
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.determination import determine
from service.pipeline import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """A case as a caller sent it: the facts document, exhibits by id, override reasons by gate id; nothing is read."""

    facts: Mapping[str, Any]
    exhibits: Mapping[str, bytes] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 over what was sent, however it was packed."""
        exhibits = {name: digest(content) for name, content in self.exhibits.items()}
        return digest(canonical_json({"facts": self.facts, "exhibits": exhibits, "overrides": self.overrides}))


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
