"""The packet holds every public page once, in order, tagged, bookmarked, labelled; and says honestly what it is."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.assembling import binding
from service.assembling.exhibit_policy import ExhibitLimits
from service.assembling.exhibits import examine_exhibits
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit, Packet
from service.assembling.structure import elements_under, kids_of
from service.errors import PacketFailed
from service.facts.case import ExhibitReference
from service.law.outcomes import DocumentAudience, DocumentRole
from service.rendering.document import RenderedDocument

MakeDocument = Callable[..., RenderedDocument]
MakeExhibit = Callable[..., Exhibit]
MakePdf = Callable[..., bytes]


@pytest.fixture(scope="module")
def packet(document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf) -> Packet:
    documents = [
        document("motion-to-modify", 2),
        document("brief-in-support", 1, role=DocumentRole.BRIEF),
        document("order-unredacted", 1, audience=DocumentAudience.SEALED),
        document("proposed-order", 1, role=DocumentRole.PROPOSED_ORDER),
    ]
    exhibits = [exhibit("A", tagged_pdf("Decree", 2)), exhibit("B", tagged_pdf("Bill & Receipt", 1))]
    return assemble(documents, exhibits)


def saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def changed(content: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        return saved(pdf)


@contextmanager
def opened(packet: Packet) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(packet.pdf)) as pdf:
        yield pdf


def page_texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def marked_content_on(page: pikepdf.Page) -> set[int]:
    found = set()
    for instruction in pikepdf.parse_content_stream(page, "BDC"):
        properties = instruction.operands[1]
        if isinstance(properties, Dictionary) and "/MCID" in properties:
            found.add(int(properties.MCID))
    return found


def assert_structure_is_whole(pdf: pikepdf.Pdf) -> None:
    """Every page, annotation and marked content leads to an element that leads back to it, up to one root."""
    root = pdf.Root.StructTreeRoot
    parents = pikepdf.NumberTree(root.ParentTree)
    reachable = {element.objgen for element in elements_under(root)}
    used: list[int] = []
    for page in pdf.pages:
        entry = parents[int(page.obj.StructParents)]
        used.append(int(page.obj.StructParents))
        for number in marked_content_on(page):
            element = entry[number]
            assert element.objgen in reachable
            assert any(kid == number or getattr(kid, "MCID", None) == number for kid in kids_of(element))
            assert "/Pg" not in element or element.Pg.objgen in {each.obj.objgen for each in pdf.pages}
        for annotation in page.obj.get("/Annots", Array()):
            used.append(int(annotation.StructParent))
            assert parents[used[-1]].objgen in reachable
    assert len(used) == len(set(used))
    assert int(root.ParentTreeNextKey) > max(int(key) for key in parents)
    for element in elements_under(root):
        assert element.P.objgen in reachable | {root.objgen}


def test_documents_are_numbered_in_filing_order_whoever_reads_them(packet: Packet) -> None:
    assert [document.file_name for document in packet.documents] == [
        "01-motion-to-modify",
        "02-brief-in-support",
        "03-order-unredacted",
        "04-proposed-order",
    ]


def test_the_packet_holds_public_pages_and_exhibits_and_nothing_else(packet: Packet) -> None:
    public = [each.document for each in packet.documents if each.document.plan.audience is DocumentAudience.PUBLIC]
    texts = page_texts(packet.pdf)
    expected = [text for each in public for text in page_texts(each.pdf)]
    assert texts[: len(expected)] == expected
    assert len(texts) == packet.pages == len(expected) + sum(exhibit.pages for exhibit in packet.exhibits)
    assert not any("Order Unredacted" in text for text in texts)


def test_exhibit_pages_are_stamped_in_the_packet_and_only_there(packet: Packet) -> None:
    texts = page_texts(packet.pdf)
    stamps = [found.group() if (found := re.search(r"EXHIBIT [A-Z]$", text.strip())) else None for text in texts]
    pages_of_documents = packet.pages - sum(exhibit.pages for exhibit in packet.exhibits)
    a, b = packet.exhibits
    assert stamps == [None] * pages_of_documents + ["EXHIBIT A"] * a.pages + ["EXHIBIT B"] * b.pages
    assert not any("EXHIBIT" in text for text in page_texts(a.content))


def test_a_stamp_is_an_artifact_outside_the_structure(packet: Packet) -> None:
    with opened(packet) as pdf:
        tail = pdf.pages[-1].obj.Contents[-1].read_bytes()
    assert re.search(rb"/Artifact <<.*/Pagination.*>> BDC\s+q .* cm /OcseStamp0 Do Q\s+EMC", tail)


def test_packet_structure_is_whole(packet: Packet) -> None:
    with opened(packet) as pdf:
        assert_structure_is_whole(pdf)
        (document,) = pdf.Root.StructTreeRoot.K
        assert [str(part.T) for part in document.K][-2:] == [
            "Exhibit A — Decree of Divorce entered June 5, 2019",
            "Exhibit B — Decree of Divorce entered June 5, 2019",
        ]


def test_table_cells_still_name_the_header_cells_of_their_own_table(packet: Packet) -> None:
    with opened(packet) as pdf:
        root = pdf.Root.StructTreeRoot
        identified = dict(pikepdf.NameTree(root.IDTree).items())
        own = [bytes(element.ID) for element in elements_under(root) if "/ID" in element]
        assert len(own) == len(set(own)) == len(identified) > 0
        named = [
            (element, bytes(name))
            for element in elements_under(root)
            for owner in (element.get("/A", Array()) if isinstance(element.get("/A"), Array) else [])
            for name in owner.get("/Headers", Array())
        ]
        headers = {bytes(element.ID): element for element in elements_under(root) if "/ID" in element}
        for cell, name in named:
            assert table_of(cell).objgen == table_of(headers[name]).objgen
        assert named


def table_of(element: pikepdf.Object) -> pikepdf.Object:
    while str(element.S) != "/Table":
        element = element.P
    return element


def test_links_inside_a_part_lead_to_the_same_words_as_before(packet: Packet) -> None:
    with opened(packet) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [
            (number, numbers[link.Dest[0].objgen])
            for number, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", Array())
        ]
    texts = page_texts(packet.pdf)
    assert links
    for origin, target in links:
        (title,) = re.findall(r"Words of page \d+ of ([\w &]+),", texts[origin])
        assert f"Last of {title}" in texts[target].replace("\r\n", " ")


def test_bookmarks_and_labels_as_a_foreign_reader_sees_them(packet: Packet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    top = [
        (each.title, reader.get_destination_page_number(each)) for each in reader.outline if not isinstance(each, list)
    ]
    counts = [2, 1, 1, 2, 1]
    firsts = [sum(pages_of(packet)[:place]) for place in range(len(counts))]
    assert top == list(
        zip(
            [
                "Motion To Modify",
                "Brief In Support",
                "Proposed Order",
                "Exhibit A — Decree of Divorce entered June 5, 2019",
                "Exhibit B — Decree of Divorce entered June 5, 2019",
            ],
            firsts,
            strict=True,
        )
    )
    labels = [f"{prefix}{number}" for prefix, count in labels_of(packet) for number in range(1, count + 1)]
    assert reader.page_labels == labels


def pages_of(packet: Packet) -> list[int]:
    public = [each.document for each in packet.documents if each.document.plan.audience is DocumentAudience.PUBLIC]
    return [document.pages for document in public] + [exhibit.pages for exhibit in packet.exhibits]


def labels_of(packet: Packet) -> list[tuple[str, int]]:
    documents = [
        (f"{place}-", each.document.pages)
        for place, each in enumerate(packet.documents, start=1)
        if each.document.plan.audience is DocumentAudience.PUBLIC
    ]
    return documents + [(f"Ex. {exhibit.label}-", exhibit.pages) for exhibit in packet.exhibits]


def test_a_documents_own_bookmarks_stand_below_its_own(packet: Packet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    texts = page_texts(packet.pdf)
    own = reader.outline[1]
    assert isinstance(own, list)
    flat = [each for each in own if not isinstance(each, list)]
    assert [each.title for each in flat] != []
    for each in flat:
        page = reader.get_destination_page_number(each)
        assert each.title.split(" ", 1)[-1] in texts[page].replace("\r\n", " ")


def test_metadata_agree_and_claim_what_every_part_claims(packet: Packet) -> None:
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
    with opened(packet) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in xmp
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
        assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
        assert pdf.open_metadata()["dc:title"] == str(pdf.docinfo.Title) == "Motion To Modify — Packet"
        assert str(pdf.Root.Lang) == "en-US"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert len(pdf.Root.OutputIntents) == 1
        assert "/AcroForm" not in pdf.Root


def test_every_font_of_the_packet_is_embedded(packet: Packet) -> None:
    with opened(packet) as pdf:
        descriptors = [each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/FontName")]
        assert descriptors
        assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_two_runs_agree_in_every_byte(packet: Packet) -> None:
    documents = [each.document for each in packet.documents]
    assert assemble(documents, packet.exhibits, flat=True).pdf == packet.pdf
    assert packet.pdf.endswith(b"\n")


def test_documents_carry_fields_unless_the_court_wants_flat_files(document: MakeDocument) -> None:
    motion = document("motion-to-modify")
    (fielded,) = assemble([motion], []).documents
    (flat,) = assemble([motion], [], flat=True).documents
    assert b"FileMark" in fielded.document.pdf
    assert flat.document == motion


def test_a_notice_to_an_employer_has_no_packet(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    notice = document("notice-part-a", role=DocumentRole.NOTICE, audience=DocumentAudience.EMPLOYER)
    packet = assemble([notice], [exhibit("A", tagged_pdf("Decree"))])
    assert (packet.pdf, packet.pages) == (b"", 0)
    assert packet.documents[0].document == notice


def test_an_untagged_exhibit_makes_the_packet_say_so(document: MakeDocument, exhibit: MakeExhibit) -> None:
    scan = pikepdf.new()
    scan.add_blank_page(page_size=(612, 792))
    packet = assemble([document("motion-to-modify")], [exhibit("A", saved(scan))])
    assert packet.profile == "mixed: exhibit A is not tagged"
    with opened(packet) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"pdfaid" not in xmp
        assert b"pdfuaid" not in xmp
        assert "/StructParents" not in pdf.pages[-1].obj


@pytest.mark.parametrize(
    ("claim", "instead", "reason"),
    [
        (b"<pdfaid:conformance>A", b"<pdfaid:conformance>B", "is not PDF/A-2a"),
        (b"<pdfuaid:part>1", b"<pdfuaid:part>2", "is not PDF/UA-1"),
    ],
)
def test_an_exhibit_that_claims_less_lowers_the_packet(
    claim: bytes, instead: bytes, reason: str, document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    def weaken(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(claim, instead))

    packet = assemble([document("motion-to-modify")], [exhibit("C", changed(tagged_pdf("Decree"), weaken))])
    assert packet.profile == f"mixed: exhibit C {reason}"


def scan(pages: int) -> bytes:
    """Pages as a scanner makes them: no tags, no bookmarks, one drawing each."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
        pdf.pages[-1].obj.Contents = pdf.make_stream(b"0 g 100 %d 50 50 re f" % (500 + number))
    return saved(pdf)


