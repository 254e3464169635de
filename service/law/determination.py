"""What the law allows to be filed on these facts."""

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.advisories import advisories
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.deadlines import deadlines
from service.law.documents import documents
from service.law.gate_findings import findings
from service.law.outcomes import Determination, KindDetermination


def determine(facts: CaseFacts, confirmed: Confirmations = NONE_CONFIRMED) -> Determination:
    """Evaluate every kind of filing on the facts, whatever kind they name; a pure function of both arguments.

    What the office has confirmed changes no outcome: it is only no longer shown as to be confirmed.

    Raises:
        FactsRefused: a date lies in a year whose holidays are not known, so no deadline can be reckoned.
    """
    return Determination(
        filing_date=facts.filing_date, filings=tuple(_determine_kind(facts, kind, confirmed) for kind in FilingKind)
    )


def _determine_kind(facts: CaseFacts, kind: FilingKind, confirmed: Confirmations) -> KindDetermination:
    gates = tuple(findings(facts, kind, confirmed))
    advised = advisories(facts, kind, confirmed)
    # A kind's outcome is the worst of its gates; a warning beside them changes it only where it stands in the way.
    outcomes = [gate.outcome for gate in gates]
    outcomes += [advisory.outcome for advisory in advised if advisory.outcome.stands_in_the_way]
    return KindDetermination(
        kind=kind,
        outcome=max(outcomes, key=lambda outcome: outcome.severity),
        gates=gates,
        advisories=advised,
        documents=documents(facts, kind),
        deadlines=deadlines(facts, kind, confirmed),
    )
