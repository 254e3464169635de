"""What a screen reader is given: the structure of the finished PDFs, read by tools that are not ours."""

import contextlib
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from service.rendering.typesetting.engine import typeset
from tests.rendering.corpus import features, filings
from tests.structure_trees import elements

Tree = Callable[[str], list[pikepdf.Dictionary]]
TO_BE_SET = {name: each for name, each in (features() | filings()).items() if each.refusal is None}
WITHOUT_HEADS = re.compile("Table has [0-9]+ data cell.* and no header cell")
"""A table whose author marked no header row has none; nothing may be made up for it."""
needs_poppler = pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler's pdfinfo is not installed")


def _pdf(name: str) -> bytes:
    return typeset(TO_BE_SET[name].make()).pdf


@pytest.fixture
def tree() -> Iterator[Tree]:
    """Reads the structure elements of a document of the corpus; their file stays open as long as the test runs."""
    with contextlib.ExitStack() as opened:

        def read(name: str) -> list[pikepdf.Dictionary]:
            document = opened.enter_context(pikepdf.open(io.BytesIO(_pdf(name))))
            return list(elements(document.Root.StructTreeRoot.K))

        yield read


def _outline(name: str, folder: Path) -> list[str]:
    """The structure with its text, as poppler prints it: one element or text a line, deeper ones further in."""
    path = folder / "document.pdf"
    path.write_bytes(_pdf(name))
    printed = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    return [line for line in printed.splitlines() if line.strip()]


@pytest.mark.parametrize("name", TO_BE_SET)
def test_a_foreign_checker_finds_no_fault_in_tags_title_or_language(name: str, tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua", reason="pdfua is not installed")
    path = tmp_path / "document.pdf"
    path.write_bytes(_pdf(name))
    findings = [each.message for each in pdfua.validate(str(path)).findings]
    assert [each for each in findings if not WITHOUT_HEADS.match(each)] == []


@needs_poppler
def test_headings_stand_in_order_with_their_text(tmp_path: Path) -> None:
    outline = _outline("headings in order", tmp_path)
    heads = [line.split()[0:2] for line in outline if re.match(r"\s+H[1-6] ", line)]
    assert heads == [["H1", '"Heading1"'], ["H2", '"Heading2"'], ["H3", '"Heading3"'], ["H2", '"Heading2"']]


@needs_poppler
def test_numbers_are_labels_of_list_items_and_sublists_lie_within(tmp_path: Path) -> None:
    outline = [line.split("(")[0] for line in _outline("levels of numbers", tmp_path)]
    labels = [outline[at + 1].strip() for at, line in enumerate(outline) if line.strip() == "Lbl"]
    assert labels[:1] == ['"1."']
    depth = {line.strip(): len(line) - len(line.lstrip()) for line in reversed(outline) if line.strip() in {"L", "LI"}}
    assert depth["LI"] > depth["L"]


def test_header_cells_head_their_columns(tree: Tree) -> None:
    for name in ("a header row that comes again", "bands of a table style"):
        heads = [each for each in tree(name) if each.S == "/TH"]
        attributes = [each.A if isinstance(each.A, pikepdf.Array) else [each.A] for each in heads]
        scopes = [str(kind.Scope) for each in attributes for kind in each if "/Scope" in kind]
        assert scopes == ["/Column"] * 3


def test_a_table_that_only_places_text_is_no_table(tree: Tree) -> None:
    assert not [each for each in tree("a caption without lines") if each.S in {"/Table", "/TR", "/TD"}]


def test_a_footnote_and_its_call_lead_to_each_other(tree: Tree) -> None:
    tree = tree("a footnote")
    (note,) = (each for each in tree if each.S == "/Note")
    assert str(note.ID)
    links = [each for each in tree if each.S == "/Link"]
    assert len(links) == 2
    within = [each for each in elements(note.K) if each.S == "/Link"]
    assert len(within) == 1
    with pikepdf.open(io.BytesIO(_pdf("a footnote"))) as document:
        annotations = [each for page in document.pages for each in page.get("/Annots", [])]
        assert len(annotations) == 2
        assert all(str(each.Contents) for each in annotations)


def test_cross_references_are_links_to_their_place(tree: Tree) -> None:
    assert len([each for each in tree("references to a paragraph") if each.S == "/Link"]) == 3
    assert len([each for each in tree("a reference to a page") if each.S == "/Link"]) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_say_what_they_show(tree: Tree, kind: str) -> None:
    (figure,) = (each for each in tree(f"a picture in {kind}") if each.S == "/Figure")
    assert str(figure.Alt) == "Seal of the court"


@pytest.mark.parametrize("name", ["page border from the text", "every fifth line numbered", "header and footer"])
def test_borders_line_numbers_and_headers_are_not_read(tree: Tree, name: str, tmp_path: Path) -> None:
    tags = {str(each.S) for each in tree(name)}
    assert tags == {"/Document", "/P"}
    with pikepdf.open(io.BytesIO(_pdf(name))) as document:
        assert b"/Artifact" in document.pages[0].Contents.read_bytes()
    if shutil.which("pdfinfo"):
        assert not [line for line in _outline(name, tmp_path) if "Head" in line or "Page" in line]


def test_the_document_says_its_language_and_title() -> None:
    with pikepdf.open(io.BytesIO(_pdf("a brief with contents"))) as document:
        assert str(document.Root.Lang) == "en-US"
        assert document.open_metadata()["dc:title"] == "Brief"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked


def test_page_labels_are_the_numbers_that_are_printed() -> None:
    with pikepdf.open(io.BytesIO(_pdf("a brief with contents"))) as document:
        assert [page.label for page in document.pages][:3] == ["i", "1", "2"]
