"""From settings to sealed bundles: what is refused at the start, what is announced, and every kind at the top level."""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from service.errors import KeyRefused
from service.sealing_setup import announcement, load_sealing_policy, load_signing_key, load_trusted_roots
from service.settings import Settings, SettingsRefused
from service.signing.levels import SealLevel
from tests.builders import EXAMPLES, FAMILIES
from tests.signing.levels.conftest import written

Environment = dict[str, str]


@pytest.fixture(scope="module")
def environment(office: Any, clock: Any, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An installation with the office's key in PEM, the time-stamp authority, and lists."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "clock.pem").write_bytes(clock.authority.certificate.public_bytes(Encoding.PEM))
    return {
        "OCSE_STATE_DIR": str(folder / "state"),
        "OCSE_PRODUCTION": "yes",
        **written(office.key, folder),
        "OCSE_SEAL_LEVEL": "B-LTA",
        "OCSE_TSA_URL": clock.url,
        "OCSE_TSA_ROOTS": str(folder / "clock.pem"),
        "OCSE_TSA_DEADLINE_S": "20",
        "OCSE_CRLS": str(office.lists),
    }


@pytest.mark.parametrize("kind", FAMILIES)
def test_every_kind_is_sealed_at_the_level_asked_for(kind: str, environment: Environment, tmp_path: Path) -> None:
    receipt = filed(kind, environment, tmp_path)
    assert receipt["seal"]["level"] == "B-LTA"
    assert receipt["seal"]["time"].endswith("by the clock of Example Clock")
    assert receipt["seal"]["containers"]["court"]["level"] == "B-T"
    verified = run(environment, "verify", tmp_path / "court.asice", "--json")
    assert verified.returncode == 0, verified.stdout
    with ZipFile(tmp_path / "court.asice") as court:
        court.extractall(tmp_path)
    seals = {item["file"]: item["seal"] for item in json.loads((tmp_path / "manifest.json").read_bytes())["documents"]}
    sealed = [path for path, seal in seals.items() if seal]
    assert sealed
    assert {seals[path]["level"] for path in sealed} == {"B-LTA"}
    for path in sealed:
        assert_foreign_tools_agree(tmp_path / path)


def test_an_outage_lowers_the_level_of_a_filing_and_the_receipt_says_so(
    environment: Environment, tmp_path: Path
) -> None:
    receipt = filed("modification", {**environment, "OCSE_TSA_URL": "http://127.0.0.1:1/"}, tmp_path)
    assert receipt["seal"]["level"] == "B-B"
    assert receipt["seal"]["time"].startswith("no trusted time: the time-stamp authority did not answer")
    assert receipt["seal"]["shortfall"].startswith("B-LTA was asked for")
    assert run(environment, "verify", tmp_path / "court.asice").returncode == 0


def test_the_trust_command_says_who_signs_and_how_well(environment: Environment, office: Any, tmp_path: Path) -> None:
    said = run(environment, "trust", "--out", tmp_path / "roots.pem")
    assert said.returncode == 0, said.stderr
    assert f"Signs as Example Attorney, certificate SHA-256 {office.key.fingerprint}, level B-LTA" in said.stdout
    assert tuple(x509.load_pem_x509_certificates((tmp_path / "roots.pem").read_bytes())) == office.key.roots


def test_the_roots_of_a_former_key_are_kept_offered_and_trusted(
    environment: Environment, office: Any, another_key: Any, now: datetime, tmp_path: Path
) -> None:
    environment = {**environment, "OCSE_STATE_DIR": str(tmp_path / "state")}
    before = Settings.from_environment(environment)
    load_trusted_roots(before, load_signing_key(before, now))
    after = Settings.from_environment({**environment, **written(another_key(), tmp_path)})
    roots = load_trusted_roots(after, load_signing_key(after, now))
    assert roots.former == office.key.roots
    assert set(office.key.roots) < set(roots.signers)


def test_one_key_is_named_and_no_more(environment: Environment, now: datetime) -> None:
    settings = Settings.from_environment({**environment, "OCSE_SIGNING_P12": "signer.p12"})
    with pytest.raises(KeyRefused, match="OCSE_SIGNING_P12 and OCSE_SIGNING_KEY each name one"):
        load_signing_key(settings, now)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"OCSE_SIGNING_KEY": "key.pem"}, "OCSE_SIGNING_CERT"),
        ({"OCSE_SIGNING_HOOK": "office:signer", "OCSE_SIGNING_CERT": "certificate.pem"}, "OCSE_SIGNING_CHAIN"),
        (
            {"OCSE_PKCS11_MODULE": "m.so", "OCSE_SIGNING_CERT": "c.pem", "OCSE_SIGNING_CHAIN": "c.pem"},
            "OCSE_PKCS11_TOKEN and OCSE_PKCS11_KEY and OCSE_PKCS11_PIN_FILE",
        ),
    ],
)
def test_what_a_key_needs_besides_is_named(given: Environment, missing: str, now: datetime) -> None:
    with pytest.raises(SettingsRefused, match=missing):
        load_signing_key(Settings.from_environment(given), now)