def test_a_part_with_fewer_pages_than_stated_is_noticed(document: MakeDocument, exhibit: MakeExhibit) -> None:
    decree = exhibit("A", scan(2))
    with pytest.raises(PacketFailed) as failure:
        assemble([document("motion-to-modify")], [replace(decree, pages=3)])
    assert [(fault.code, fault.part) for fault in failure.value.faults] == [("packet_incomplete", "exhibit A")]


def test_a_page_lost_in_the_merge_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LosesAPage(binding.Merge):
        def append(self, part: pikepdf.Pdf, title: str) -> list[pikepdf.Page]:
            if title.startswith("Exhibit A"):
                del part.pages[0]
            return super().append(part, title)

    monkeypatch.setattr(binding, "Merge", LosesAPage)
    with pytest.raises(PacketFailed) as failure:
        assemble([document("motion-to-modify")], [exhibit("A", scan(2)), exhibit("B", scan(1))])
    assert {fault.part for fault in failure.value.faults} == {"exhibit A", "exhibit B"}


def test_a_page_that_says_something_else_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SwapsPages(binding.Merge):
        def append(self, part: pikepdf.Pdf, title: str) -> list[pikepdf.Page]:
            part.pages.reverse()
            return super().append(part, title)

    monkeypatch.setattr(binding, "Merge", SwapsPages)
    with pytest.raises(PacketFailed) as failure:
        assemble([document("motion-to-modify", 2)], [exhibit("A", tagged_pdf("Decree", 2))])
    assert {fault.part for fault in failure.value.faults} == {"motion-to-modify", "exhibit A"}


