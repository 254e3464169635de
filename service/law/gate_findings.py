"""The gates G01 to G19: for each a small function that says which of its rulings the facts come to."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from service.facts.case import CaseFacts
from service.facts.vocabulary import FilingKind
from service.law.confirmations import NONE_CONFIRMED, Confirmations
from service.law.gate_rules import GATE_TABLE, Ruling, finding
from service.law.gates.assertions import asserted, awaits_release
from service.law.gates.medical import existing_coverage, need_expressed, offered, request_mandatory
from service.law.gates.modification import already_provided, moving_grounds
from service.law.gates.notice import addressee, carried_out, entered_order
from service.law.gates.orders import copies_on_file, new_case_or_motion
from service.law.gates.services import open_case, public_assistance
from service.law.gates.uninsured import directed_enforcement
from service.law.outcomes import GateFinding

Gate = Callable[[CaseFacts, FilingKind], tuple[Ruling, ...]]


def _provision(facts: CaseFacts, kind: FilingKind) -> tuple[Ruling, ...]:
    if kind is FilingKind.MEDICAL_SUPPORT_NOTICE:
        return carried_out(facts, kind)
    return already_provided(facts, kind)


GATES: Mapping[str, Gate] = MappingProxyType(
    {
        "G01": copies_on_file,
        "G02": open_case,
        "G03": public_assistance,
        "G04": asserted,
        "G05": asserted,
        "G06": asserted,
        "G07": existing_coverage,
        "G08": offered,
        "G09": new_case_or_motion,
        "G10": need_expressed,
        "G11": request_mandatory,
        "G12": asserted,
        "G13": addressee,
        "G14": entered_order,
        "G15": _provision,
        "G16": moving_grounds,
        "G17": directed_enforcement,
        "G18": awaits_release,
        "G19": asserted,
    }
)


def findings(facts: CaseFacts, kind: FilingKind, confirmed: Confirmations = NONE_CONFIRMED) -> Iterator[GateFinding]:
    """One finding for every gate that concerns the kind and has something to judge, in order of their ids."""
    for rule in GATE_TABLE.gates:
        if kind in rule.kinds and (rulings := GATES[rule.id](facts, kind)):
            yield finding(rule, rulings, confirmed)
