"""What is filled in is what docxtpl itself fills in."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate
from lxml import etree
from PIL import Image

from service.drafting.draft import Draft
from service.rendering.word.templates import WordTemplates


def canonical(word: bytes) -> dict[str, bytes]:
    """Canonical XML (C14N) of the parts that hold text."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        names = [name for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {name: etree.tostring(etree.fromstring(file.read(name)), method="c14n") for name in names}


def by_docxtpl(template: Path, context: dict[str, Any]) -> bytes:
    plain = DocxTemplate(str(template))
    plain.render(context, autoescape=True)
    word = io.BytesIO()
    plain.save(word)
    return word.getvalue()


@pytest.mark.parametrize("signed", [True, False])
def test_the_sample_is_filled_in_as_docxtpl_does(
    sample_directory: Path,
    sample_templates: WordTemplates,
    draft_of: Callable[..., Draft],
    sample_context: Callable[[str], dict[str, Any]],
    *,
    signed: bool,
) -> None:
    context = {**sample_context("Smith & <Sons> “LLC”"), "signed": signed, "claims": ()}
    document = {"title": "Motion to Modify", "name": "motion", "dated": "2026-11-23"}
    ours = canonical(sample_templates.render(draft_of("sample", **context)))
    theirs = canonical(by_docxtpl(sample_directory / "sample.docx", {**context, "document": document}))
    # docxtpl escapes an ampersand in a literal twice, which is the one difference wanted.
    theirs["word/document.xml"] = theirs["word/document.xml"].replace(b"&amp;amp; a party", b"&amp; a party")
    assert ours == theirs


def test_varying_columns_and_merged_cells_are_filled_in_as_docxtpl_does(
    tmp_path: Path, draft_of: Callable[..., Draft]
) -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(
        table.rows[0].cells, ["{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}", "end"], strict=True
    ):
        cell.text = text
    for cell, text in zip(
        table.rows[1].cells, ["{% colspan span %}{{ a }}", "{% cellbg colour %}b", "", ""], strict=True
    ):
        cell.text = text
    document.save(str(tmp_path / "columns.docx"))
    context = {"columns": ("x", "y", "z", "w", "v"), "span": 2, "a": "A & B", "colour": "FFFF00"}
    ours = canonical(WordTemplates(tmp_path).render(draft_of("columns", **context)))
    assert ours == canonical(by_docxtpl(tmp_path / "columns.docx", context))


def test_drawings_in_a_loop_get_numbers_of_their_own(tmp_path: Path, draft_of: Callable[..., Draft]) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    document = docx.Document()
    document.add_paragraph("{%p for x in items %}")
    document.add_paragraph("{{ x }}").add_run().add_picture(picture)
    document.add_paragraph("{%p endfor %}")
    document.save(str(tmp_path / "t.docx"))
    word = WordTemplates(tmp_path).render(draft_of("t", items=("a", "b", "c")))
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    ids = [drawing.get("id") for drawing in root.iter("{*}docPr")]
    assert ids == ["1001", "1002", "1003"]


def test_cells_merged_in_loops_are_filled_in_as_docxtpl_does(tmp_path: Path, draft_of: Callable[..., Draft]) -> None:
    document = docx.Document()
    down = document.add_table(3, 2)
    for row, texts in zip(
        down.rows, [("{%tr for x in items %}", ""), ("{% vm %}once", "{{ x }}"), ("{%tr endfor %}", "")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    across = document.add_table(2, 3)
    for cell, text in zip(
        across.rows[0].cells, ("{%tc for x in items %}", "{% hm %}all", "{%tc endfor %}"), strict=True
    ):
        cell.text = text
    for cell, text in zip(across.rows[1].cells, ("{%tc for x in items %}", "{{ x }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    document.save(str(tmp_path / "merged.docx"))
    context = {"items": ("a & b", "c", "d")}
    ours = canonical(WordTemplates(tmp_path).render(draft_of("merged", **context)))
    assert ours == canonical(by_docxtpl(tmp_path / "merged.docx", context))
    body = etree.fromstring(ours["word/document.xml"])
    assert [merge.get(docx.oxml.ns.qn("w:val")) for merge in body.iter("{*}vMerge")] == [
        "restart",
        "continue",
        "continue",
    ]
    assert [span.get(docx.oxml.ns.qn("w:val")) for span in body.iter("{*}gridSpan")] == ["3"]
