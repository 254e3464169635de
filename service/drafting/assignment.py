"""One document to be drawn up: which, from what facts, beside which others, in what dress."""

from dataclasses import dataclass

from service.drafting.companions import Companions
from service.drafting.draft import Presentation
from service.facts.case import CaseFacts
from service.law.outcomes import DocumentPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What the drafter of one document is given."""

    facts: CaseFacts
    plan: DocumentPlan
    companions: Companions
    presentation: Presentation
