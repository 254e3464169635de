"""A small certificate authority, PDFs by Typst, and a packet to sign. All people are invented."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import pikepdf
import pytest
import typst
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pikepdf import Array, Dictionary, Name, String

from service.assembling.packet_parts import Exhibit, NumberedDocument, Packet
from service.facts.canonical import canonical_json, digest
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.rendering.document import RenderedDocument
from service.signing.bundle import SignedBundle
from service.signing.digest_signing import KeyInMemory
from service.signing.keys import SigningKey, load_or_make_dev_key
from service.signing.sealing import Enclosures, sign_bundle
from tests.builders import parity_of
from tests.certificates import DOCUMENT_SIGNING, ISSUING, SIGNING, blank, key_usage, named

RELEASED_AT = datetime(2026, 11, 23, 15, 14, tzinfo=UTC)
IssueKey = Callable[..., SigningKey]


@pytest.fixture(scope="session")
def at() -> datetime:
    return RELEASED_AT


@pytest.fixture(scope="session")
def dev_key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return load_or_make_dev_key(tmp_path_factory.mktemp("keys") / "dev", RELEASED_AT)


@pytest.fixture(scope="session")
def issue_key() -> IssueKey:
    """Issues a signer's certificate under a root and one intermediate authority, each wrong in the way asked for."""
    return _issue_key


@pytest.fixture(scope="session")
def pleading_pdf() -> bytes:
    return typeset_pdf("Motion to Modify", pages=3)


@pytest.fixture(scope="session")
def pleading_pdf_with_fields(pleading_pdf: bytes) -> bytes:
    return with_clerk_fields(pleading_pdf)


@pytest.fixture(scope="session")
def packet() -> Packet:
    documents = (
        _numbered("01-motion-to-modify", "motion-to-modify", DocumentRole.PLEADING, DocumentAudience.PUBLIC, pages=2),
        _numbered("02-proposed-order", "proposed-order", DocumentRole.PROPOSED_ORDER, DocumentAudience.PUBLIC),
        _numbered("03-confidential", "confidential", DocumentRole.STATEMENT, DocumentAudience.SEALED),
    )
    decree = typeset_pdf("Decree", pages=1)
    exhibit = Exhibit(
        id="exhibit-a", label="A", title="Decree of Divorce", file_name="01-exhibit-a", content=decree, pages=1
    )
    return Packet(
        documents=documents, exhibits=(exhibit,), pdf=typeset_pdf("Packet", pages=4), pages=4, profile="PDF/A-2a"
    )


@pytest.fixture(scope="session")
def notice_packet() -> Packet:
    notice = _numbered("01-notice-part-a", "notice-part-a", DocumentRole.NOTICE, DocumentAudience.EMPLOYER)
    letter = _numbered("02-cover-letter", "cover-letter", DocumentRole.NOTICE, DocumentAudience.EMPLOYER)
    return Packet(documents=(notice, letter), exhibits=(), pdf=typeset_pdf("Nothing public", 1), pages=1, profile="")


@pytest.fixture(scope="session")
def enclosures() -> Enclosures:
    facts = canonical_json({"kind": "modification", "children": [{"name": "Wren Exampleton"}]})
    return Enclosures(
        facts=facts,
        facts_digest=digest(facts),
        reports={
            "reports/determination.json": b'{"filings":[]}',
            "reports/calculation.json": b"[]",
            "reports/deadlines.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
            "overrides.json": b"{}",
        },
        versions={"rules": "2026-11", "typst": "0.15.2"},
        kind="modification",
        filing_date=date(2026, 11, 23),
        signatory_name="Renata Exampleton",
        signatory_bar_number="2003301",
        flat=False,
    )


@pytest.fixture(scope="session")
def bundle(packet: Packet, enclosures: Enclosures, dev_key: SigningKey) -> SignedBundle:
    return sign_bundle(packet, enclosures, dev_key, RELEASED_AT)


@pytest.fixture(scope="session")
def court(bundle: SignedBundle) -> bytes:
    return bundle.containers["court"]


@pytest.fixture(scope="session")
def flat_enclosures(enclosures: Enclosures) -> Enclosures:
    return replace(enclosures, flat=True)


def typeset_pdf(title: str, pages: int) -> bytes:
    """A tagged PDF/A-2a and PDF/UA-1 document on US Letter."""
    body = "#pagebreak()\n".join(f"== Part {number}\n#lorem(90)\n" for number in range(1, pages + 1))
    source = (
        f'#set document(title: "{title}", author: "Example", date: datetime(year: 2026, month: 11, day: 23))\n'
        f'#set text(lang: "en")\n#set page(paper: "us-letter", margin: 1in)\n= {title}\n{body}'
    )
    pdf: bytes = typst.compile(source.encode(), pdf_standards=["a-2a", "ua-1"])
    return pdf


