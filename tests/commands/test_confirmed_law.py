"""What an office has confirmed travels with what it files, and a file that is wrong is refused at the start."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from service.law.confirmations import NONE_CONFIRMED, open_confirmations
from tests.builders import EXAMPLES

FACTS = EXAMPLES / "medical_support" / "facts.json"
KNOWN = ("ao-10-iv-reasonable-cost", "waldon")


@pytest.fixture
def confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "confirmed.json"
    table = {"source": "Legal division", "as_of": "2026-11-19", "confirmed": [{"id": name} for name in KNOWN]}
    path.write_text(json.dumps(table), encoding="utf-8")
    monkeypatch.setenv("OCSE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("OCSE_CONFIRMED_AUTHORITIES", str(path))
    return path


def said(capsys: pytest.CaptureFixture[str], *command: object) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = main([*map(str, command), "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, answer


def test_a_bundle_carries_what_was_confirmed_and_replay_tells_another_list(
    confirmed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, receipt = said(capsys, "file", FACTS, "--out", tmp_path / "out")
    expected = [{"id": name, "by": "Legal division", "on": "2026-11-19"} for name in KNOWN]
    assert (status, receipt["confirmed_authorities"]) == (0, expected)
    with zipfile.ZipFile(tmp_path / "out" / "record.asice") as record:
        assert json.loads(record.read("confirmations.json")) == {"confirmed": expected}
        assert "confirmed by the office" in record.read("reports/determination.json").decode()
        assert "(confirmed by the office)" in record.read("reports/calculation.json").decode()
    court = tmp_path / "out" / "court.asice"
    digest = open_confirmations(confirmed, KNOWN).digest
    with zipfile.ZipFile(court) as bundle:
        assert json.loads(bundle.read("manifest.json"))["versions"]["confirmed_authorities"] == digest
    assert said(capsys, "replay", court, FACTS)[0] == 0
    monkeypatch.delenv("OCSE_CONFIRMED_AUTHORITIES")
    status, answer = said(capsys, "replay", court, FACTS)
    words = f"{digest[:16]}… in the bundle, {NONE_CONFIRMED.digest[:16]}… here"
    assert (status, answer["differences"]) == (1, [{"part": "version of confirmed_authorities", "what": words}])


def test_the_record_is_made_again_under_the_list_that_it_keeps(
    confirmed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "file", FACTS, "--out", tmp_path / "out")[0] == 0
    record = tmp_path / "out" / "record.asice"
    monkeypatch.delenv("OCSE_CONFIRMED_AUTHORITIES")
    status, answer = said(capsys, "replay", record, FACTS)
    assert (status, answer["differences"]) == (0, [])
    confirmed.write_text(confirmed.read_text(encoding="utf-8").replace("2026-11-19", "2026-11-20"), encoding="utf-8")
    monkeypatch.setenv("OCSE_CONFIRMED_AUTHORITIES", str(confirmed))
    assert said(capsys, "replay", record, FACTS)[0] == 0


@pytest.mark.parametrize("command", ["determine", "preview", "file"])
def test_an_unknown_authority_is_refused_before_anything_is_made(
    command: str, confirmed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    confirmed.write_text(confirmed.read_text().replace("waldon", "waldron"), encoding="utf-8")
    out = [] if command == "determine" else ["--out", tmp_path / "out"]
    status, answer = said(capsys, command, FACTS, *out)
    assert (status, answer["code"]) == (1, "law_table_invalid")
    assert "waldron is no authority of ours; the nearest is waldon" in answer["errors"][0]["message"]
    assert not (tmp_path / "out").exists()
