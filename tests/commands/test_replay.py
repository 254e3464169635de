"""The same facts and versions give the same documents, or it is said what differs."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import docx
import pytest
from PIL import Image

from service.cli import main
from service.signing.asic import LIST_PATH, SIGNATURE_PATH
from service.signing.comparison import Difference, compare_bundles
from templates import templates_root
from tests.builders import DRAWN, EXAMPLES, FAMILIES, changed, example
from tests.signing.levels.conftest import new_authority, office_key, written

MOTION, BRIEF = "public/01-motion-to-modify.pdf", "public/02-brief-supporting-statement.pdf"


class Said(NamedTuple):
    """What a command said, as JSON, and how it ended."""

    status: int
    answer: dict[str, Any]

    @property
    def differences(self) -> dict[str, str]:
        return {item["part"]: item["what"] for item in self.answer["differences"]}


class Unusual(NamedTuple):
    """A filing unlike the examples: facts, what the command line says besides, the settings it is filed under."""

    facts: dict[str, Any]
    options: tuple[str, ...] = ()
    settings: Mapping[str, str] = MappingProxyType({})


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
        for kind in DRAWN:
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


@pytest.mark.parametrize("reader", ["employer", "record"])
def test_a_notice_is_made_again_from_its_facts_alone(reader: str, filed: Path, run: Run) -> None:
    """What the employer received holds no exhibit, and none is needed to make it again."""
    facts = EXAMPLES / "medical_support_notice" / "facts.json"
    said = run(filed / "medical_support_notice" / f"{reader}.asice", facts)
    assert (said.status, said.differences) == (0, {})
    assert said.answer["container"] == reader
    exhibits = EXAMPLES / "medical_support_notice" / "exhibits"
    assert run(filed / "medical_support_notice" / "employer.asice", facts, "--exhibits", exhibits).status == 0


def with_a_gate_lifted(_folder: Path) -> Unusual:
    covered = {"status": "satisfactory", "source": "custodial_party", "description": "A plan that ends this year"}
    facts = changed(example("modification"), "/custodial_party_coverage", covered)
    return Unusual(facts, ("--override", "G07=The plan ends soon, by letter of the insurer."))


def with_a_picture(folder: Path) -> Unusual:
    """The exhibit is filed as a page; the photograph it was made of is in the record alone."""
    Image.new("RGB", (800, 1000), (200, 210, 220)).save(folder / "exhibits" / "photograph.jpg")
    return Unusual(changed(example("modification"), "/exhibits/0/file", "photograph.jpg"))


def of_a_day_with_other_rules(_folder: Path) -> Unusual:
    """Before Rule 6(d) was amended; every date of the facts lies before that day."""
    earlier = re.sub(
        r'"2026-(?:0[5-9]|1[0-2])-(\d\d)"',
        lambda found: f'"2026-04-{min(28, int(found[1])):02}"',
        json.dumps(example("modification")),
    )
    facts = changed(json.loads(earlier), "/filing_date", "2026-05-04")
    return Unusual(facts, ("--override", "added_time_unknown=Worked out by hand: ten business days."))


def under_a_key_of_the_office(folder: Path) -> Unusual:
    """No page then carries the mark of a test key, and none may when it is made again with one."""
    return Unusual(example("modification"), settings=written(office_key(new_authority("Example Office Root")), folder))


@pytest.mark.parametrize(
    "make", [with_a_gate_lifted, with_a_picture, of_a_day_with_other_rules, under_a_key_of_the_office]
)
def test_an_unusual_filing_is_made_again_as_well(
    make: Callable[[Path], Unusual], filed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLES / "modification" / "exhibits", tmp_path / "exhibits")
    unusual, facts = make(tmp_path), tmp_path / "facts.json"
    facts.write_text(json.dumps(unusual.facts))
    monkeypatch.setenv("OCSE_STATE_DIR", str(filed / "state"))
    with monkeypatch.context() as signing:
        for name, place in unusual.settings.items():
            signing.setenv(name, place)
        options = ["--exhibits", str(tmp_path / "exhibits"), "--out", str(tmp_path)]
        assert main(["file", str(facts), *unusual.options, *options]) == 0
    for reader in ("court", "record"):
        said = run(tmp_path / f"{reader}.asice", facts)
        assert (said.status, said.differences) == (0, {}), reader


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
