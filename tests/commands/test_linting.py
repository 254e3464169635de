import io
import json
import shutil
from pathlib import Path

import docx
import pytest

from service.cli import main
from templates import templates_root

SUMMONS = templates_root() / "filings" / "summons.docx"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The summons with a misspelt name and a condition without end."""
    document = docx.Document(str(SUMMONS))
    document.paragraphs[3].insert_paragraph_before("{{ summond.name }}")
    document.paragraphs[3].insert_paragraph_before("{%p if mark %}")
    (tmp_path / "summons.docx").write_bytes(b"")
    document.save(str(tmp_path / "summons.docx"))
    return tmp_path / "summons.docx"


def test_a_sound_template_is_done_and_a_broken_one_refused(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(SUMMONS)]) == 0
    assert "no faults" in capsys.readouterr().out
    assert main(["lint", str(SUMMONS), str(broken)]) == 1
    said = capsys.readouterr().out
    assert "“summoned”" in said
    assert "has no {%p endif %}" in said


def test_all_files_stand_in_one_json_object_also_those_that_cannot_be_read(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.docx").write_bytes(b"plain text")
    assert main(["lint", "--json", str(broken), str(tmp_path / "note.docx"), str(tmp_path / "gone.docx")]) == 1
    files = json.loads(capsys.readouterr().out)["files"]
    assert [{fault["code"] for fault in file["faults"]} for file in files] == [
        {"undefined_name", "unclosed_tag"},
        {"not_word"},
        {"file_refused"},
    ]
    assert files[0]["summary"] == {"accepted": False, "errors": 2, "warnings": 0}
    assert {"part", "paragraph", "snippet", "message", "severity"} <= set(files[0]["faults"][0])


def test_commented_copies_are_written_beside_and_never_over_the_originals(broken: Path) -> None:
    before = broken.read_bytes()
    assert main(["lint", str(broken), "--annotated", str(broken.parent)]) == 1
    assert broken.read_bytes() == before
    copy = docx.Document(io.BytesIO((broken.parent / "summons-annotated.docx").read_bytes()))
    assert len(list(copy.comments)) == 2


def test_copies_of_one_name_are_refused(broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(broken, tmp_path / "other")
    assert main(["lint", str(broken), str(tmp_path / "other" / broken.name), "--annotated", str(tmp_path / "c")]) == 1
    assert "one after the other" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


def test_a_file_of_another_name_is_examined_as_the_template_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "ours.docx"
    shutil.copy(SUMMONS, own)
    assert main(["lint", str(own), "--template", "summons"]) == 0
    assert "no faults" in capsys.readouterr().out
    main(["lint", str(own), "--template", "cover-sheet"])
    assert "“summoned” is given to other templates only" in capsys.readouterr().out
    assert main(["lint", str(own), "--template", "sumons"]) == 1
    assert "the nearest is summons" in capsys.readouterr().err