def test_a_role_that_two_parts_use_differently_keeps_both_meanings(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    def own_role(meaning: Name) -> Callable[[pikepdf.Pdf], None]:
        def use(pdf: pikepdf.Pdf) -> None:
            root = pdf.Root.StructTreeRoot
            root.RoleMap = Dictionary({"/Clause": meaning})
            next(each for each in elements_under(root) if str(each.S) == "/P").S = Name.Clause

        return use

    exhibits = [
        exhibit("A", changed(tagged_pdf("Decree"), own_role(Name.P))),
        exhibit("B", changed(tagged_pdf("Bill"), own_role(Name.Note))),
    ]
    with opened(assemble([document("motion-to-modify")], exhibits)) as pdf:
        roles = pdf.Root.StructTreeRoot.RoleMap
        own = [str(each.S) for each in elements_under(pdf.Root.StructTreeRoot) if str(each.S).startswith("/Clause")]
        assert sorted(str(roles[role]) for role in own) == ["/Note", "/P"]
        assert_structure_is_whole(pdf)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_stamp_is_upright_at_the_bottom_right_however_the_page_is_turned(
    turn: int, document: MakeDocument, exhibit: MakeExhibit
) -> None:
    scan = pikepdf.new()
    scan.add_blank_page(page_size=(500, 700))
    scan.pages[0].obj.Rotate = turn
    scan.pages[0].obj.CropBox = Array([20, 30, 480, 690])
    scan.pages[0].obj.Contents = scan.make_stream(b"q q 2 0 0 2 0 0 cm Q 3 0 0 3 9 9 cm")
    packet = assemble([document("motion-to-modify")], [exhibit("A", saved(scan))])
    with pypdfium2.PdfDocument(packet.pdf) as pdf:
        image = pdf[len(pdf) - 1].render(scale=1).to_pil().convert("L")
    left, top, right, bottom = image.point(lambda shade: 255 * (shade < 128)).getbbox()
    assert abs(image.width - right - 36) < 3
    assert abs(image.height - bottom - 26) < 3
    assert 50 < right - left < 70
    assert bottom - top < 12


def test_a_filled_form_shows_its_words_in_the_packet_and_keeps_its_fields_in_the_exhibit(
    document: MakeDocument, exhibit: MakeExhibit
) -> None:
    form = pikepdf.new()
    form.add_blank_page(page_size=(612, 792))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    shown = form.make_stream(
        b"BT /F1 12 Tf 2 4 Td (Paid in full) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )
    field = form.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("remark"),
            V=String("Paid in full"),
            Rect=Array([100, 500, 300, 520]),
            F=4,
            AP=Dictionary(N=shown),
        )
    )
    form.pages[0].obj.Annots = Array([field])
    form.Root.AcroForm = Dictionary(Fields=Array([field]))
    filled = exhibit("A", saved(form))
    packet = assemble([document("motion-to-modify")], [filled])
    assert "Paid in full" in page_texts(packet.pdf)[-1]
    assert b"/AcroForm" not in packet.pdf
    assert packet.exhibits == (filled,)