def test_what_a_level_needs_is_named_all_at_once() -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load_sealing_policy(Settings.from_environment({"OCSE_SEAL_LEVEL": "B-LTA"}))
    for name in ("OCSE_TSA_URL", "OCSE_TSA_ROOTS", "OCSE_CRLS"):
        assert name in refusal.value.message


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"OCSE_SEAL_LEVEL": "B-X"}, "write one of B-B, B-T, B-LT, B-LTA"),
        ({"OCSE_TSA_URL": "ftp://clock.example"}, "write an http or https address"),
        ({"OCSE_TSA_DEADLINE_S": "60"}, "must be shorter than OCSE_DEADLINE_S"),
        ({"OCSE_CRLS": "/nowhere/at/all"}, "is no directory"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(given: Environment, said: str) -> None:
    with pytest.raises(SettingsRefused, match=said):
        load_sealing_policy(Settings.from_environment(given))


def test_without_settings_seals_are_b_b_by_the_development_key(now: datetime, tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    key, policy = load_signing_key(settings, now), load_sealing_policy(settings)
    assert (key.test_only, policy.level) == (True, SealLevel.B_B)
    (line,) = announcement(key, policy, now)
    assert key.fingerprint in line
    assert "TEST ONLY" in line


def test_a_key_that_expires_within_thirty_days_is_announced(environment: Environment, now: datetime) -> None:
    settings = Settings.from_environment(environment)
    key, policy = load_signing_key(settings, now), load_sealing_policy(settings)
    end = key.certificate.not_valid_after_utc
    assert key.expiry_notice(end - timedelta(days=31)) is None
    assert "WARNING: The signing certificate expires on" in "".join(announcement(key, policy, end - timedelta(days=29)))


def test_revocation_data_that_are_missing_are_announced(
    environment: Environment, now: datetime, tmp_path: Path
) -> None:
    settings = Settings.from_environment({**environment, "OCSE_CRLS": str(tmp_path)})
    key, policy = load_signing_key(settings, now), load_sealing_policy(settings)
    assert (
        "B-LT is out of reach: no revocation list in force covers Example Attorney."
        in announcement(key, policy, now)[-1]
    )


def test_a_revoked_key_is_refused_at_the_start(
    environment: Environment, office: Any, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "office.crl").write_bytes(office.authority.list_of_revoked(office.key.certificate))
    settings = Settings.from_environment({**environment, "OCSE_CRLS": str(tmp_path)})
    with pytest.raises(KeyRefused, match="was revoked"):
        announcement(load_signing_key(settings, now), load_sealing_policy(settings), now)


def filed(kind: str, environment: Environment, out: Path) -> dict[str, Any]:
    folder = EXAMPLES / kind / "exhibits"
    exhibits = ["--exhibits", folder] if folder.is_dir() else []
    done = run(environment, "file", EXAMPLES / kind / "facts.json", *exhibits, "--out", out, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    receipt: dict[str, Any] = json.loads(done.stdout)
    return receipt


def run(environment: Environment, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "service", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **environment}
    )


def assert_foreign_tools_agree(path: Path) -> None:
    """Those that this machine has; each level is put before all of them elsewhere."""
    if shutil.which("pdfsig"):
        report = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
        assert "Signature Validation: Signature is Valid." in report
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")
