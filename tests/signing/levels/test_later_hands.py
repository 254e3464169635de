"""What clerk and judge do to a sealed document: some of it leaves every seal valid, and the rest breaks it."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, StreamObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.stamp import TextStamp, TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.assembling.fields import place_fields
from service.law.outcomes import DocumentAudience, DocumentPlan, DocumentRole
from service.signing.digest_signing import KeyInMemory
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.pdf_seal import FILER_FIELD
from service.signing.sealer import Sealer, SealingPolicy

Policies = Callable[[SealLevel], SealingPolicy]
PLEADING = DocumentPlan(name="motion", title="Motion", role=DocumentRole.PLEADING, audience=DocumentAudience.PUBLIC)
JUDGE_BOX = (320, 72, 540, 130)


class Court:
    """A clerk and a judge with keys of their own."""

    def __init__(self, clerk: SigningKey, judge: SigningKey, filer: SigningKey, more: tuple[Any, ...]) -> None:
        self.clerk, self.judge = clerk, judge
        self.roots = [asn1(root) for key in (clerk, judge, filer) for root in key.roots] + [asn1(one) for one in more]

    async def statuses(self, pdf: bytes) -> dict[str, bool]:
        """Each signature by its field, and whether it is valid with all that came after it."""
        found = {}
        for seal in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures:
            context = ValidationContext(trust_roots=self.roots, allow_fetching=False)
            status = await async_validate_pdf_signature(seal, context)
            found[str(seal.field_name)] = status.bottom_line
        return found


@pytest.fixture(scope="module")
def court(office: Any, clock: Any, another_key: Callable[[], SigningKey]) -> Court:
    return Court(another_key(), another_key(), office.key, (clock.authority.certificate,))


@pytest.fixture(scope="module", params=[SealLevel.B_B, SealLevel.B_LTA])
def sealed(request: pytest.FixtureRequest, pleading_pdf: bytes, office: Any, policy: Policies, now: datetime) -> bytes:
    """A pleading with the product's own fields for the clerk, and one for a judge, sealed by the filer."""
    writer = IncrementalPdfFileWriter(BytesIO(place_fields(pleading_pdf, PLEADING)))
    append_signature_field(writer, SigFieldSpec("Sig-Judge", on_page=-1, box=JUDGE_BOX))
    prepared = written(writer)
    content, statement = Sealer(office.key, now, policy(request.param)).document(prepared)
    assert statement.level is request.param
    return content


async def test_filling_the_file_mark_leaves_the_seal_valid(sealed: bytes, court: Court) -> None:
    assert await court.statuses(file_marked(sealed)) == {FILER_FIELD: True}


async def test_clerk_and_judge_in_turn_leave_every_signature_valid(sealed: bytes, court: Court) -> None:
    filled = file_marked(sealed)
    assert await court.statuses(filled) == {FILER_FIELD: True}
    by_clerk = await signed(filled, court.clerk, "Sig-Clerk")
    assert await court.statuses(by_clerk) == {FILER_FIELD: True, "Sig-Clerk": True}
    by_judge = await signed(by_clerk, court.judge, "Sig-Judge")
    assert await court.statuses(by_judge) == {FILER_FIELD: True, "Sig-Clerk": True, "Sig-Judge": True}


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
def test_poppler_agrees_on_all_three(sealed: bytes, court: Court, tmp_path: Path) -> None:
    by_clerk = asyncio.run(signed(file_marked(sealed), court.clerk, "Sig-Clerk"))
    final = asyncio.run(signed(by_clerk, court.judge, "Sig-Judge"))
    (tmp_path / "final.pdf").write_bytes(final)
    report = subprocess.run(
        ["pdfsig", "-nocert", "final.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"Field Name: (Sig-\w+)", report)) == {FILER_FIELD, "Sig-Clerk", "Sig-Judge"}
    assert report.count("Signature Validation: Signature is Valid.") == 3


async def test_stamping_the_page_breaks_the_seal(sealed: bytes, court: Court) -> None:
    assert await court.statuses(page_stamped(sealed)) == {FILER_FIELD: False}


async def test_a_stamp_annotation_breaks_the_seal(sealed: bytes, court: Court) -> None:
    assert await court.statuses(annotated(sealed)) == {FILER_FIELD: False}


async def test_stamping_after_the_clerk_signed_breaks_the_filers_seal(sealed: bytes, court: Court) -> None:
    by_clerk = await signed(file_marked(sealed), court.clerk, "Sig-Clerk")
    assert not (await court.statuses(page_stamped(by_clerk)))[FILER_FIELD]


async def test_saving_the_document_anew_breaks_the_seal(sealed: bytes, court: Court) -> None:
    anew = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as document:
        document.save(anew)
    assert await court.statuses(anew.getvalue()) == {FILER_FIELD: False}


def file_marked(pdf: bytes) -> bytes:
    """The mark as a clerk's program enters it: the value and how it looks."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    (field,) = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == "FileMark")
    field[pdf_name("/V")] = pdf_string("ELECTRONICALLY FILED 2026-Nov-24 09:01:12")
    form = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): ArrayObject(map(NumberObject, (0, 0, 180, 50))),
        pdf_name("/Resources"): DictionaryObject(),
    }
    look = writer.add_object(StreamObject(dict_data=form, stream_data=b"q 1 0 0 RG 1 1 178 48 re S Q"))
    field[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): look})
    writer.update_container(field)
    return written(writer)


async def signed(pdf: bytes, key: SigningKey, field: str) -> bytes:
    """Signed by pyHanko, visibly, in a field that was there before."""
    assert isinstance(key.private_key, KeyInMemory)
    encoded = key.private_key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(encoded),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    style = TextStampStyle(stamp_text="Signed %(ts)s", background=None)
    done = await PdfSigner(metadata, signer=signer, stamp_style=style).async_sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), existing_fields_only=True
    )
    content: bytes = done.getvalue()
    return content


def page_stamped(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    TextStamp(writer, TextStampStyle(stamp_text="FILED 2026-11-24")).apply(0, 400, 700)
    return written(writer)


def annotated(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    stamp = {
        pdf_name("/Type"): pdf_name("/Annot"),
        pdf_name("/Subtype"): pdf_name("/Stamp"),
        pdf_name("/Rect"): ArrayObject(map(NumberObject, (400, 700, 580, 760))),
        pdf_name("/Contents"): pdf_string("FILED"),
    }
    page["/Annots"] = ArrayObject([*page["/Annots"], writer.add_object(DictionaryObject(stamp))])
    writer.update_container(page)
    return written(writer)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
