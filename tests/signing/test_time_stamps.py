"""Time stamps in what is verified: accepted, described, and believed only from an authority that was given."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from cryptography import x509
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from service.assembling.packet_parts import Packet
from service.signing.asic import SIGNATURE_PATH, build_container, lay_out
from service.signing.findings import CheckOutcome, Verdict, Verification
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.pdf_longevity import with_document_time_stamp
from service.signing.pdf_seal import seal_pdf
from service.signing.seal_reading import SealFault, read_seal
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify
from service.signing.verify_bundle import check
from tests.time_authority import Authority, Stamp, make_authority, stamper

IssueKey = Callable[..., SigningKey]
STAMPED = timedelta(minutes=1)


@pytest.fixture(scope="module")
def authority(at: datetime) -> Authority:
    return make_authority("Example Time Authority", at)


@pytest.fixture(scope="module")
def root(authority: Authority) -> x509.Certificate:
    return authority.root


@pytest.fixture(scope="module")
def stamp(authority: Authority, at: datetime) -> Stamp:
    return stamper(authority, at + STAMPED)


@pytest.fixture(scope="module")
def files(notice_packet: Packet, flat_enclosures: Enclosures, dev_key: SigningKey, at: datetime) -> dict[str, bytes]:
    """What an employer's container holds, without its signature."""
    with ZipFile(BytesIO(sign_bundle(notice_packet, flat_enclosures, dev_key, at).containers["employer"])) as archive:
        return {path: archive.read(path) for path in archive.namelist() if "META-INF" not in path and "." in path}


@pytest.fixture(scope="module")
def stamped(files: dict[str, bytes], dev_key: SigningKey, at: datetime, stamp: Stamp) -> bytes:
    return build_container(files, dev_key, at, stamp)


def test_a_stamped_bundle_says_by_whose_clock_it_was_signed(
    stamped: bytes, dev_key: SigningKey, root: x509.Certificate, at: datetime
) -> None:
    found = verify(stamped, dev_key.roots, time_roots=[root])
    assert (found.verdict, found.signed_at, found.stamped_at) == (Verdict.SIGNED, at, at + STAMPED)
    assert found.time_basis == "time stamp of Example Time Authority"
    assert outcome(found, "The time is confirmed") is CheckOutcome.PASS


def test_a_stamp_without_a_root_to_check_it_by_leaves_the_time_claimed(stamped: bytes, dev_key: SigningKey) -> None:
    found = verify(stamped, dev_key.roots)
    assert (found.verdict, found.stamped_at, found.time_basis) == (Verdict.SIGNED, None, "no trusted time")
    claim = next(check for check in found.checks if check.name == "The time is claimed")
    assert "Example Time Authority stamped it" in claim.detail


def test_a_stamp_of_an_authority_that_is_not_trusted_is_a_fault(
    stamped: bytes, dev_key: SigningKey, at: datetime
) -> None:
    """It carries the same name as the trusted one; only its key tells them apart."""
    stranger = make_authority("Example Time Authority", at).root
    found = verify(stamped, dev_key.roots, time_roots=[stranger])
    assert (found.verdict, found.failed_parts) == (Verdict.DO_NOT_RELY, (SIGNATURE_PATH,))
    assert check(stamped, dev_key.roots, [stranger]).faults


def test_the_one_file_verifier_reads_the_same_time(stamped: bytes, dev_key: SigningKey, root: x509.Certificate) -> None:
    found = check(stamped, dev_key.roots, [root])
    assert not found.faults
    assert found.signed.startswith("before 2026-11-23 15:15:00 UTC by the clock of Example Time Authority")
    assert check(stamped, dev_key.roots).signed.endswith("by the signer's own clock, unconfirmed")


