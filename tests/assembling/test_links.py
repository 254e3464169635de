"""The words "Exhibit B" in the packet's documents lead to the sheet where that exhibit begins, and say so aloud."""

import io
from collections.abc import Callable, Mapping

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary

from service.assembling.citations import Citation, find_citations
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit
from service.assembling.pdf.structure import kids_of
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument
from tests.builders import parity_of

MakeExhibit = Callable[..., Exhibit]
MakePdf = Callable[..., bytes]
LABELS = ["A", "B", "C", "B-1", "12"]


@pytest.fixture
def citing(tagged_pdf: MakePdf) -> Callable[[str], RenderedDocument]:
    def make(words: str) -> RenderedDocument:
        pdf = tagged_pdf("Motion", 1, words)
        plan = DocumentPlan(name="motion", title="Motion", role=DocumentRole.PLEADING, audience=DocumentAudience.PUBLIC)
        with pypdfium2.PdfDocument(pdf) as opened:
            pages = len(opened)
        return RenderedDocument(
            plan=plan,
            word=b"PK",
            pdf=pdf,
            pages=pages,
            profile="PDF/A-2a, PDF/UA-1",
            template_digest="0" * 64,
            parity=parity_of(pdf),
        )

    return make


def cited(document: RenderedDocument) -> list[str]:
    return [citation.label for citation in find_citations(document.pdf, LABELS)]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("A copy is attached as Exhibit A.", ["A"]),
        ("See Exhibits A, B, and C, and EXHIBIT 12.", ["A", "B", "C", "12"]),
        ("Exhibit B-1 is not Exhibit B; Exhibits A and B-1 are.", ["B-1", "B", "A", "B-1"]),
        ("Exhibit D is somebody else’s, and so is Exhibit AB.", []),
        ("The exhibit A shows it; exhibits are filed, a B among them.", ["A"]),
        ("Exhibits A through C prove it.", ["A", "C"]),
        ("An exhibition of A works; Exhibit", []),
    ],
)
def test_an_exhibit_is_found_as_it_is_named(
    words: str, labels: list[str], citing: Callable[[str], RenderedDocument]
) -> None:
    assert cited(citing(words)) == labels


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(0, 90))
def test_words_are_found_wherever_the_line_breaks(before: int, citing: Callable[[str], RenderedDocument]) -> None:
    document = citing(f"{'i ' * before}see Exhibit A for it.")
    (citation,) = find_citations(document.pdf, LABELS)
    assert words_in(document.pdf, citation) in {"Exhibit A", "A"}


def words_in(pdf: bytes, citation: Citation) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        box = citation.box
        found: str = opened[citation.page].get_textpage().get_text_bounded(box.left, box.bottom, box.right, box.top)
    return " ".join(found.split())


def test_each_mention_leads_to_the_sheet_of_its_exhibit(
    citing: Callable[[str], RenderedDocument], exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    motion = citing("Exhibit B comes before Exhibits A and B.")
    sent = [exhibit(label, tagged_pdf("Bill", 2)) for label in "AB"]
    packet = assemble([motion], sent, flat=True)
    with pikepdf.open(io.BytesIO(packet.pdf)) as pdf, pypdfium2.PdfDocument(packet.pdf) as read:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [link for page in list(pdf.pages)[: motion.pages] for link in page.obj.get("/Annots", Array())]
        ours = [link for link in links if str(link.get("/Contents", "")).startswith("Exhibit ")]
        for link in ours:
            sheet = read[numbers[link.Dest[0].objgen]].get_textpage().get_text_range()
            assert str(link.Contents).startswith(f"Exhibit {sheet.split()[1]}, packet page ")
            assert str(link.Contents).endswith(f" {numbers[link.Dest[0].objgen] + 1}")
        assert [str(link.Contents)[8] for link in ours] == ["B", "A", "B"]
        assert_announced(pdf, ours)


def assert_announced(pdf: pikepdf.Pdf, links: list[pikepdf.Object]) -> None:
    """Each link hangs in a Link element right behind the words it belongs to."""
    parents: Mapping[int, pikepdf.Object] = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for link in links:
        element = parents[int(link.StructParent)]
        assert str(element.S) == "/Link"
        assert element.K.Obj.objgen == link.objgen
        assert element.objgen in {kid.objgen for kid in kids_of(element.P) if isinstance(kid, Dictionary)}


def test_the_courts_own_copy_has_no_link_into_the_packet(
    citing: Callable[[str], RenderedDocument], exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    packet = assemble([citing("Exhibit A.")], [exhibit("A", tagged_pdf("Bill"))])
    assert b"packet page" not in packet.documents[0].document.pdf
