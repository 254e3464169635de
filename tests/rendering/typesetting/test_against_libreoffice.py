"""The same pages as a word processor sets: LibreOffice is the oracle where it is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from service.rendering.typesetting.engine import typeset

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def _lines(pdf: bytes) -> list[list[str]]:
    """The lines of every page, hyphens at their ends included."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()
    return [[re.sub(r"\s+", "", line) for line in text.replace("\ufffe", "-").splitlines()] for text in texts]


def _by_libreoffice(word: bytes, folder: Path) -> bytes:
    (folder / "pleading.docx").write_bytes(word)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, folder / "pleading.docx"], check=True, capture_output=True, timeout=120
    )
    return (folder / "pleading.pdf").read_bytes()


def test_lines_and_pages_break_where_a_word_processor_breaks_them(pleading: bytes, tmp_path: Path) -> None:
    ours, theirs = _lines(typeset(pleading).pdf), _lines(_by_libreoffice(pleading, tmp_path))
    assert len(ours) == len(theirs)
    for page, other in zip(ours, theirs, strict=True):
        assert sorted("".join(page)) == sorted("".join(other))
        assert [line for line in page if len(line) > 40] == [line for line in other if len(line) > 40]
