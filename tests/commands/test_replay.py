"""The same facts and versions give the same documents, or it is said what differs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

from service.cli import main
from service.signing.asic import LIST_PATH, SIGNATURE_PATH
from service.signing.comparison import Difference, compare_bundles
from templates import templates_root
from tests.builders import EXAMPLES, FAMILIES, changed, example

MOTION, BRIEF = "public/01-motion-to-modify.pdf", "public/02-brief-supporting-statement.pdf"


class Said(NamedTuple):
    """What a command said, as JSON, and how it ended."""

    status: int
    answer: dict[str, Any]

    @property
    def differences(self) -> dict[str, str]:
        return {item["part"]: item["what"] for item in self.answer["differences"]}


Run = Callable[..., Said]


@pytest.fixture
def run(filed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def replay(bundle: Path, facts: Path, *options: object) -> Said:
        monkeypatch.setenv("OCSE_STATE_DIR", str(filed / "state"))
        capsys.readouterr()
        status = main(["replay", str(bundle), str(facts), *map(str, options), "--json"])
        return Said(status, json.loads(capsys.readouterr().out))

    return replay


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each example filed once: a folder with one folder a kind."""
    folder = tmp_path_factory.mktemp("filed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCSE_STATE_DIR", str(folder / "state"))
        for kind in FAMILIES:
            exhibits = EXAMPLES / kind / "exhibits"
            options = ["--exhibits", str(exhibits)] if exhibits.is_dir() else []
            facts = str(EXAMPLES / kind / "facts.json")
            assert main(["file", facts, *options, "--out", str(folder / kind)]) == 0
    return folder


@pytest.mark.parametrize("reader", ["court", "record"])
@pytest.mark.parametrize("kind", FAMILIES)
def test_the_same_facts_give_the_same_documents(kind: str, reader: str, filed: Path, run: Run) -> None:
    """The exhibits come out of the bundle itself."""
    said = run(filed / kind / f"{reader}.asice", EXAMPLES / kind / "facts.json")
    assert (said.status, said.differences) == (0, {})
    assert said.answer["container"] == reader
    assert said.answer["files_compared"] >= 5


def test_exhibits_may_be_given_and_must_be_the_same(filed: Path, run: Run, tmp_path: Path) -> None:
    facts, court = EXAMPLES / "uninsured_claim" / "facts.json", filed / "uninsured_claim" / "court.asice"
    shutil.copytree(EXAMPLES / "uninsured_claim" / "exhibits", tmp_path / "exhibits")
    assert run(court, facts, "--exhibits", tmp_path / "exhibits").status == 0
    one, other, *_ = sorted((tmp_path / "exhibits").iterdir())
    shutil.copy(other, one)
    said = run(court, facts, "--exhibits", tmp_path / "exhibits")
    assert said.status == 1
    assert "packet.pdf" in said.differences
    assert any(part.startswith("exhibits/") for part in said.differences)


def test_changed_facts_are_named_by_their_place_and_never_by_their_value(filed: Path, run: Run, tmp_path: Path) -> None:
    facts = changed(example("modification"), "/custodial_party/gross_monthly_income", "2345.67")
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    said = run(filed / "modification" / "record.asice", tmp_path / "facts.json")
    assert said.status == 1
    assert said.differences["facts"].endswith("they differ at /custodial_party/gross_monthly_income")
    assert said.differences["reports/calculation.json"] == "other bytes"
    assert "2345" not in json.dumps(said.answer)
    from_the_court = run(filed / "modification" / "court.asice", tmp_path / "facts.json")
    assert "SHA-256" in from_the_court.differences["facts"]


def test_a_changed_template_is_named_with_the_documents_it_makes(
    filed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(templates_root() / "filings", tmp_path / "filings")
    brief = docx.Document(str(tmp_path / "filings" / "modification-brief.docx"))
    brief.add_paragraph("One more closing line.")
    brief.save(str(tmp_path / "filings" / "modification-brief.docx"))
    monkeypatch.setenv("OCSE_TEMPLATES_DIR", str(tmp_path / "filings"))
    said = run(filed / "modification" / "court.asice", EXAMPLES / "modification" / "facts.json")
    assert said.status == 1
    assert "version of templates" in said.differences
    assert "another version of its template" in said.differences[BRIEF]
    assert MOTION not in said.differences
    assert "facts" not in said.differences


def test_facts_of_another_filing_differ_in_everything(filed: Path, run: Run) -> None:
    said = run(filed / "medical_support" / "court.asice", EXAMPLES / "modification" / "facts.json")
    assert said.status == 1


def test_a_bundle_that_was_changed_is_not_replayed(filed: Path, run: Run, tmp_path: Path) -> None:
    content = bytearray((filed / "modification" / "court.asice").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "changed.asice").write_bytes(content)
    said = run(tmp_path / "changed.asice", EXAMPLES / "modification" / "facts.json")
    assert (said.status, said.answer["code"]) == (1, "bundle_unreadable")
    assert "not as it was signed" in said.answer["errors"][0]["message"]


def test_what_is_in_one_bundle_alone_is_said() -> None:
    manifest = {
        "facts_digest": "1",
        "kind": "modification",
        "filing_date": "2026-11-23",
        "signatory": {},
        "versions": {"typst": "0.15.2", "rules": "a" * 64},
        "documents": [
            {"file": "a.pdf", "unsigned_sha256": "1", "template_digest": None, "pages": 3}
            | dict.fromkeys(("name", "title", "role", "audience", "media_type", "profile"), "")
        ],
    }
    again = json.loads(json.dumps(manifest))
    again["documents"][0] |= {"pages": 4, "title": "Another"}
    again["versions"] = {"typst": "0.16.0", "rules": "a" * 64}
    again["filing_date"] = "2026-11-24"
    compared = compare_bundles(
        {"manifest.json": json.dumps(manifest).encode(), "b.json": b"1", LIST_PATH: b"1", SIGNATURE_PATH: b"1"},
        {"manifest.json": json.dumps(again).encode(), "c.json": b"1", LIST_PATH: b"2", SIGNATURE_PATH: b"2"},
    )
    assert compared.differences == (
        Difference(part="filing date", what="not the one in the bundle"),
        Difference(part="version of typst", what="0.15.2 in the bundle, 0.16.0 here"),
        Difference(part="a.pdf", what="3 pages in the bundle, 4 here; another title"),
        Difference(part="b.json", what="in the bundle, but not made from these facts"),
        Difference(part="c.json", what="made from these facts, but not in the bundle"),
    )