def test_a_certificate_that_expired_before_the_stamp_is_not_trusted(
    files: dict[str, bytes], issue_key: IssueKey, root: x509.Certificate, stamp: Stamp, at: datetime
) -> None:
    """The signer claims a time at which the certificate was in force; the stamp says otherwise, and counts."""
    key = issue_key(not_after=at + STAMPED / 2)
    container = build_container(files, key, at, stamp)
    assert verify(container, key.roots).verdict is Verdict.SIGNED
    assert verify(container, key.roots, time_roots=[root]).verdict is Verdict.DO_NOT_RELY
    assert check(container, key.roots, [root]).faults


def test_a_claim_after_the_stamp_is_noted(
    files: dict[str, bytes], dev_key: SigningKey, root: x509.Certificate, stamp: Stamp, at: datetime
) -> None:
    found = verify(build_container(files, dev_key, at + timedelta(hours=2), stamp), dev_key.roots, time_roots=[root])
    assert found.verdict is Verdict.SIGNED
    assert outcome(found, "The signer's clock was wrong") is CheckOutcome.NOTE


def test_a_stamp_of_another_signature_is_a_fault(
    files: dict[str, bytes], dev_key: SigningKey, root: x509.Certificate, stamp: Stamp, at: datetime
) -> None:
    container = build_container(files, dev_key, at, lambda content: stamp(content + b"!"))
    found = verify(container, dev_key.roots, time_roots=[root])
    assert (found.verdict, found.failed_parts) == (Verdict.DO_NOT_RELY, (SIGNATURE_PATH,))
    assert check(container, dev_key.roots, [root]).faults == [
        (SIGNATURE_PATH, "its time stamp belongs to another signature")
    ]


def test_no_byte_of_a_stamped_signature_can_be_changed(
    stamped: bytes, dev_key: SigningKey, root: x509.Certificate
) -> None:
    with ZipFile(BytesIO(stamped)) as archive:
        entries = {path: archive.read(path) for path in archive.namelist()}
    signature = entries[SIGNATURE_PATH]
    for place in range(0, len(signature), 23):
        changed = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        bundle = lay_out({**entries, SIGNATURE_PATH: changed})
        found = verify(bundle, dev_key.roots, time_roots=[root])
        assert found.verdict is Verdict.DO_NOT_RELY, place
        assert SIGNATURE_PATH in found.failed_parts
        assert check(bundle, dev_key.roots, [root]).faults, place


def test_a_stamped_seal_and_a_document_stamped_again_are_told_by_level(
    pleading_pdf: bytes, dev_key: SigningKey, stamp: Stamp, at: datetime
) -> None:
    sealed = seal_pdf(pleading_pdf, dev_key, at, stamp)
    assert read_seal(sealed, dev_key.certificate) is SealLevel.B_T
    assert read_seal(with_document_time_stamp(sealed, stamp), dev_key.certificate) is SealLevel.B_LTA


def test_a_page_changed_before_the_document_was_stamped_again_is_found(
    pleading_pdf: bytes, dev_key: SigningKey, stamp: Stamp, at: datetime
) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(seal_pdf(pleading_pdf, dev_key, at, stamp)))
    page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]  # pyHanko leaves it
    page[pdf_name("/Rotate")] = page["/MediaBox"][0]
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)  # type: ignore[no-untyped-call]  # as above
    with pytest.raises(SealFault, match="no evidence of it"):
        read_seal(with_document_time_stamp(changed.getvalue(), stamp), dev_key.certificate)


def test_a_document_stamp_over_something_else_is_found(
    pleading_pdf: bytes, dev_key: SigningKey, stamp: Stamp, at: datetime
) -> None:
    sealed = seal_pdf(pleading_pdf, dev_key, at, stamp)
    with pytest.raises(SealFault, match="its time stamp does not hold"):
        read_seal(with_document_time_stamp(sealed, lambda content: stamp(content + b"!")), dev_key.certificate)


def outcome(found: Verification, name: str) -> CheckOutcome:
    return next(one.outcome for one in found.checks if one.name == name)
