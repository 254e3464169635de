"""Whether a filing may be prepared: every gate that stands in the way is either clear or lifted by an attorney."""

from collections.abc import Mapping

from service.errors import Fault, GatesNotCleared, OverrideRefused
from service.law.outcomes import GateFinding, KindDetermination, Override


def require_clearance(filing: KindDetermination, overrides: Mapping[str, str]) -> None:
    """Refuse the filing unless each holding or blocking gate is lifted by a reasoned override.

    Args:
        filing: the determination for the kind that is to be filed.
        overrides: reasons by gate id, given by an attorney.

    Raises:
        OverrideRefused: a reason is blank, or names a gate that needs no lifting or may not be lifted.
        GatesNotCleared: gates still stand in the way; one fault a gate, coded with its id.
    """
    standing = {gate.id: gate for gate in filing.gates if gate.outcome.stands_in_the_way}
    faults = [fault for gate_id, reason in overrides.items() for fault in _override_faults(gate_id, reason, standing)]
    if faults:
        raise OverrideRefused("An override cannot be accepted; correct or leave out the ones named.", faults)
    uncleared = [gate for gate_id, gate in standing.items() if gate_id not in overrides]
    if uncleared:
        raise GatesNotCleared(
            "This filing cannot be prepared until each gate named is cleared, or lifted by an attorney where that is "
            "allowed.",
            [_gate_fault(gate) for gate in uncleared],
        )


def _override_faults(gate_id: str, reason: str, standing: Mapping[str, GateFinding]) -> list[Fault]:
    pointer = f"/overrides/{gate_id}"
    if gate_id not in standing:
        message = "This gate does not stand in the way of the filing; leave the override out."
        return [Fault(code="override_not_needed", message=message, pointer=pointer)]
    if standing[gate_id].override is Override.NONE:
        message = "This gate may not be lifted; clear it by its remedy."
        return [Fault(code="override_not_allowed", message=message, pointer=pointer)]
    if not reason.strip():
        return [Fault(code="override_without_reason", message="Give the attorney's reason in words.", pointer=pointer)]
    return []


def _gate_fault(gate: GateFinding) -> Fault:
    words = gate.statement if gate.remedy is None else f"{gate.statement} {gate.remedy}"
    return Fault(code=gate.id, message=words, pointer=gate.facts[0] if gate.facts else None)
