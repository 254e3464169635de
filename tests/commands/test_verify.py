"""What ``verify`` says on the command line, and what it does without."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.cli import main
from service.facts.canonical import digest
from service.signing.asic import build_container
from service.signing.keys import SigningKey, load_or_make_dev_key, trust_roots_pem
from service.signing.pdf_seal import seal_pdf
from service.signing.verify_bundle import check
from tests.builders import example_exhibits
from tests.hostile_bundles import manifest, with_part

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return load_or_make_dev_key(tmp_path_factory.mktemp("key"), AT)


@pytest.fixture
def folder(tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle, the root to check it by, and no state of any service."""
    packet = example_exhibits("modification")["exhibit-a"]
    described = manifest([{"file": "packet.pdf", "sha256": digest(packet), "sealed": False}])
    bundle = build_container({"packet.pdf": packet, "manifest.json": described}, key, AT)
    (tmp_path / "court.asice").write_bytes(bundle)
    (tmp_path / "changed.asice").write_bytes(with_part(bundle, "packet.pdf", packet + b"\n"))
    (tmp_path / "root.pem").write_bytes(trust_roots_pem(key))
    monkeypatch.setenv("OCSE_STATE_DIR", str(tmp_path / "state"))
    return tmp_path


def test_it_says_who_signed_when_by_whose_clock_and_what_trust_rests_on(
    folder: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(folder / "court.asice"), "--trust", str(folder / "root.pem")]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "Intact, and signed by TEST ONLY – UNTRUSTED OCSE Filings\nAll 2 files are exactly as they were"
    )
    assert f"certificate SHA-256 {key.fingerprint}" in said
    assert "Signed      2026-11-23 15:00:00 UTC by the signer's own clock, no trusted time" in said
    assert "Trust       rests on root certificate TEST ONLY – UNTRUSTED OCSE Filings Root, SHA-256 " in said
    assert "  passes  packet.pdf: Unchanged." in said


def test_it_names_the_part_that_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(folder / "changed.asice"), "--trust", str(folder / "root.pem")]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Do not rely on this bundle\npacket.pdf: Changed after signing.\n")
    assert "  FAILS   packet.pdf: Changed after signing." in said


def test_what_fails_is_the_same_in_words_in_json_and_in_the_one_file(
    folder: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["verify", str(folder / "changed.asice"), "--trust", str(folder / "root.pem")]
    assert main([*arguments, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["failed_parts"] == ["packet.pdf"]
    assert [one["name"] for one in answer["checks"] if one["outcome"] == "fail"] == ["Nothing was changed"]
    faults = check((folder / "changed.asice").read_bytes(), key.roots).faults
    assert faults == [("packet.pdf", "changed after signing")]


def test_a_sealed_pdf_by_itself_is_checked_as_well(
    folder: Path, key: SigningKey, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = seal_pdf(example_exhibits("modification")["exhibit-a"], key, AT)
    (folder / "motion.pdf").write_bytes(sealed)
    assert main(["verify", str(folder / "motion.pdf"), "--trust", str(folder / "root.pem")]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Intact as far as its seal covers it, and signed by TEST ONLY")
    assert "  passes  What follows the seal: Nothing: the file ends with it." in said
    (folder / "motion.pdf").write_bytes(sealed[:-40] + b"\n%%EOF\n")
    assert main(["verify", str(folder / "motion.pdf"), "--trust", str(folder / "root.pem")]) == 1
    assert capsys.readouterr().out.startswith("Do not rely on this PDF\nthe PDF: ")


def test_it_needs_neither_network_nor_state_where_a_root_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert main(["verify", str(folder / "court.asice"), "--trust", str(folder / "root.pem"), "--json"]) == 0
    assert not (folder / "state").exists()


def test_a_root_for_time_must_be_readable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "clock.pem").write_text("no certificate")
    arguments = ["--trust", str(folder / "root.pem"), "--trust-time", str(folder / "clock.pem")]
    assert main(["verify", str(folder / "court.asice"), *arguments]) == 1
    assert "holds no certificate" in capsys.readouterr().err
