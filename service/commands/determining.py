"""determine: what the law allows on one case's facts."""

import argparse

from schemas.results.determinations import determination_json
from service.commands.files import read_facts
from service.commands.speaking import Spoken
from service.confirmed_law import load_confirmations
from service.desk.caller import LOCAL_OPERATOR
from service.desk.determinations import determine_facts
from service.law.outcomes import Determination
from service.settings import Settings


def determine(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Say, kind by kind, what may be filed and why."""
    determination = determine_facts(read_facts(options.facts), LOCAL_OPERATOR, load_confirmations(settings))
    return Spoken(answer=determination_json(determination), words=_in_words(determination))


def _in_words(determination: Determination) -> str:
    lines: list[str] = []
    for filing in determination.filings:
        lines.append(f"{filing.kind.value}: {filing.outcome.value}")
        for gate in filing.gates:
            if gate.outcome.severity:
                lines.append(f"  {gate.outcome.value:5} {gate.id}  {gate.statement}")
                lines += [f"             {gate.remedy}"] if gate.remedy else []
        for advisory in filing.advisories:
            weight = advisory.outcome.value if advisory.outcome.stands_in_the_way else "note"
            lines += [f"  {weight:5} {advisory.statement} {advisory.remedy}"]
    return "\n".join(lines)
