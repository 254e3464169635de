"""What is appended to a PDF leaves its bytes alone, says what was meant, and is found by foreign readers."""

import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from service.assembling.field_tags import tag_field
from service.assembling.fields import place_fields
from service.assembling.pdf import memory_files
from service.assembling.pdf.memory_files import opened, saved
from service.assembling.pdf.revision import Revision
from service.errors import PacketFailed
from service.rendering.document import RenderedDocument

Make = Callable[..., RenderedDocument]


@pytest.fixture
def plain() -> bytes:
    """One page, without tags, with a plain cross-reference table."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    return saved(pdf)


def test_the_document_that_was_proved_stands_unchanged_before_its_fields(document: Make) -> None:
    paper = document("motion-to-modify", 3)
    content = place_fields(paper.pdf, paper.plan)
    assert content.startswith(paper.pdf)
    with pypdfium2.PdfDocument(paper.pdf) as before, pypdfium2.PdfDocument(content) as after:
        texts = [[page.get_textpage().get_text_range() for page in each] for each in (before, after)]
    assert texts[0] == texts[1]


def test_every_kind_of_value_reads_back_as_it_was_meant(plain: bytes) -> None:
    with opened(plain) as pdf:
        revision = Revision(plain, pdf)
        stream = revision.add({"/Type": Name.Metadata}, b"endstream? not yet")
        values = {
            "/A": None,
            "/B": True,
            "/C": -3,
            "/D": Decimal("0.0000001"),
            "/E": "Clerk’s (seal)",
            "/F F": [stream],
        }
        revision.entries(pdf.Root)["/Values"] = {**values, "/F F": [stream], "/G": {"/H": [False, [Name("/a b")]]}}
        appended = revision.appended()
    with opened(appended) as pdf:
        found = pdf.Root.Values
        assert "/A" not in found
        assert (True, -3, Decimal("0.0000001")) == (found.B, found.C, found.D)
        assert str(found.E) == "Clerk’s (seal)"
        assert found["/F F"][0].read_bytes() == b"endstream? not yet"
        assert found.G.H[0] is False
        assert found.G.H[1][0] == Name("/a b")


def test_entries_are_changed_where_they_stand_be_they_objects_or_not(plain: bytes) -> None:
    with opened(plain) as pdf:
        revision = Revision(plain, pdf)
        root = revision.entries(pdf.Root)
        root["/Direct"] = pikepdf.Dictionary(Old=1)
        revision.within(root, "/Direct")["/New"] = 2
        revision.within(root, "/Direct")["/Newer"] = 3
        revision.within(root, "/Pages")["/New"] = 4
        appended = revision.appended()
    with opened(appended) as pdf:
        assert dict(pdf.Root.Direct.items()) == {"/Old": 1, "/New": 2, "/Newer": 3}
        assert (pdf.Root.Pages.New, len(pdf.pages)) == (4, 1)


def test_the_identifier_keeps_its_first_half_and_names_the_revision(plain: bytes) -> None:
    with opened(plain) as pdf:
        first = bytes(pdf.trailer.ID[0])
        contents = []
        for value in (1, 1, 2):
            revision = Revision(plain, pdf)
            revision.entries(pdf.Root)["/Value"] = value
            contents.append(revision.appended())
    identifiers = []
    for content in contents:
        with opened(content) as pdf:
            identifiers.append([bytes(half) for half in pdf.trailer.ID])
    assert [halves[0] for halves in identifiers] == [first] * 3
    assert identifiers[0][1] == identifiers[1][1] != identifiers[2][1]


def test_a_revision_of_a_revision_holds_both(plain: bytes) -> None:
    content = plain
    for name in ("/One", "/Two"):
        with opened(content) as pdf:
            revision = Revision(content, pdf)
            revision.entries(pdf.Root)[name] = revision.add({"/Name": name})
            content = revision.appended()
    with opened(content) as pdf:
        assert [str(pdf.Root[name].Name) for name in ("/One", "/Two")] == ["/One", "/Two"]


def test_a_file_without_a_plain_table_is_refused(plain: bytes) -> None:
    with opened(plain) as pdf:
        target = io.BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with opened(target.getvalue()) as pdf, pytest.raises(PacketFailed, match="cross-reference"):
        Revision(target.getvalue(), pdf)


def test_a_parent_tree_of_several_leaves_gets_one_more(document: Make) -> None:
    paper = document("motion-to-modify", 2)
    with opened(paper.pdf) as pdf:
        tree = pdf.Root.StructTreeRoot
        last = int(tree.ParentTreeNextKey) - 1
        leaf = pdf.make_indirect(pikepdf.Dictionary(Limits=[0, last], Nums=tree.ParentTree.Nums))
        tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Kids=[leaf]))
        del tree["/ParentTreeNextKey"]
        content = saved(pdf)
    with opened(content) as pdf:
        revision = Revision(content, pdf)
        widget = revision.add({"/Type": Name.Annot})
        tag_field(pdf, revision, widget, page=0, purpose="A field")
        revision.entries(pdf.Root)["/Widget"] = widget
        appended = revision.appended()
    with opened(appended) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert int(pdf.Root.Widget.StructParent) == last + 1
        assert str(parents[last + 1].Alt) == "A field"
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == last + 2


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing_to_mend(document: Make, tmp_path: Path) -> None:
    paper = document("motion-to-modify", 40)
    file = tmp_path / "paper.pdf"
    file.write_bytes(place_fields(paper.pdf, paper.plan))
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert (checked.returncode, "WARNING" in checked.stderr) == (0, False)


def test_files_in_memory_and_streams_of_python_give_the_same_bytes(
    document: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = document("motion-to-modify", 2)
    with opened(paper.pdf) as pdf:
        quick = saved(pdf)
    monkeypatch.setattr(memory_files, "_has_nameless_files", lambda: False)
    with opened(paper.pdf) as pdf:
        assert saved(pdf) == quick