def test_an_invisible_field_of_a_tagged_exhibit_leaves_the_packet_conforming(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    def add_hidden_signature_field(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        field = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Sig"), Rect=Array([0, 0, 0, 0]))
        )
        key = int(root.ParentTreeNextKey)
        (top,) = root.K
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=top, Alt=String("Seal")))
        element.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=pdf.pages[0].obj)
        top.K.append(element)
        pikepdf.NumberTree(root.ParentTree)[key] = element
        field.StructParent = key
        pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", Array()), field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    signed = exhibit("A", changed(tagged_pdf("Decree"), add_hidden_signature_field))
    packet = assemble([document("motion-to-modify")], [signed])
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
    with opened(packet) as pdf:
        assert_structure_is_whole(pdf)
        assert not [each for each in elements_under(pdf.Root.StructTreeRoot) if str(each.S) == "/Form"]


def certified(content: bytes) -> bytes:
    """Certified by a fictional clerk, as a file-marked order comes from the court."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fictional Clerk")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 9, start, start + timedelta(days=3650))
    usage = x509.KeyUsage(True, True, *[False] * 7)  # noqa: FBT003  the library names nine flags by position
    certificate = built.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = signers.PdfSignatureMetadata(field_name="Clerk", certify=True)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), metadata, signer=signer).getvalue()


def test_a_certified_exhibit_is_filed_as_it_is_and_shown_without_its_field(
    document: MakeDocument, tagged_pdf: MakePdf
) -> None:
    content = certified(tagged_pdf("Decree", 2))
    reference = ExhibitReference(id="a", label="A", title="Decree of Divorce", file="decree.pdf")
    (decree,) = examine_exhibits([reference], {"a": content}, ExhibitLimits())
    packet = assemble([document("motion-to-modify")], [decree])
    assert packet.exhibits[0].content == content
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
    with opened(packet) as pdf:
        assert_structure_is_whole(pdf)
        assert "/Perms" not in pdf.Root
    assert b"/AcroForm" not in packet.pdf


def test_a_layer_hidden_in_an_exhibit_stays_hidden_in_the_packet(document: MakeDocument, exhibit: MakeExhibit) -> None:
    layered = pikepdf.new()
    layered.add_blank_page(page_size=(612, 792))
    layer = layered.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    page = layered.pages[0].obj
    page.Resources = Dictionary(Properties=Dictionary(L1=layer))
    page.Contents = layered.make_stream(b"/OC /L1 BDC 0 g 100 300 400 400 re f EMC")
    layered.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    packet = assemble([document("motion-to-modify")], [exhibit("A", saved(layered))])
    with pypdfium2.PdfDocument(packet.pdf) as pdf:
        image = pdf[len(pdf) - 1].render(scale=0.5, may_draw_forms=False).to_pil().convert("L")
    assert image.getpixel((150, 150)) == 255


def test_named_destinations_of_an_exhibit_still_lead_to_their_page(
    document: MakeDocument, exhibit: MakeExhibit
) -> None:
    named = pikepdf.new()
    for _ in range(3):
        named.add_blank_page(page_size=(612, 792))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=String("last"))
    named.pages[0].obj.Annots = Array([named.make_indirect(link)])
    target = Array([named.pages[2].obj, Name.Fit])
    named.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("last"), target])))
    with named.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Signatures", "last"))
    packet = assemble([document("motion-to-modify")], [exhibit("A", saved(named))])
    with opened(packet) as pdf:
        (copied,) = pdf.pages[-3].obj.Annots
        assert copied.Dest[0].objgen == pdf.pages[-1].obj.objgen
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    own = reader.outline[-1]
    assert isinstance(own, list)
    assert (own[0].title, reader.get_destination_page_number(own[0])) == ("Signatures", packet.pages - 1)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(list(DocumentAudience))), min_size=1, max_size=4),
    exhibits=st.lists(st.integers(1, 3), max_size=4),
)
def test_pages_bookmarks_and_labels_agree_for_any_packet(
    documents: list[tuple[int, DocumentAudience]],
    exhibits: list[int],
    document: MakeDocument,
    exhibit: MakeExhibit,
    tagged_pdf: MakePdf,
) -> None:
    drawn = [document(f"paper-{place}", pages, audience=audience) for place, (pages, audience) in enumerate(documents)]
    sent = [exhibit("ABCD"[place], tagged_pdf("Bill", pages)) for place, pages in enumerate(exhibits)]
    packet = assemble(drawn, sent, flat=True)
    if not any(audience is DocumentAudience.PUBLIC for _, audience in documents):
        assert packet.pdf == b""
        return
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    assert len(reader.pages) == packet.pages == sum(pages_of(packet))
    top = [each for each in reader.outline if not isinstance(each, list)]
    firsts = [sum(pages_of(packet)[:place]) for place in range(len(pages_of(packet)))]
    assert [reader.get_destination_page_number(each) for each in top] == firsts
    labels = [f"{prefix}{number}" for prefix, count in labels_of(packet) for number in range(1, count + 1)]
    assert reader.page_labels == labels
    assert len(set(labels)) == len(labels)
    with opened(packet) as pdf:
        assert_structure_is_whole(pdf)


@pytest.mark.skipif(
    not shutil.which("qpdf") or not shutil.which("pdfinfo"), reason="qpdf and poppler are not installed"
)
def test_foreign_tools_find_the_packet_sound_and_read_its_structure(packet: Packet, tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    file.write_bytes(packet.pdf)
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    read = subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, errors="replace", check=False)
    for words in ("Motion To Modify", "Words of page 2 of", "CIRCUIT JUDGE", "Last of Decree"):
        assert words in read.stdout
    assert 'Part "Exhibit A' in read.stdout
    assert "EXHIBIT A" not in read.stdout
