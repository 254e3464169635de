"""The seal inside a PDF, as this service and as poppler and pyHanko see it."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.signing.digest_signing import KeyInMemory
from service.signing.keys import SigningKey
from service.signing.pdf_seal import FILER_FIELD, seal_pdf
from service.signing.seal_reading import SealFault, read_seal

IssueKey = Callable[..., SigningKey]


def test_a_seal_holds_in_pyhanko_and_covers_the_whole_file(
    pleading_pdf: bytes, dev_key: SigningKey, at: datetime
) -> None:
    status = pyhanko_status(seal_pdf(pleading_pdf, dev_key, at), dev_key, at)
    assert status.bottom_line
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
def test_a_seal_holds_in_poppler(pleading_pdf: bytes, dev_key: SigningKey, at: datetime, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(seal_pdf(pleading_pdf, dev_key, at))
    report = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature Validation: Signature is Valid." in report
    assert "Total document signed" in report
    assert "Signature Type: ETSI.CAdES.detached" in report


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_a_sealed_pdf_has_no_syntax_errors(
    pleading_pdf_with_fields: bytes, dev_key: SigningKey, at: datetime, tmp_path: Path
) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(seal_pdf(pleading_pdf_with_fields, dev_key, at))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_seal_is_appended_and_changes_nothing_before_it(
    pleading_pdf: bytes, dev_key: SigningKey, at: datetime
) -> None:
    assert seal_pdf(pleading_pdf, dev_key, at).startswith(pleading_pdf)


def test_a_seal_shows_nothing_on_the_page(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    assert first_page(seal_pdf(pleading_pdf, dev_key, at)) == first_page(pleading_pdf)


def test_a_seal_leaves_the_metadata_alone(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    with (
        pikepdf.open(BytesIO(pleading_pdf)) as before,
        pikepdf.open(BytesIO(seal_pdf(pleading_pdf, dev_key, at))) as after,
    ):
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)


def test_a_seal_claims_the_time_it_was_given(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    seal = PdfFileReader(BytesIO(seal_pdf(pleading_pdf, dev_key, at))).embedded_signatures[0]
    assert seal.self_reported_timestamp == at
    assert "signing_time" not in [attribute["type"].native for attribute in seal.signer_info["signed_attrs"]]


def test_the_seal_of_a_tagged_pdf_needs_no_tag(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    """Outside the crop box and empty: exempt in PDF/UA-1 and PDF/A-2, which still wants it to print."""
    with pikepdf.open(BytesIO(seal_pdf(pleading_pdf, dev_key, at))) as sealed:
        page = sealed.pages[0]
        widget = next(one for one in page.Annots if one.get("/T") == FILER_FIELD)
        left, bottom, right, top = (float(side) for side in widget.Rect)
        assert (left, bottom) == (right, top)
        assert right < float(page.mediabox[0])
        assert int(widget.F) & 0b100111 == 0b100
        assert str(widget.TU) == "Electronic seal of the filer"
        assert page.Tabs == "/S"


def test_a_certification_allows_form_filling_only(
    pleading_pdf_with_fields: bytes, dev_key: SigningKey, at: datetime
) -> None:
    seal = PdfFileReader(BytesIO(seal_pdf(pleading_pdf_with_fields, dev_key, at))).embedded_signatures[0]
    assert seal.docmdp_level is MDPPerm.FILL_FORMS


def test_a_changed_page_breaks_the_seal(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    sealed = seal_pdf(pleading_pdf, dev_key, at)
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0]
    while "/Kids" in page:
        page = page["/Kids"][0]
    page[pdf_name("/Rotate")] = page[pdf_name("/MediaBox")][0]
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    assert not pyhanko_status(changed.getvalue(), dev_key, at).docmdp_ok
    fault = seal_fault(changed.getvalue(), dev_key.certificate)
    assert fault == "something was added after its seal that is no evidence of it"


def test_a_signed_pdf_cannot_be_certified_again(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    sealed = seal_pdf(pleading_pdf, dev_key, at)
    with pytest.raises(ValueError, match="cannot be certified"):
        seal_pdf(sealed, dev_key, at)


def test_rsa_keys_and_chains_seal_as_well(pleading_pdf: bytes, issue_key: IssueKey, at: datetime) -> None:
    key = issue_key(private_key=rsa.generate_private_key(65537, 3072))
    assert pyhanko_status(seal_pdf(pleading_pdf, key, at), key, at).bottom_line


def test_the_seal_check_accepts_what_the_seal_writes(pleading_pdf: bytes, dev_key: SigningKey, at: datetime) -> None:
    assert seal_fault(seal_pdf(pleading_pdf, dev_key, at), dev_key.certificate) is None


def test_the_seal_check_names_what_is_wrong(
    pleading_pdf: bytes, dev_key: SigningKey, issue_key: IssueKey, at: datetime
) -> None:
    sealed = seal_pdf(pleading_pdf, dev_key, at)
    changed = sealed.replace(b"%%EOF", b"%%EOG", 1)
    faults = [
        seal_fault(pleading_pdf, dev_key.certificate),
        seal_fault(sealed, issue_key().certificate),
        seal_fault(approved(pleading_pdf, dev_key), dev_key.certificate),
        seal_fault(changed, dev_key.certificate),
        seal_fault(b"%PDF-1.7 and then nothing", dev_key.certificate),
    ]
    assert faults == [
        "it carries 0 signatures instead of one",
        "it was sealed by somebody else than the signer of the bundle",
        "its seal does not limit later changes to its form fields",
        "what was signed is not what is here: it was changed after signing",
        "it cannot be read (PdfReadError)",
    ]


def seal_fault(pdf: bytes, signer: x509.Certificate) -> str | None:
    """Why the seal does not hold, or nothing."""
    try:
        read_seal(pdf, signer)
    except SealFault as fault:
        return str(fault)
    return None


def approved(pdf: bytes, key: SigningKey) -> bytes:
    """Signed by pyHanko with the same key, but without a certification."""
    assert isinstance(key.private_key, KeyInMemory)
    encoded = key.private_key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(encoded),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(field_name="Sig", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signed = PdfSigner(metadata, signer=signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    content: bytes = signed.getvalue()
    return content


def pyhanko_status(pdf: bytes, key: SigningKey, at: datetime) -> PdfSignatureStatus:
    seal = next(one for one in PdfFileReader(BytesIO(pdf)).embedded_signatures if one.field_name == FILER_FIELD)
    roots = [asn1_x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in key.roots]
    return validate_pdf_signature(seal, ValidationContext(trust_roots=roots, moment=at, allow_fetching=False))


def first_page(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    pixels = bytes(document[0].render(scale=1).buffer)
    document.close()
    return pixels
