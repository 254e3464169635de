import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Never
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import docx
import pytest

from service.cli import main
from templates import templates_root
from tests.builders import DRAWN, EXAMPLES, FAMILIES, changed, example

Command = Callable[..., subprocess.CompletedProcess[str]]
OPENSSL = shutil.which("openssl")


@pytest.fixture(scope="session")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def run(state_dir: Path) -> Command:
    def command(*arguments: object, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "service", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, "OCSE_STATE_DIR": str(state_dir), **(environment or {})},
        )

    return command


@pytest.fixture(scope="session")
def filed(state_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each example filed once on the command line: kind to folder."""
    folders: dict[str, Path] = {}
    for kind in DRAWN:
        folders[kind] = tmp_path_factory.mktemp(kind)
        subprocess.run(
            [sys.executable, "-m", "service", "file", EXAMPLES / kind / "facts.json",
             "--exhibits", EXAMPLES / kind / "exhibits", "--out", folders[kind]],
            check=True, capture_output=True, env={**os.environ, "OCSE_STATE_DIR": str(state_dir)},
        )  # fmt: skip
    return folders


@pytest.mark.parametrize("kind", DRAWN)
def test_filed_bundles_verify(run: Command, filed: dict[str, Path], kind: str) -> None:
    reader = "court.asice" if kind in FAMILIES else "employer.asice"
    assert {path.name for path in filed[kind].iterdir()} == {reader, "record.asice"}
    for name in (reader, "record.asice"):
        verified = run("verify", filed[kind] / name, "--json")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        answer = json.loads(verified.stdout)
        assert answer["intact"]
        assert answer["trusted"]


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
@pytest.mark.parametrize("kind", FAMILIES)
def test_filed_bundles_verify_with_openssl_and_sha256_alone(
    run: Command, filed: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    root = tmp_path / "root.pem"
    assert run("trust", "--out", root).returncode == 0
    with zipfile.ZipFile(filed[kind] / "court.asice") as bundle:
        bundle.extractall(tmp_path)
    checked = subprocess.run(
        [OPENSSL, "cms", "-verify", "-cades", "-purpose", "any", "-binary", "-inform", "DER",
         "-in", "META-INF/signature001.p7s", "-content", "META-INF/ASiCManifest001.xml", "-CAfile", "root.pem",
         "-out", os.devnull],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    manifest = ET.parse(tmp_path / "META-INF/ASiCManifest001.xml")  # noqa: S314 -- our own file
    references = list(manifest.iter("{http://uri.etsi.org/02918/v1.2.1#}DataObjectReference"))
    listed = {unquote(reference.attrib["URI"]) for reference in references}
    for reference in references:
        digest = hashlib.sha256((tmp_path / unquote(reference.attrib["URI"])).read_bytes()).digest()
        expected = reference.findtext("{http://www.w3.org/2000/09/xmldsig#}DigestValue")
        assert base64.b64encode(digest).decode() == expected
    with zipfile.ZipFile(filed[kind] / "court.asice") as bundle:
        unsigned = {name for name in bundle.namelist() if not name.startswith("META-INF/")} - {"mimetype"}
    assert listed == unsigned


def test_a_changed_byte_an_added_file_and_an_unknown_root_are_found(
    run: Command, filed: dict[str, Path], tmp_path: Path
) -> None:
    original = (filed["modification"] / "court.asice").read_bytes()
    flipped = bytearray(original)
    flipped[len(flipped) // 2] ^= 1
    (tmp_path / "flipped.asice").write_bytes(flipped)
    shutil.copy(filed["modification"] / "court.asice", tmp_path / "added.asice")
    with zipfile.ZipFile(tmp_path / "added.asice", "a") as bundle:
        bundle.writestr("public/99-extra.pdf", b"%PDF-1.7")
    for name in ("flipped.asice", "added.asice"):
        verified = run("verify", tmp_path / name)
        assert verified.returncode == 1, name
        assert "Do not rely" in verified.stdout
    other = {"OCSE_STATE_DIR": str(tmp_path / "other")}
    assert run("trust", "--out", tmp_path / "other.pem", environment=other).returncode == 0
    verified = run("verify", filed["modification"] / "court.asice", "--trust", tmp_path / "other.pem")
    assert verified.returncode == 1
    assert "do not know this signer" in verified.stdout


def test_a_blocked_determination_is_done(run: Command) -> None:
    determined = run("determine", EXAMPLES / "uninsured_claim" / "facts.json", "--json")
    assert determined.returncode == 0
    outcomes = {filing["kind"]: filing["outcome"] for filing in json.loads(determined.stdout)["filings"]}
    assert outcomes["medical_support"] == "block"
    assert outcomes["uninsured_claim"] in {"allow", "warn"}


def test_previews_are_drafts_and_nothing_is_signed(run: Command, tmp_path: Path) -> None:
    facts = EXAMPLES / "modification"
    shown = run("preview", facts / "facts.json", "--exhibits", facts / "exhibits", "--out", tmp_path / "drafts")
    assert shown.returncode == 0, shown.stderr
    names = {path.name for path in (tmp_path / "drafts").iterdir()}
    assert {"packet.pdf", "01-motion-to-modify.pdf", "01-motion-to-modify.docx"} <= names


def test_refused_facts_are_exit_1_with_every_fault_and_nothing_written(run: Command, tmp_path: Path) -> None:
    facts = changed(example("modification"), "/orders/0/child_support/amount", "-4.00")
    facts["surprise"] = 1
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    refused = run("file", tmp_path / "facts.json", "--out", tmp_path / "out", "--json")
    answer = json.loads(refused.stdout)
    assert refused.returncode == 1
    assert answer["code"] == "facts_invalid"
    assert {fault["pointer"] for fault in answer["errors"]} == {"/orders/0/child_support/amount", "/surprise"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("file", "nowhere.json", "--out", "out"), 1),
        (("verify", "nowhere.asice"), 1),
        (("file",), 2),
        (("unheard-of",), 2),
    ],
)
def test_exit_statuses(run: Command, arguments: tuple[str, ...], status: int) -> None:
    finished = run(*arguments)
    assert finished.returncode == status
    assert "Traceback" not in finished.stderr + finished.stdout


def test_a_faulty_input_or_setting_is_exit_1_and_said_once(run: Command, tmp_path: Path) -> None:
    (tmp_path / "confirmed.json").write_text('{"source": "Legal", "as_of": "2026-11-20", "confirmed": [{"id": "no"}]}')
    facts = EXAMPLES / "modification"
    filing = ("file", facts / "facts.json", "--exhibits", facts / "exhibits", "--out", tmp_path / "out")
    for command, setting in (
        (("convert", EXAMPLES / "modification" / "facts.json", "--out", tmp_path / "out.pdf"), {}),
        (filing, {"OCSE_PRODUCTION": "yes"}),
        (filing, {"OCSE_PORT": "abc"}),
        (filing, {"OCSE_TEMPLATES_DIR": str(tmp_path)}),
        (filing, {"OCSE_CONFIRMED_AUTHORITIES": str(tmp_path / "confirmed.json")}),
    ):
        finished = run(*command, environment=setting)
        assert finished.returncode == 1, (setting, finished.stderr)
        assert "Traceback" not in finished.stderr
    assert finished.stderr.count("no authority of ours") == 1
    assert "confirmed.json, /confirmed/0/id: " in finished.stderr
    assert not (tmp_path / "out").exists()


def test_a_fault_of_the_service_is_exit_3_and_only_its_kind_and_place_are_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    docket_number = example("modification")["matter"]["court"]["docket_number"]

    def fail(document: object) -> Never:
        raise RuntimeError(str(document)) from KeyError(str(document))

    monkeypatch.setenv("OCSE_STATE_DIR", str(tmp_path))
    monkeypatch.setattr("service.desk.determinations.load_facts", fail)
    (tmp_path / "faults.log").touch(mode=0o644)
    assert main(["determine", str(EXAMPLES / "modification" / "facts.json")]) == 3
    said = capsys.readouterr().err
    noted = (tmp_path / "faults.log").read_text()
    assert "Traceback" not in said
    assert said.split("Reference ")[1].split(",")[0] in noted
    assert "RuntimeError in " in noted
    assert "; because of KeyError" in noted
    assert docket_number not in said + noted
    assert (tmp_path / "faults.log").stat().st_mode & 0o777 == 0o600


def test_bundles_of_an_earlier_filing_are_replaced_only_where_that_is_asked_for(run: Command, tmp_path: Path) -> None:
    own = {"OCSE_STATE_DIR": str(tmp_path / "state")}
    facts = EXAMPLES / "modification"
    filing = ("file", facts / "facts.json", "--exhibits", facts / "exhibits", "--out", tmp_path / "out")
    assert run(*filing, environment=own).returncode == 0
    first = (tmp_path / "out" / "record.asice").read_bytes()
    refused = run(*filing, environment=own)
    assert refused.returncode == 1
    assert "court.asice and record.asice" in refused.stderr
    assert (tmp_path / "out" / "record.asice").read_bytes() == first
    audit = json.loads(run("audit", "show", "--json", environment=own).stdout)["entries"]
    assert [entry["event"] for entry in audit].count("released") == 1
    for_another_reader = tmp_path / "out" / "employer.asice"
    for_another_reader.write_bytes(b"of an earlier filing of another kind")
    assert run(*filing, "--replace", environment=own).returncode == 0
    assert (tmp_path / "out" / "record.asice").read_bytes() != first
    assert not for_another_reader.exists()


def test_bundles_that_cannot_be_written_are_kept_and_their_filing_is_named(run: Command, tmp_path: Path) -> None:
    (tmp_path / "out" / "court.asice").mkdir(parents=True)
    facts = EXAMPLES / "modification"
    refused = run("file", facts / "facts.json", "--exhibits", facts / "exhibits", "--out", tmp_path / "out",
                  "--replace", "--json")  # fmt: skip
    answer = json.loads(refused.stdout)
    assert (refused.returncode, answer["code"]) == (1, "file_refused")
    told = answer["errors"][0]["message"]
    filing = told.split("kept as ")[1].split(",")[0]
    assert all(f"/v1/filings/{filing}/bundles/{reader}" in told for reader in ("court", "record"))
    shown = json.loads(run("audit", "show", "--filing", filing, "--json").stdout)
    assert {"prepared", "released"} <= {entry["event"] for entry in shown["entries"]}


def test_an_override_is_drawn_up_in_a_preview_or_refused(run: Command, tmp_path: Path) -> None:
    facts = ("preview", EXAMPLES / "modification" / "facts.json", "--exhibits", EXAMPLES / "modification" / "exhibits")
    refused = run(*facts, "--override", "G05=No reason", "--out", tmp_path / "drafts", "--json")
    assert refused.returncode == 1
    assert [fault["code"] for fault in json.loads(refused.stdout)["errors"]] == ["override_not_needed"]
    assert not (tmp_path / "drafts").exists()


def test_a_service_with_a_faulty_template_does_not_start_and_names_it(run: Command, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    shutil.copytree(templates_root() / "filings", own)
    document = docx.Document(str(own / "summons.docx"))
    document.paragraphs[3].insert_paragraph_before("{% if party %}")
    document.save(str(own / "summons.docx"))
    environment = {"OCSE_TEMPLATES_DIR": str(own), "OCSE_STATE_DIR": str(tmp_path / "state")}
    refused = run("serve", "--port", "0", environment=environment)
    assert refused.returncode == 1
    assert "summons" in refused.stderr
    assert "Traceback" not in refused.stderr
    (own / "summons.docx").unlink()
    refused = run("serve", "--port", "0", environment=environment)
    assert refused.returncode == 1
    assert "lacks the templates summons" in refused.stderr


def test_serving_beyond_loopback_needs_a_key(run: Command, tmp_path: Path) -> None:
    refused = run("serve", "--host", "0.0.0.0", environment={"OCSE_STATE_DIR": str(tmp_path)})  # noqa: S104 -- refused
    assert refused.returncode == 1
    assert "keys issue" in refused.stderr


def test_keys_are_issued_listed_and_revoked(run: Command, tmp_path: Path) -> None:
    own = {"OCSE_STATE_DIR": str(tmp_path)}
    issued = run("keys", "issue", "--label", "intake system", "--scope", "prepare", "--office", "benton", "--json",
                 environment=own)  # fmt: skip
    key = json.loads(issued.stdout)
    assert key["secret"].startswith("ocse_")
    assert key["secret"] not in run("keys", "list", environment=own).stdout
    assert run("keys", "revoke", "--key", key["id"], environment=own).returncode == 0
    assert "revoked" in run("keys", "list", environment=own).stdout


def test_an_option_of_another_action_on_keys_is_refused_and_nothing_is_done(run: Command, tmp_path: Path) -> None:
    own = {"OCSE_STATE_DIR": str(tmp_path)}
    refused = run("keys", "issue", "--label", "intake", "--scope", "prepare", "--key", "key_1", environment=own)
    assert refused.returncode == 1
    assert "takes no --key" in refused.stderr
    assert json.loads(run("keys", "list", "--json", environment=own).stdout) == {"keys": []}


def test_settings_that_are_not_known_are_refused(run: Command) -> None:
    refused = run("determine", EXAMPLES / "modification" / "facts.json", environment={"OCSE_PRT": "80"})
    assert refused.returncode == 1
    assert "OCSE_PRT" in refused.stderr


def test_a_key_for_an_office_that_no_filing_names_is_warned_about_and_listed_with_it(
    run: Command, filed: dict[str, Path], tmp_path: Path
) -> None:
    assert filed
    issue = ("keys", "issue", "--label", "intake", "--scope", "prepare", "--scope", "sign",
             "--signatory", "Ada Example", "2001001", "--json")  # fmt: skip
    refused = run(*issue, "--office", "Benton County", environment={"OCSE_STATE_DIR": str(tmp_path)})
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (1, "file_refused")
    unknown = json.loads(run(*issue, "--office", "nowhere").stdout)
    assert "filings name benton" in unknown["warnings"][0]
    known = json.loads(run(*issue, "--office", "benton").stdout)
    assert known["warnings"] == []
    listed = {line.split()[0]: line for line in run("keys", "list").stdout.splitlines()}
    assert listed[unknown["id"]].endswith("office nowhere  signs for Ada Example (2001001)")
    for key in (known, unknown):
        run("keys", "revoke", "--key", key["id"])
