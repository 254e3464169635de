"""The audit record, checked and shown by whoever runs the service."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.app import open_storage
from service.cli import main
from service.settings import Settings
from service.storage.audit import AuditEvent

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def state_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCSE_STATE_DIR", str(tmp_path))
    storage = open_storage(Settings(state_dir=tmp_path))
    for number in range(3):
        storage.audit.append(
            AuditEvent.RELEASED, at=NOW, actor="key_1", filing_id=f"flg_{number}", detail={"number": str(number)}
        )
    storage.close()
    return tmp_path


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    status = main(["audit", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


def tamper(state_dir: Path, *statements: str) -> None:
    with closing(sqlite3.connect(state_dir / "filings/records.sqlite", isolation_level=None)) as connection:
        for trigger in ("audit_is_never_altered", "audit_is_never_shortened"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.usefixtures("state_dir")
def test_a_whole_record_says_so_and_names_the_head_to_be_noted(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = say(capsys, "check")
    assert (status, answer["intact"], answer["entries"]) == (0, True, 3)
    status, again = say(capsys, "check", "--head", str(answer["head"]))
    assert (status, again["compared_with"]) == (0, answer["head"])


def test_an_altered_entry_is_named(state_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(state_dir, "UPDATE audit SET actor = 'key_2' WHERE sequence = 2")
    status, answer = say(capsys, "check")
    assert (status, answer["code"]) == (3, "storage_failed")
    assert [fault["code"] for fault in answer["errors"]] == ["audit_entry_altered"]
    assert "Entry 2" in answer["errors"][0]["message"]


def test_a_record_that_was_cut_off_shows_against_the_head_noted_before(
    state_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, noted = say(capsys, "check")
    tamper(state_dir, "DELETE FROM audit WHERE sequence = 3")
    assert say(capsys, "check")[0] == 0
    status, answer = say(capsys, "check", "--head", str(noted["head"]))
    assert status == 3
    assert [fault["code"] for fault in answer["errors"]] == ["audit_cut_off"]


@pytest.mark.usefixtures("state_dir")
def test_the_entries_of_one_filing_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = say(capsys, "show", "--filing", "flg_1")
    assert status == 0
    assert [(entry["sequence"], entry["event"], entry["detail"]) for entry in answer["entries"]] == [
        (2, "released", {"number": "1"})
    ]
    assert main(["audit", "show"]) == 0
    assert capsys.readouterr().out.count("released  key_1  flg_") == 3


@pytest.mark.usefixtures("state_dir")
@pytest.mark.parametrize(
    "arguments", [("check", "--head", "three"), ("check", "--filing", "flg_1"), ("show", "--head", f"3:{'0' * 64}")]
)
def test_what_cannot_be_done_as_asked_is_refused_and_not_left_out(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, answer = say(capsys, *arguments)
    assert (status, answer["code"]) == (1, "file_refused")
