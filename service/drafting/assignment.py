"""One document to be drawn up: which, from what facts, on whose determination, in what dress."""

from dataclasses import dataclass

from service.drafting.draft import Presentation
from service.facts.case import CaseFacts
from service.law.outcomes import DocumentPlan, KindDetermination


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What the drafter of one document is given."""

    facts: CaseFacts
    filing: KindDetermination
    plan: DocumentPlan
    presentation: Presentation