def with_clerk_fields(pdf: bytes) -> bytes:
    """The same document with an empty, tagged text field and signature field for the clerk."""
    with pikepdf.open(BytesIO(pdf)) as document:
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array()))
        for name, kind, top in (("FileMark", Name.Tx, 690), ("Sig-Clerk", Name.Sig, 760)):
            _add_field(document, name, kind, top)
        written = BytesIO()
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def _add_field(document: pikepdf.Pdf, name: str, kind: Name, top: int) -> None:
    page, tree = document.pages[0].obj, document.Root.StructTreeRoot
    appearance = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 180, 50])
    numbers = pikepdf.NumberTree(tree.ParentTree)
    parent_key = max(int(key) for key in numbers) + 1
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=kind,
            T=String(name),
            TU=String(name),
            F=4,
            Rect=Array([400, top - 50, 580, top]),
            P=page,
            AP=Dictionary(N=appearance),
            StructParent=parent_key,
        )
    )
    if kind == Name.Tx:
        field.DA = String("/Helv 10 Tf 0 g")
    page.Annots = Array([*page.get("/Annots", []), field])
    document.Root.AcroForm.Fields.append(field)
    top_element = tree.K[0] if isinstance(tree.K, Array) else tree.K
    element = document.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=top_element, Pg=page, K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        )
    )
    top_element.K = Array([*(top_element.K if isinstance(top_element.K, Array) else [top_element.K]), element])
    numbers[parent_key] = element


def _numbered(
    file_name: str, name: str, role: DocumentRole, audience: DocumentAudience, pages: int = 1
) -> NumberedDocument:
    title = name.replace("-", " ").title()
    word = BytesIO()
    document = docx.Document()
    document.add_paragraph(title)
    document.save(word)
    pdf = typeset_pdf(title, pages)
    rendered = RenderedDocument(
        plan=DocumentPlan(name=name, title=title, role=role, audience=audience),
        word=word.getvalue(),
        pdf=pdf,
        pages=pages,
        profile="PDF/A-2a, PDF/UA-1",
        template_digest="0" * 64,
        parity=parity_of(pdf),
    )
    return NumberedDocument(file_name=file_name, document=rendered)


def _issue_key(
    *,
    private_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    not_after: datetime = RELEASED_AT + timedelta(days=365),
    purposes: Sequence[x509.ObjectIdentifier] = (DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION),
    may_sign: bool = True,
    authority: bool = False,
    pretending: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
) -> SigningKey:
    """With ``pretending``, the intermediate names that root as its issuer, but the key given signs it."""
    root_key, middle_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    leaf_key = private_key or ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Example State Root", "Example State Root", root_key, root_key, RELEASED_AT + timedelta(3650))
    middle = _certificate("Example State CA", "Example State Root", middle_key, root_key, RELEASED_AT + timedelta(1825))
    if pretending:
        middle = _forged(middle, *pretending)
    leaf = _certificate(
        "Example Attorney",
        "Example State CA",
        leaf_key,
        middle_key,
        not_after,
        authority=authority,
        may_sign=may_sign,
        purposes=purposes,
    )
    return SigningKey(certificate=leaf, chain=(middle,), roots=(root,), private_key=KeyInMemory(leaf_key))


def _certificate(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    not_after: datetime,
    *,
    authority: bool = True,
    may_sign: bool = True,
    purposes: Sequence[x509.ObjectIdentifier] = (),
) -> x509.Certificate:
    uses = (*(SIGNING if may_sign else ("key_encipherment",)), *(ISSUING if authority else ()))
    since = RELEASED_AT - timedelta(days=900)
    builder = (
        blank(subject, named(issuer), key, issuer_key, since=since, until=not_after)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(key_usage(*uses), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _forged(
    certificate: x509.Certificate, root: x509.Certificate, forger: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        x509.CertificateBuilder()
        .subject_name(certificate.subject)
        .issuer_name(root.subject)
        .public_key(certificate.public_key())
        .serial_number(certificate.serial_number)
        .not_valid_before(certificate.not_valid_before_utc)
        .not_valid_after(certificate.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .add_extension(certificate.extensions.get_extension_for_class(x509.KeyUsage).value, critical=True)
        .sign(forger, hashes.SHA256())
    )
