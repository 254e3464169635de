"""Manuscripts written for one test, and the documents they yield."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.document import Document

from templates.authoring import build


@pytest.fixture
def manuscripts(tmp_path: Path) -> Path:
    folder = tmp_path / "manuscripts"
    (folder / "parts").mkdir(parents=True)
    return folder


@pytest.fixture
def authored(manuscripts: Path) -> Callable[..., Document]:
    """The Word document of a manuscript's text; further texts by name are its parts."""

    def author(text: str, parts: Mapping[str, str] | None = None) -> Document:
        (manuscripts / "m.txt").write_text(text, encoding="utf-8")
        for name, part in (parts or {}).items():
            (manuscripts / "parts" / f"{name}.txt").write_text(part, encoding="utf-8")
        return docx.Document(io.BytesIO(build("m", manuscripts)))

    return author
