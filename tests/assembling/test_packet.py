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
from typing import Any

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
from service.assembling.exhibits.examining import examine_exhibits
from service.assembling.exhibits.policy import ExhibitLimits
from service.assembling.merging import Appended
from service.assembling.packet import assemble
from service.assembling.packet_parts import Exhibit, Packet
from service.assembling.pdf.structure import elements_under, kids_of
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
    sheets = 1 + len(packet.exhibits)
    assert len(texts) == packet.pages == len(expected) + sheets + sum(exhibit.pages for exhibit in packet.exhibits)
    assert not any("Order Unredacted" in text for text in texts)


def test_exhibit_pages_are_stamped_in_the_packet_and_only_there(packet: Packet) -> None:
    texts = page_texts(packet.pdf)
    stamps = [
        (number, found.group(1))
        for number, text in enumerate(texts, start=1)
        if (found := re.search(r"EXHIBIT ([A-Z])\s+packet page (\d+)$", text.strip())) and int(found.group(2)) == number
    ]
    a, b = covers_of(packet)
    first, second = packet.exhibits
    expected = [(a + page, "A") for page in range(1, first.pages + 1)]
    assert stamps == expected + [(b + page, "B") for page in range(1, second.pages + 1)]
    assert not any("EXHIBIT" in text for each in packet.exhibits for text in page_texts(each.content))


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
        if "INDEX OF EXHIBITS" in texts[origin]:
            continue
        (title,) = re.findall(r"Words of page \d+ of ([\w &]+),", texts[origin])
        assert f"Last of {title}" in texts[target].replace("\r\n", " ")


def test_bookmarks_and_labels_as_a_foreign_reader_sees_them(packet: Packet) -> None:
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    top = [
        (each.title, reader.get_destination_page_number(each)) for each in reader.outline if not isinstance(each, list)
    ]
    titles = ["Motion To Modify", "Brief In Support", "Proposed Order", "Index of Exhibits"]
    exhibits = [f"Exhibit {each.label} — {each.title}" for each in packet.exhibits]
    assert top == list(zip([*titles, *exhibits], firsts_of(packet), strict=True))
    assert reader.page_labels == labels_of(packet)


def public_of(packet: Packet) -> list[tuple[int, RenderedDocument]]:
    """Public documents with their number in the filing."""
    return [
        (place, each.document)
        for place, each in enumerate(packet.documents, start=1)
        if each.document.plan.audience is DocumentAudience.PUBLIC
    ]


def firsts_of(packet: Packet) -> list[int]:
    """The first pages, from 0, of documents, of a one-page index, and of the exhibits with their cover sheets."""
    counts = [document.pages for _, document in public_of(packet)]
    if packet.exhibits:
        counts += [1, *(1 + exhibit.pages * (exhibit.shortfall is None) for exhibit in packet.exhibits)]
    return [sum(counts[:place]) for place in range(len(counts))]


def covers_of(packet: Packet) -> list[int]:
    """The pages, from 1, of the cover sheets."""
    return [first + 1 for first in firsts_of(packet)[-len(packet.exhibits) :]] if packet.exhibits else []


def labels_of(packet: Packet) -> list[str]:
    labels = [f"{place}-{page + 1}" for place, document in public_of(packet) for page in range(document.pages)]
    if packet.exhibits:
        labels.append("Index-1")
    for exhibit in packet.exhibits:
        pages = exhibit.pages if exhibit.shortfall is None else 0
        labels += [f"Ex. {exhibit.label}", *(f"Ex. {exhibit.label}-{page + 1}" for page in range(pages))]
    return labels


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


def test_an_untagged_exhibit_is_filed_apart_and_the_packet_stays_conforming(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    packet = assemble([document("motion-to-modify")], [exhibit("A", scan(3)), exhibit("B", tagged_pdf("Bill"))])
    assert packet.profile == "PDF/A-2a, PDF/UA-1"
    texts = [" ".join(text.split()) for text in page_texts(packet.pdf)]
    a, b = covers_of(packet)
    assert b == a + 1
    note = "Filed separately as exhibits/01-exhibit-a.pdf, because it is not tagged."
    assert note in texts[a - 1]
    assert note in texts[a - 2]
    assert "INDEX OF EXHIBITS" in texts[a - 2]
    with opened(packet) as pdf:
        assert_structure_is_whole(pdf)


@pytest.mark.parametrize(
    ("claim", "instead", "reason"),
    [
        (b"<pdfaid:conformance>A", b"<pdfaid:conformance>B", "is not PDF/A-2a"),
        (b"<pdfuaid:part>1", b"<pdfuaid:part>2", "is not PDF/UA-1"),
    ],
)
def test_a_document_that_claims_less_lowers_the_packet(
    claim: bytes, instead: bytes, reason: str, document: MakeDocument
) -> None:
    def weaken(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(claim, instead))

    motion = document("motion-to-modify")
    packet = assemble([replace(motion, pdf=changed(motion.pdf, weaken))], [], flat=True)
    assert packet.profile == f"mixed: motion-to-modify {reason}"
    with opened(packet) as pdf:
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()


def scan(pages: int) -> bytes:
    """Pages as a scanner makes them: no tags, no bookmarks, one drawing each."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
        pdf.pages[-1].obj.Contents = pdf.make_stream(b"0 g 100 %d 50 50 re f" % (500 + number))
    return saved(pdf)


def test_a_part_with_fewer_pages_than_stated_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf
) -> None:
    decree = exhibit("A", tagged_pdf("Decree", 2))
    with pytest.raises(PacketFailed) as failure:
        assemble([document("motion-to-modify")], [replace(decree, pages=decree.pages + 1)])
    assert [(fault.code, fault.part) for fault in failure.value.faults] == [("packet_incomplete", "exhibit A")]


def test_a_page_lost_in_the_merge_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LosesAPage(binding.Merge):
        def append(self, part: pikepdf.Pdf, title: str, **where: Any) -> Appended:
            if title.startswith("Lost"):
                del part.pages[0]
            return super().append(part, title, **where)

    monkeypatch.setattr(binding, "Merge", LosesAPage)
    with pytest.raises(PacketFailed) as failure:
        assemble(
            [document("motion-to-modify")],
            [exhibit("A", tagged_pdf("Decree", 2)), exhibit("B", tagged_pdf("Bill", 2), title="Lost")],
        )
    assert {fault.part for fault in failure.value.faults} == {"exhibit B"}


def test_a_page_that_says_something_else_is_noticed(
    document: MakeDocument, exhibit: MakeExhibit, tagged_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SwapsPages(binding.Merge):
        def append(self, part: pikepdf.Pdf, title: str, **where: Any) -> Appended:
            if title != "Index of Exhibits":
                part.pages.reverse()
            return super().append(part, title, **where)

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
    if not public_of(packet):
        assert packet.pdf == b""
        return
    reader = pypdf.PdfReader(io.BytesIO(packet.pdf))
    assert len(reader.pages) == packet.pages == len(labels_of(packet))
    top = [each for each in reader.outline if not isinstance(each, list)]
    assert [reader.get_destination_page_number(each) for each in top] == firsts_of(packet)
    assert reader.page_labels == labels_of(packet)
    assert len(set(labels_of(packet))) == packet.pages
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
    assert "packet page" not in read.stdout
