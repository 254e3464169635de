import io
import shutil
import stat
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from service.errors import DocumentRefused, EngineFailed
from service.rendering.conversion import Engine, convert
from service.rendering.libreoffice import LibreOffice
from templates import templates_root
from tests.end_to_end.reading import pdf_text

SOFFICE = shutil.which("soffice")


def _plain_document() -> bytes:
    """A finished document: one of our templates without its Jinja would do; python-docx's own styles do not."""
    source = templates_root() / "filings" / "summons.docx"
    made = io.BytesIO()
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(made, "w") as finished:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                head, tail = content.split(b"<w:body>")[0], content[content.rindex(b"<w:sectPr") :]
                content = head + b"<w:body><w:p><w:r><w:t>The Court orders $447.39.</w:t></w:r></w:p>" + tail
            elif name.startswith("word/header"):
                content = content[: content.index(b"<w:p")] + b"<w:p/>" + b"</w:hdr>"
            elif name.startswith("word/footer"):
                content = content[: content.index(b"<w:p")] + b"<w:p/>" + b"</w:ftr>"
            elif name == "docProps/core.xml":
                content = content.replace(b"{{ document.title }}", b"Order").replace(
                    b"{{ document.dated }}", b"2026-11-23"
                )
            finished.writestr(name, content)
    return made.getvalue()


def _foreign_document() -> bytes:
    """A document in two columns, which the typesetter refuses."""
    document = docx.Document()
    document.add_paragraph("Words of another office.")
    document.add_paragraph("A columned page.")
    columns = next(document.element.body.iter(qn("w:cols")))
    columns.set(qn("w:num"), "2")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_plain_document_is_typeset_and_every_word_compared() -> None:
    conversion = convert(_plain_document(), None)
    assert conversion.engine is Engine.TYPST
    assert conversion.compared
    assert "The Court orders $447.39." in pdf_text(conversion.pdf)


def test_what_is_refused_is_refused_with_its_place_where_no_fallback_is_configured() -> None:
    with pytest.raises(DocumentRefused) as refused:
        convert(_foreign_document(), None)
    assert all(fault.part for fault in refused.value.faults)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_the_configured_fallback_converts_it_and_says_so() -> None:
    conversion = convert(_foreign_document(), LibreOffice(program=Path(SOFFICE or ""), deadline_s=60))
    assert conversion.engine is Engine.LIBREOFFICE
    assert conversion.profile == "PDF/A-2b"
    assert not conversion.compared
    assert conversion.reasons
    assert "Words of another office." in pdf_text(conversion.pdf)


def test_an_office_that_does_not_end_is_ended(tmp_path: Path) -> None:
    office = _script(tmp_path, "sleep 60")
    with pytest.raises(EngineFailed, match="longer than"):
        convert(_foreign_document(), LibreOffice(program=office, deadline_s=0.2))


def test_an_office_that_makes_nothing_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused):
        convert(_foreign_document(), LibreOffice(program=_script(tmp_path, "exit 0"), deadline_s=5))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 not Word"])
def test_what_is_no_word_file_never_reaches_the_office(tmp_path: Path, content: bytes) -> None:
    told = tmp_path / "told"
    office = _script(tmp_path, f"touch {told}")
    with pytest.raises(DocumentRefused):
        convert(content, LibreOffice(program=office, deadline_s=5))
    assert not told.exists()


def _script(folder: Path, line: str) -> Path:
    path = folder / "office"
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
