"""What an office has confirmed is no longer shown as to be confirmed, and nothing else changes."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.facts import load_facts
from schemas.results import determination_json
from service.facts.vocabulary import FilingKind
from service.law.advisory_table import ADVISORY_RULES
from service.law.authorities import AUTHORITIES, CONFIRMED, TO_BE_CONFIRMED
from service.law.calculation import calculation
from service.law.confirmations import NONE_CONFIRMED, Confirmation, Confirmations, open_confirmations
from service.law.determination import determine
from service.law.gate_rules import GATE_TABLE
from service.law.table_reading import LawTableRefused
from tests.builders import FAMILIES, changed, example

B, C = FilingKind.MODIFICATION, FilingKind.UNINSURED_CLAIM
READ_ON = date(2026, 11, 20)


def confirming(*authorities: str) -> Confirmations:
    return Confirmations(tuple(Confirmation(authority=name, by="R. Vale", on=READ_ON) for name in authorities))


EVERYTHING = confirming(*(name for name, entry in AUTHORITIES.items() if not entry.standing.certain))


def kept(folder: Path, confirmed: Any, **members: Any) -> Path:
    path = folder / "confirmed.json"
    table = {"source": "Legal division", "as_of": "2026-11-19", "confirmed": confirmed, **members}
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_a_confirmed_authority_is_shown_with_who_read_it_and_when() -> None:
    confirmed = confirming("ark-9-14-107-a-1")
    filing = determination_json(determine(load_facts(example("modification")), confirmed))["filings"][1]
    moved = next(gate for gate in filing["gates"] if gate["id"] == "G16")
    cited = {entry["id"]: entry for entry in moved["authorities"]}
    assert cited["ark-9-14-107-a-1"]["confirmed"] == {"by": "R. Vale", "on": "2026-11-20"}
    assert cited["ark-9-14-107-a-1"]["standing"] == "V2"
    assert not cited["ark-9-14-107-a-1"]["to_confirm"]
    assert cited["ark-9-14-107-b"]["to_confirm"]
    assert cited["ark-9-14-107-b"]["confirmed"] is None
    assert f"20 percent or more since the order ({CONFIRMED})" in moved["statement"]


def test_what_rests_on_another_authority_is_still_to_be_confirmed() -> None:
    filing = determine(load_facts(example("modification")), confirming("ark-9-14-107-b")).of(B)
    moved = next(gate for gate in filing.gates if gate.id == "G16")
    assert TO_BE_CONFIRMED in moved.statement
    assert CONFIRMED not in moved.statement


@pytest.mark.parametrize("kind", [*FAMILIES, "medical_support_notice"])
def test_once_everything_is_confirmed_nothing_is_marked_and_no_outcome_has_changed(kind: str) -> None:
    facts = load_facts(example(kind))
    before, after = determine(facts), determine(facts, EVERYTHING)
    assert TO_BE_CONFIRMED not in json.dumps(determination_json(after), ensure_ascii=False)
    assert TO_BE_CONFIRMED not in " ".join(table.authority for table in calculation(facts, confirmed=EVERYTHING))
    for then, now in zip(before.filings, after.filings, strict=True):
        assert then.outcome is now.outcome
        assert then.documents == now.documents
        assert [gate.outcome for gate in then.gates] == [gate.outcome for gate in now.gates]
        assert [gate.id for gate in then.gates] == [gate.id for gate in now.gates]
        assert [advisory.code for advisory in then.advisories] == [advisory.code for advisory in now.advisories]
        assert [entry.due for entry in then.deadlines] == [entry.due for entry in now.deadlines]


def test_every_statement_that_is_to_be_confirmed_can_be() -> None:
    for rule in GATE_TABLE.gates:
        for ruling in rule.rulings.values():
            assert (TO_BE_CONFIRMED in ruling.statement) is (ruling.rests_on is not None)
    for advisory in ADVISORY_RULES.values():
        shown = advisory.at((), EVERYTHING).statement
        assert TO_BE_CONFIRMED not in shown
        assert (CONFIRMED in shown) is (advisory.rests_on is not None)


def test_advisories_deadlines_and_calculations_follow_what_they_rest_on() -> None:
    asked = load_facts(changed(example("uninsured_claim"), "/uninsured/interest_requested", value=True))
    confirmed = confirming("ark-9-14-233-uninsured", "arcp-6-d-reach")
    told = {entry.code: entry.statement for entry in determine(asked, confirmed).of(C).advisories}
    assert CONFIRMED in told["interest_unresolved"]
    assert f"Ark. Code Ann. § 9-14-233 ({CONFIRMED})" in calculation(asked, confirmed=confirmed)[-1].authority
    response = determine(asked, confirmed).of(C).deadlines[0]
    assert response.rule == f"Ark. R. Civ. P. 6(c), 6(d) (that Rule 6(d) reaches this service is {CONFIRMED})"


def test_a_file_names_who_and_when_for_each_authority_or_for_all(tmp_path: Path) -> None:
    rows = [{"id": "waldon"}, {"id": "ark-9-14-232", "by": "R. Vale", "on": "2026-11-20"}]
    confirmed = open_confirmations(kept(tmp_path, rows), AUTHORITIES)
    assert confirmed.of("waldon") == Confirmation(authority="waldon", by="Legal division", on=date(2026, 11, 19))
    assert confirmed.of("ark-9-14-232") == Confirmation(authority="ark-9-14-232", by="R. Vale", on=READ_ON)
    assert confirmed.of("ark-9-14-237") is None
    again = open_confirmations(kept(tmp_path, rows[::-1]), AUTHORITIES)
    assert again.digest == confirmed.digest != NONE_CONFIRMED.digest
    assert replace(confirmed, given=confirmed.given[:1]).digest != confirmed.digest


def test_every_fault_of_the_file_is_named_at_once_with_the_nearest_authority(tmp_path: Path) -> None:
    rows = [{"id": "ark-9-14-323"}, {"id": "waldon", "when": "today"}, {"id": "waldon"}, {"id": "stehle", "on": "soon"}]
    with pytest.raises(LawTableRefused) as refused:
        open_confirmations(kept(tmp_path, rows), AUTHORITIES)
    faults = {fault.pointer: fault.message for fault in refused.value.faults}
    assert faults.keys() == {"/confirmed/0/id", "/confirmed/1/when", "/confirmed/2/id", "/confirmed/3/on"}
    assert "the nearest is ark-9-14-23" in faults["/confirmed/0/id"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"source": "x", "as_of": "2026-11-19"}'])
def test_a_file_that_confirms_nothing_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "confirmed.json").write_text(content, encoding="utf-8")
    with pytest.raises(LawTableRefused):
        open_confirmations(tmp_path / "confirmed.json", AUTHORITIES)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawTableRefused, match=r"none\.json"):
        open_confirmations(tmp_path / "none.json", AUTHORITIES)


def test_what_a_record_keeps_reads_back_as_it_was() -> None:
    assert Confirmations.recorded(EVERYTHING.as_json()).digest == EVERYTHING.digest
    assert Confirmations.recorded(NONE_CONFIRMED.as_json()) == NONE_CONFIRMED


@pytest.mark.parametrize("wrong", [{}, {"confirmed": [{"id": "a"}]}, {"confirmed": [7]}, {"confirmed": None}, []])
def test_what_no_record_keeps_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="not as a record keeps them"):
        Confirmations.recorded(wrong)
