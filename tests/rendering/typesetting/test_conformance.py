"""The PDFs that come out: tagged, archivable, self-contained, the same every time."""

import concurrent.futures
import io
import multiprocessing
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from service.rendering.typesetting.engine import PROFILE, typeset
from tests.structure_trees import elements

Write = Callable[..., str]
WriteWord = Callable[..., bytes]


def _tags(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(element.S)[1:] for element in elements(document.Root.StructTreeRoot.K)]


def test_headings_lists_tables_and_notes_are_tagged_as_such(pleading: bytes) -> None:
    tags = _tags(typeset(pleading).pdf)
    assert [tag for tag in tags if re.fullmatch("H[1-6]", tag)] == ["H1", "H2"]
    assert tags.count("LI") == tags.count("LBody") == 14
    assert tags.count("Table") == 1  # the caption only places text
    assert tags.count("TH") == 3
    assert tags.count("TR") == 41
    assert tags.count("Note") == 1
    assert tags[0] == "Document"


def test_sublists_lie_within_their_list(write_word: WriteWord, paragraph: Write) -> None:
    listed = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    word = write_word("".join(paragraph("x", listed.format(level)) for level in (0, 1, 1, 0)))
    assert _tags(typeset(word).pdf).count("L") == 2


def test_header_cells_say_what_they_head(write_word: WriteWord, table: Write) -> None:
    with pikepdf.open(io.BytesIO(typeset(write_word(table([["A", "B"], ["1", "2"]], header=1))).pdf)) as document:
        heads = [each for each in elements(document.Root.StructTreeRoot.K) if each.S == "/TH"]
        attributes = [each.A if isinstance(each.A, pikepdf.Array) else [each.A] for each in heads]
        assert [str(kind.Scope) for each in attributes for kind in each if "/Scope" in kind] == ["/Column", "/Column"]


def test_headers_and_footers_are_no_part_of_the_reading_order(pleading: bytes) -> None:
    with pikepdf.open(io.BytesIO(typeset(pleading).pdf)) as document:
        content = document.pages[0].Contents.read_bytes()
        assert b"/Artifact" in content


def test_title_language_and_date_come_from_the_word_document(pleading: bytes) -> None:
    with pikepdf.open(io.BytesIO(typeset(pleading).pdf)) as document:
        metadata = document.open_metadata()
        assert metadata["dc:title"] == "Motion to Modify"
        assert str(document.Root.Lang) == "en-US"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["xmp:CreateDate"].startswith("2026-11-14")
    assert typeset(pleading).profile == PROFILE == "PDF/A-2a, PDF/UA-1"


def test_nothing_active_or_attached_is_written(pleading: bytes) -> None:
    pdf = typeset(pleading).pdf
    for name in (b"/JavaScript", b"/EmbeddedFile", b"/URI", b"/Launch", b"/Encrypt", b"/AcroForm"):
        assert name not in pdf


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler's pdffonts is not installed")
def test_every_font_is_embedded_and_can_be_read_back(pleading: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pleading.pdf"
    path.write_bytes(typeset(pleading).pdf)
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(listed) >= 2
    assert all(re.search(r"yes\s+yes\s+yes\s", line) for line in listed)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_the_file_is_sound(pleading: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pleading.pdf"
    path.write_bytes(typeset(pleading).pdf)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_the_same_document_gives_the_same_bytes_again(pleading: bytes, write_word: WriteWord, paragraph: Write) -> None:
    first = typeset(pleading).pdf
    typeset(write_word(paragraph("something else in between")))
    assert typeset(pleading).pdf == first


def test_threads_do_not_mix_documents(write_word: WriteWord, paragraph: Write) -> None:
    words = [write_word(paragraph(f"Document number {number} of its own.")) for number in range(8)]
    alone = [typeset(word).pdf for word in words]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda word: typeset(word).pdf, words * 3))
    assert together == alone * 3


def test_another_process_gives_the_same_bytes(pleading: bytes) -> None:
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(typeset, pleading).result(timeout=60) == typeset(pleading)
