"""Whom a bundle can be trusted to come from, and what is said when it cannot."""

import pickle
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from service.assembling.packet_parts import Packet
from service.signing.bundle import SignedBundle
from service.signing.findings import CheckOutcome, Verdict, Verification
from service.signing.keys import SigningKey, load_or_make_dev_key
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify

IssueKey = Callable[..., SigningKey]


@pytest.mark.parametrize("reader", ["court", "record"])
def test_a_bundle_as_signed_is_intact_and_trusted(reader: str, bundle: SignedBundle, dev_key: SigningKey) -> None:
    found = verify(bundle.containers[reader], dev_key.roots)
    assert (found.intact, found.trusted, found.verdict) == (True, True, Verdict.SIGNED)
    assert found.sentence == "Intact, and signed by TEST ONLY – UNTRUSTED OCSE Filings"
    assert all(file.outcome is CheckOutcome.PASS for file in found.files)


def test_a_verification_names_signer_certificate_time_and_root(court: bytes, dev_key: SigningKey, at: datetime) -> None:
    found = verify(court, dev_key.roots)
    assert (found.signer, found.certificate_fingerprint, found.signed_at) == (dev_key.subject, dev_key.fingerprint, at)
    assert "OCSE Filings Root" in found.trust_basis


def test_a_claimed_time_and_a_test_key_are_noted(court: bytes, dev_key: SigningKey) -> None:
    notes = [check.name for check in verify(court, dev_key.roots).checks if check.outcome is CheckOutcome.NOTE]
    assert notes == ["The time is claimed", "Revocation was not asked", "This is a test signature"]


def test_what_the_signed_manifest_claims_is_handed_on(court: bytes, dev_key: SigningKey) -> None:
    assert verify(court, dev_key.roots).claims == {
        "container": "court",
        "kind": "modification",
        "filing_date": "2026-11-23",
        "signatory_name": "Renata Exampleton",
        "signatory_bar_number": "2003301",
    }


def test_a_bundle_without_seals_inside_its_documents_verifies(
    packet: Packet, flat_enclosures: Enclosures, dev_key: SigningKey, at: datetime
) -> None:
    found = verify(sign_bundle(packet, flat_enclosures, dev_key, at).containers["court"], dev_key.roots)
    assert found.verdict is Verdict.SIGNED
    assert check(found, "The documents are sealed one by one") is CheckOutcome.NOTE


def test_a_chain_with_an_intermediate_and_an_rsa_key_is_trusted(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    key = issue_key(private_key=rsa.generate_private_key(65537, 2048))
    found = verify(sign_bundle(notice_packet, enclosures, key, at).containers["employer"], key.roots)
    assert (found.verdict, found.signer) == (Verdict.SIGNED, "Example Attorney")


def test_no_root_given_means_an_unknown_signer(court: bytes) -> None:
    found = verify(court, ())
    assert (found.intact, found.trusted, found.verdict) == (True, False, Verdict.UNKNOWN_SIGNER)
    assert found.sentence == "Intact, but we do not know this signer"


def test_a_bundle_signed_with_another_dev_key_has_an_unknown_signer(
    notice_packet: Packet, enclosures: Enclosures, dev_key: SigningKey, tmp_path: Path, at: datetime
) -> None:
    """Both keys carry the same names; only the key behind the root tells them apart."""
    other = load_or_make_dev_key(tmp_path, at)
    found = verify(sign_bundle(notice_packet, enclosures, other, at).containers["employer"], dev_key.roots)
    assert (found.intact, found.trusted, found.verdict) == (True, False, Verdict.UNKNOWN_SIGNER)


def test_a_root_embedded_in_the_signature_is_no_anchor(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, dev_key: SigningKey, at: datetime
) -> None:
    key = issue_key()
    carrying_its_root = SigningKey(
        certificate=key.certificate, chain=(*key.chain, *key.roots), roots=key.roots, private_key=key.private_key
    )
    container = sign_bundle(notice_packet, enclosures, carrying_its_root, at).containers["employer"]
    assert verify(container, dev_key.roots).verdict is Verdict.UNKNOWN_SIGNER


def test_certificates_that_do_not_belong_to_the_chain_are_a_fault(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, dev_key: SigningKey, at: datetime
) -> None:
    stuffed = SigningKey(
        certificate=dev_key.certificate, chain=issue_key().chain, roots=dev_key.roots, private_key=dev_key.private_key
    )
    found = verify(sign_bundle(notice_packet, enclosures, stuffed, at).containers["employer"], dev_key.roots)
    assert (found.trusted, found.verdict) == (False, Verdict.DO_NOT_RELY)


def test_a_certificate_that_had_expired_when_it_signed_is_not_trusted(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    key = issue_key(not_after=at - timedelta(days=1))
    found = verify(sign_bundle(notice_packet, enclosures, key, at).containers["employer"], key.roots)
    assert (found.trusted, found.verdict) == (False, Verdict.DO_NOT_RELY)
    assert "expired on 2026-11-22" in found.explanation


def test_a_certificate_that_expired_later_is_still_trusted(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    key = issue_key(not_after=at + timedelta(seconds=1))
    assert verify(sign_bundle(notice_packet, enclosures, key, at).containers["employer"], key.roots).trusted


@pytest.mark.parametrize(
    "wrong",
    [{"may_sign": False}, {"purposes": (ExtendedKeyUsageOID.SERVER_AUTH,)}, {"purposes": ()}, {"authority": True}],
)
def test_a_certificate_for_another_use_is_not_trusted(
    wrong: dict[str, object], notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    key = issue_key(**wrong)
    found = verify(sign_bundle(notice_packet, enclosures, key, at).containers["employer"], key.roots)
    assert (found.intact, found.trusted, found.verdict) == (True, False, Verdict.DO_NOT_RELY)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"\0" * 4096])
def test_what_is_no_container_is_not_a_filing_bundle(rubbish: bytes, dev_key: SigningKey) -> None:
    found = verify(rubbish, dev_key.roots)
    assert (found.verdict, found.sentence) == (Verdict.NOT_A_BUNDLE, "Not a filing bundle")
    assert not found.intact
    assert not found.trusted


def test_a_verification_crosses_from_one_process_to_another(court: bytes, dev_key: SigningKey) -> None:
    found = verify(court, dev_key.roots)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # our own bytes


def test_a_root_of_the_same_name_and_key_identifier_is_not_the_root(
    notice_packet: Packet, enclosures: Enclosures, issue_key: IssueKey, at: datetime
) -> None:
    """The certificate points at the trusted root by name and identifier, but the root's key never signed it."""
    trusted, forger = issue_key(), issue_key()
    forged = issue_key(pretending=(trusted.roots[0], forger.private_key.key))
    found = verify(sign_bundle(notice_packet, enclosures, forged, at).containers["employer"], trusted.roots)
    assert (found.intact, found.trusted, found.verdict) == (True, False, Verdict.DO_NOT_RELY)


def check(found: Verification, name: str) -> CheckOutcome:
    return next(one.outcome for one in found.checks if one.name == name)
