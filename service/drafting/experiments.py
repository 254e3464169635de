"""Drafting a filing again on other facts, to see what comes out otherwise. None of it is ever filed."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.companions import Companions, companions
from service.drafting.differences import Differences, Path, standing_at
from service.drafting.draft import Draft, Presentation
from service.drafting.filings import draft_assigned
from service.drafting.other_facts import Alternative
from service.errors import FilingError
from service.facts.case import CaseFacts
from service.facts.reading import with_values
from service.facts.recording import RecordedAnswers
from service.law.documents import documents
from service.law.outcomes import DocumentPlan, KindDetermination

WHOLE: Path = ()
"""The path of a document as such: whether it is a part of the filing and can be drafted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of documents on other facts, by their names.

    ``changed``: the paths at which a document differs. ``refused``: documents that cannot be drafted then, with the
    pointers that the refusal named.
    """

    changed: dict[str, Collection[Path]] = field(default_factory=dict)
    refused: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    draft: Draft
    read: frozenset[str]


class Bench:
    """Where experiments on one filing are made.

    Every part of every document is recorded with the facts that it was read from, so an experiment redoes only what the
    facts it changes can reach.
    """

    def __init__(self, facts: CaseFacts, filing: KindDetermination, presentation: Presentation) -> None:
        self._facts = facts
        self._filing = filing
        self._presentation = presentation
        self._answers = RecordedAnswers(facts)
        _, self._planning = self._answers.of(self._planned)
        self._plans: Mapping[str, DocumentPlan] = {plan.name: plan for plan in filing.documents}
        self._companions = companions(filing.documents)
        self._documents = {plan.name: self._recorded(plan) for plan in filing.documents}
        self._standing: dict[tuple[str, str], frozenset[Path]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The documents, in filing order."""
        return tuple(self._documents)

    def within_reach(self, touched: AbstractSet[str]) -> list[str]:
        """The documents that may come out otherwise when these facts change, in filing order."""
        if not self._planning.isdisjoint(touched):
            return list(self._documents)
        return [name for name, document in self._documents.items() if not document.read.isdisjoint(touched)]

    def outcome(self, changes: Sequence[tuple[Alternative, Any]], names: Sequence[str]) -> Outcome:
        """Draft these documents with other values in the places of some."""
        touched = frozenset().union(*(alternative.touched for alternative, _ in changes))
        outcome = Outcome()
        with self._answers.on_other_facts(touched):
            try:
                facts = with_values(self._facts, {alternative.pointer: value for alternative, value in changes})
                plans = self._planned(facts)
            except Exception as error:  # noqa: BLE001 - the law may fail in any way on facts that no schema lets through
                outcome.refused.update(dict.fromkeys(names, _blamed(error)))
                return outcome
            self._draft_again(facts, plans, touched, names, outcome)
        return outcome

    def standing(self, name: str, value: Any) -> frozenset[Path]:
        """All of a document, and where in it the value stands as it is."""
        spelled = f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
        if (name, spelled) not in self._standing:
            found = standing_at(self._documents[name].draft.context, spelled)
            self._standing[name, spelled] = found | {WHOLE}
        return self._standing[name, spelled]

    def _planned(self, facts: CaseFacts) -> tuple[DocumentPlan, ...]:
        return documents(facts, facts.kind, self._presentation.lifted)

    def _recorded(self, plan: DocumentPlan) -> _Document:
        draft, read = self._answers.of(lambda facts: self._drafted(facts, plan, self._companions))
        return _Document(draft=draft, read=read)

    def _draft_again(
        self,
        facts: CaseFacts,
        plans: tuple[DocumentPlan, ...],
        touched: AbstractSet[str],
        names: Sequence[str],
        outcome: Outcome,
    ) -> None:
        as_planned = plans == self._filing.documents
        planned = self._plans if as_planned else {plan.name: plan for plan in plans}
        beside = self._companions if as_planned else companions(plans)
        differences = Differences()
        kept = []  # drafts stay until the last is compared, for their parts are told apart by identity
        for name in names:
            document = self._documents[name]
            if name not in planned:
                outcome.changed[name] = (WHOLE,)
            elif as_planned and document.read.isdisjoint(touched):
                outcome.changed[name] = ()
            else:
                try:
                    again = self._drafted(facts, planned[name], beside)
                except Exception as error:  # noqa: BLE001 - as above
                    outcome.refused[name] = _blamed(error)
                else:
                    kept.append(again)
                    outcome.changed[name] = differences.between(document.draft.context, again.context)

    def _drafted(self, facts: CaseFacts, plan: DocumentPlan, beside: Companions) -> Draft:
        assignment = Assignment(facts=facts, plan=plan, companions=beside, presentation=self._presentation)
        return draft_assigned(self._filing.kind, assignment)


def _blamed(error: Exception) -> frozenset[str]:
    faults = error.faults if isinstance(error, FilingError) else ()
    return frozenset(fault.pointer for fault in faults if fault.pointer is not None)
