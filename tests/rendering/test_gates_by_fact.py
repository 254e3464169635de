"""A gate is named for a paragraph where it read a fact of it, a group that holds one, or a part of one."""

from hypothesis import given
from hypothesis import strategies as st

from service.law.gate_rules import GATE_TABLE
from service.law.outcomes import GateFinding, Outcome
from service.reviewing.gates_by_fact import GatesByFact

STEPS = st.lists(st.sampled_from(["a", "b", "ab", "0", "1"]), min_size=1, max_size=3)
POINTERS = STEPS.map("/".join).map("/{}".format)


def finding(number: int, facts: list[str]) -> GateFinding:
    gate = GATE_TABLE.gates[0]
    return GateFinding(
        id=f"G{number}",
        outcome=Outcome.ALLOW,
        statement="",
        source=gate.source,
        facts=tuple(facts),
        remedy=None,
        override=gate.override,
    )


@given(
    read=st.lists(st.lists(POINTERS, max_size=3), max_size=5),
    paragraphs=st.lists(st.lists(POINTERS, max_size=4).map(tuple), max_size=4),
)
def test_gates_are_those_whose_facts_meet_the_paragraphs(
    read: list[list[str]], paragraphs: list[tuple[str, ...]]
) -> None:
    gates = [finding(number, facts) for number, facts in enumerate(read)]
    found = GatesByFact(gates)
    for facts in (*paragraphs, *paragraphs):
        wanted = [gate.id for gate in gates if any(_meet(one, other) for one in gate.facts for other in facts)]
        assert found.reading(facts) == wanted


def _meet(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")
