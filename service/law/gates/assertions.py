"""Gates that read no facts: what every paper says, which is checked on each rendering, and who releases it."""

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.gate_rules import Ruling


def asserted(_facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G04, G05, G06, G12, G19: the words stand in the documents whatever the facts are."""
    return (Ruling(key="asserted"),)


def awaits_release(_facts: CaseFacts, _kind: FilingKind) -> tuple[Ruling, ...]:
    """G18: an attorney releases every filing (Ark. R. Civ. P. 11(a)); never a hold on preparing one."""
    return (Ruling(key="awaits_release"),)
