"""The court's fields are where the contract says, empty, tagged, and later signatures fit into them."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from service.assembling.fields import place_fields
from service.errors import TemplateRefused
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument

Make = Callable[..., RenderedDocument]


def widgets(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def placed(document: RenderedDocument) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(place_fields(document.pdf, document.plan)))


def test_file_mark_and_clerk_share_the_clear_space_at_the_top_right(document: Make) -> None:
    with placed(document("motion-to-modify", 2)) as pdf:
        fields = widgets(pdf)
        assert list(fields) == ["FileMark", "Sig-Clerk"]
        assert [float(edge) for edge in fields["FileMark"].Rect] == [324, 633.6, 540, 720]
        assert [float(edge) for edge in fields["Sig-Clerk"].Rect] == [324, 576, 540, 633.6]
        assert [str(field.FT) for field in fields.values()] == ["/Tx", "/Sig"]
        assert all(field.P.objgen == pdf.pages[0].obj.objgen for field in fields.values())
        assert not any("/V" in field for field in fields.values())


def test_every_field_is_tagged_described_and_has_an_appearance(document: Make) -> None:
    with placed(document("proposed-order", role=DocumentRole.PROPOSED_ORDER)) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for field in widgets(pdf).values():
            element = parents[int(field.StructParent)]
            assert str(element.S) == "/Form"
            assert element.K.Obj.objgen == field.objgen
            assert str(element.Alt) == str(field.TU) != ""
            assert element.objgen in {kid.objgen for kid in element.P.K if isinstance(kid, pikepdf.Dictionary)}
            assert isinstance(field.AP.N, pikepdf.Stream)
            assert int(field.F) & 4
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(int(key) for key in parents)
        assert all(page.obj.Tabs == Name.S for page in pdf.pages if "/Annots" in page.obj)


def test_fonts_for_the_file_mark_are_embedded(document: Make) -> None:
    with placed(document("motion-to-modify")) as pdf:
        font = pdf.Root.AcroForm.DR.Font["/OcseSerif"]
        assert len(font.FontDescriptor.FontFile2.read_bytes()) == int(font.FontDescriptor.FontFile2.Length1)
        assert len(font.Widths) == 224
        assert int(font.Widths[ord("W") - 32]) == 944


def test_the_judge_signs_over_the_words_circuit_judge(document: Make) -> None:
    order = document("proposed-order", 3, role=DocumentRole.PROPOSED_ORDER)
    content = place_fields(order.pdf, order.plan)
    with pikepdf.open(io.BytesIO(content)) as pdf, pypdfium2.PdfDocument(content) as read:
        field = widgets(pdf)["Sig-Judge"]
        assert field.P.objgen == pdf.pages[-1].obj.objgen
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        text = read[len(read) - 1].get_textpage()
        below = text.get_text_bounded(left, bottom - 16, right, bottom - 2)
        assert below.strip() == "CIRCUIT JUDGE"
        assert text.get_text_bounded(left, bottom, right, top).strip("_ \r\n") == ""
        assert right <= 540
        assert top - bottom >= 18
        text.close()


def test_the_judges_field_is_read_inside_the_document_and_before_what_follows_it(document: Make) -> None:
    with placed(document("proposed-order", role=DocumentRole.PROPOSED_ORDER)) as pdf:
        element = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(widgets(pdf)["Sig-Judge"].StructParent)]
        kids = list(element.P.K)
        place = next(index for index, kid in enumerate(kids) if getattr(kid, "objgen", None) == element.objgen)
        assert str(element.P.S) == "/Document"
        assert 0 < place < len(kids) - 1


def test_an_order_without_a_judges_line_is_refused_in_words(document: Make) -> None:
    motion, order = document("motion-to-modify"), document("proposed-order", role=DocumentRole.PROPOSED_ORDER)
    with pytest.raises(TemplateRefused) as refusal:
        place_fields(motion.pdf, order.plan)
    (fault,) = refusal.value.faults
    assert fault.code == "judge_line_missing"
    assert fault.part == "proposed-order"


@pytest.mark.parametrize(
    ("role", "audience"),
    [
        (DocumentRole.NOTICE, DocumentAudience.EMPLOYER),
        (DocumentRole.STATEMENT, DocumentAudience.EMPLOYER),
        (DocumentRole.STATEMENT, DocumentAudience.RECORD),
    ],
)
def test_papers_for_no_court_carry_no_fields(document: Make, role: DocumentRole, audience: DocumentAudience) -> None:
    paper = document("notice-part-a", role=role, audience=audience)
    assert place_fields(paper.pdf, paper.plan) == paper.pdf


def test_a_notice_that_is_filed_carries_the_clerks_fields(document: Make) -> None:
    with placed(document("notice-of-hearing", role=DocumentRole.NOTICE)) as pdf:
        assert list(widgets(pdf)) == ["FileMark", "Sig-Clerk"]


def test_sealed_documents_carry_the_clerks_fields(document: Make) -> None:
    with placed(document("order-unredacted", audience=DocumentAudience.SEALED)) as pdf:
        assert list(widgets(pdf)) == ["FileMark", "Sig-Clerk"]


def test_two_runs_agree_in_every_byte_and_end_in_a_newline(document: Make) -> None:
    order = document("proposed-order", role=DocumentRole.PROPOSED_ORDER)
    content = place_fields(order.pdf, order.plan)
    assert content == place_fields(order.pdf, order.plan)
    assert content.endswith(b"\n")


def test_an_untagged_document_gets_its_fields_all_the_same() -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(612, 792))
    target = io.BytesIO()
    blank.save(target)
    plan = DocumentPlan(name="motion", title="Motion", role=DocumentRole.PLEADING, audience=DocumentAudience.PUBLIC)
    with pikepdf.open(io.BytesIO(place_fields(target.getvalue(), plan))) as pdf:
        assert list(widgets(pdf)) == ["FileMark", "Sig-Clerk"]
        assert "/StructTreeRoot" not in pdf.Root


@pytest.mark.skipif(not shutil.which("qpdf") or not shutil.which("pdfsig"), reason="qpdf and poppler are not installed")
def test_foreign_tools_find_a_sound_file_with_unsigned_fields(document: Make, tmp_path: Path) -> None:
    order = document("proposed-order", role=DocumentRole.PROPOSED_ORDER)
    file = tmp_path / "order.pdf"
    file.write_bytes(place_fields(order.pdf, order.plan))
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    seen = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    assert "Signature Field Name: Sig-Clerk" in seen
    assert "Signature Field Name: Sig-Judge" in seen
    assert seen.count("is not signed") == 2
