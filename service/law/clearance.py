"""Whether a filing may be prepared: all that stands in the way is either clear or lifted by an attorney."""

from collections.abc import Iterator, Mapping

from service.errors import Fault, GatesNotCleared, OverrideRefused
from service.law.outcomes import Advisory, GateFinding, KindDetermination, Override

Obstacle = GateFinding | Advisory


def require_clearance(filing: KindDetermination, overrides: Mapping[str, str]) -> None:
    """Refuse the filing unless each gate or advisory that holds or blocks is lifted by a reasoned override.

    Args:
        filing: the determination for the kind that is to be filed.
        overrides: reasons by gate id or advisory code, given by an attorney.

    Raises:
        OverrideRefused: a reason is blank, or names what needs no lifting or may not be lifted.
        GatesNotCleared: something still stands in the way; one fault for each, coded with its id or code.
    """
    liftable = dict(_found(filing))
    faults = [fault for name, reason in overrides.items() for fault in _override_faults(name, reason, liftable)]
    if faults:
        raise OverrideRefused("An override cannot be accepted; correct or leave out the ones named.", faults)
    uncleared = [
        (name, found) for name, found in liftable.items() if found.outcome.stands_in_the_way and name not in overrides
    ]
    if uncleared:
        raise GatesNotCleared(
            "This filing cannot be prepared until each point named is cleared, or lifted by an attorney where that is "
            "allowed.",
            [_fault(name, found) for name, found in uncleared],
        )


def _found(filing: KindDetermination) -> Iterator[tuple[str, Obstacle]]:
    """What stands in the way, by id or code, and the gates that only leave a ground out, which may be lifted too."""
    for gate in filing.gates:
        if gate.outcome.stands_in_the_way or gate.leaves_out:
            yield gate.id, gate
    for advisory in filing.advisories:
        if advisory.outcome.stands_in_the_way:
            yield advisory.code, advisory


def _override_faults(name: str, reason: str, liftable: Mapping[str, Obstacle]) -> list[Fault]:
    pointer = f"/overrides/{name}"
    if name not in liftable:
        message = "This does not stand in the way of the filing; leave the override out."
        return [Fault(code="override_not_needed", message=message, pointer=pointer)]
    if liftable[name].override is Override.NONE:
        message = "This may not be lifted; clear it by its remedy."
        return [Fault(code="override_not_allowed", message=message, pointer=pointer)]
    if not reason.strip():
        return [Fault(code="override_without_reason", message="Give the attorney's reason in words.", pointer=pointer)]
    return []


def _fault(name: str, found: Obstacle) -> Fault:
    words = found.statement if found.remedy is None else f"{found.statement} {found.remedy}"
    return Fault(code=name, message=words, pointer=found.facts[0] if found.facts else None)
