"""What each level holds, whether it holds without us, and what is said when it cannot be reached."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed, AdESSubIndic
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from service.assembling.packet_parts import Packet
from service.errors import KeyRefused
from service.signing.findings import Verdict
from service.signing.levels import SealLevel
from service.signing.seal_reading import read_seal
from service.signing.sealer import Sealer, SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.timestamping import TimeStampAuthority
from service.signing.verification import verify

Policies = Callable[[SealLevel], SealingPolicy]
LEVELS = list(SealLevel)
STAMPED = [SealLevel.B_T, SealLevel.B_LT, SealLevel.B_LTA]


@pytest.fixture(scope="module")
def sealed(pleading_pdf_with_fields: bytes, office: Any, policy: Policies, now: datetime) -> dict[SealLevel, bytes]:
    return {level: Sealer(office.key, now, policy(level)).document(pleading_pdf_with_fields)[0] for level in LEVELS}


@pytest.mark.parametrize("level", LEVELS)
def test_a_seal_reaches_the_level_asked_for(level: SealLevel, sealed: dict[SealLevel, bytes], office: Any) -> None:
    assert read_seal(sealed[level], office.key.certificate) is level


@pytest.mark.parametrize("level", STAMPED)
def test_the_statement_names_whose_clock_vouches(
    level: SealLevel, pleading_pdf: bytes, office: Any, policy: Policies, now: datetime
) -> None:
    _, statement = Sealer(office.key, now, policy(level)).document(pleading_pdf)
    assert (statement.level, statement.shortfall) == (level, None)
    assert statement.time.endswith(" UTC by the clock of Example Clock")


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_appended_and_leaves_the_document_as_it_was(
    level: SealLevel, sealed: dict[SealLevel, bytes], pleading_pdf_with_fields: bytes
) -> None:
    assert sealed[level].startswith(pleading_pdf_with_fields)
    with pikepdf.open(BytesIO(pleading_pdf_with_fields)) as before, pikepdf.open(BytesIO(sealed[level])) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        assert after.pages[0].Contents.read_bytes() == before.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_certifies_for_form_filling(level: SealLevel, sealed: dict[SealLevel, bytes]) -> None:
    assert PdfFileReader(BytesIO(sealed[level])).embedded_regular_signatures[0].docmdp_level is MDPPerm.FILL_FORMS


def test_b_t_holds_a_stamp_that_pyhanko_trusts(sealed: dict[SealLevel, bytes], office: Any, clock: Any) -> None:
    seal = PdfFileReader(BytesIO(sealed[SealLevel.B_T])).embedded_regular_signatures[0]
    roots = [asn1(office.authority.certificate), asn1(clock.authority.certificate)]
    status = validate_pdf_signature(seal, ValidationContext(trust_roots=roots, allow_fetching=False))
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted


@pytest.mark.parametrize("level", [SealLevel.B_LT, SealLevel.B_LTA])
def test_lasting_levels_hold_by_the_lists_in_the_file(
    level: SealLevel, sealed: dict[SealLevel, bytes], office: Any, clock: Any
) -> None:
    """PyHanko asks for a list of every certificate, is given none, and may fetch none."""
    reader = PdfFileReader(BytesIO(sealed[level]))
    roots = [asn1(office.authority.certificate), asn1(clock.authority.certificate)]
    rules = {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "require"}
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(rules)
    status = validate_pdf_signature(reader.embedded_regular_signatures[0], context)
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted


async def test_b_lta_holds_by_what_the_file_carries_alone(
    sealed: dict[SealLevel, bytes], office: Any, clock: Any, now: datetime
) -> None:
    """Long-term validation as ETSI EN 319 102-1 § 5.6.3 has it, by pyHanko."""
    assert await lasting_status(sealed[SealLevel.B_LTA], office, clock, now) is AdESPassed.OK


@pytest.mark.parametrize("level", [SealLevel.B_B, SealLevel.B_T])
async def test_lower_levels_do_not(
    level: SealLevel, sealed: dict[SealLevel, bytes], office: Any, clock: Any, now: datetime
) -> None:
    assert await lasting_status(sealed[level], office, clock, now) is not AdESPassed.OK


async def test_b_lta_holds_years_after_the_signer_expired(
    sealed: dict[SealLevel, bytes], office: Any, clock: Any, now: datetime
) -> None:
    """Of then, only the time-stamp authority need still be in force."""
    later = now + timedelta(days=3 * 365)
    fresh = clock.authority.list_of_revoked(at=later)
    assert await lasting_status(sealed[SealLevel.B_LTA], office, clock, later, fresh) is AdESPassed.OK
    assert await lasting_status(sealed[SealLevel.B_T], office, clock, later, fresh) is not AdESPassed.OK


def test_b_lt_carries_both_chains_and_their_lists(sealed: dict[SealLevel, bytes], office: Any, clock: Any) -> None:
    store = DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(sealed[SealLevel.B_LT])))
    carried = {one.dump() for one in store.load_certs()}
    expected = (office.key.certificate, office.authority.certificate, clock.certificate, clock.authority.certificate)
    assert carried == {one.public_bytes(Encoding.DER) for one in expected}
    assert len(store.crls) == 2


@pytest.mark.parametrize("level", LEVELS)
def test_a_bundle_of_every_level_verifies_and_says_what_it_reached(
    level: SealLevel, packet: Packet, enclosures: Enclosures, office: Any, clock: Any, policy: Policies, now: datetime
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(level))
    found = verify(bundle.containers["court"], office.key.roots, time_roots=[clock.authority.certificate])
    assert found.verdict is Verdict.SIGNED
    assert bundle.seal.level is level
    assert bundle.manifest["seal"]["level"] == level
    sealed = [document["seal"] for document in bundle.manifest["documents"] if document["sealed"]]
    assert {seal["level"] for seal in sealed} == {level}
    container_level = SealLevel.B_B if level is SealLevel.B_B else SealLevel.B_T
    assert {seal.level for seal in bundle.container_seals.values()} == {container_level}
    assert (found.stamped_at is None) is (level is SealLevel.B_B)


def test_an_outage_costs_the_level_and_not_the_filing(
    packet: Packet, enclosures: Enclosures, office: Any, policy: Policies, now: datetime
) -> None:
    nobody = replace(authority_of(policy), url="http://127.0.0.1:1/")
    bundle = sign_bundle(packet, enclosures, office.key, now, replace(policy(SealLevel.B_LTA), authority=nobody))
    assert bundle.seal.as_json() == {
        "level": "B-B",
        "time": "no trusted time: the time-stamp authority did not answer (ConnectionRefusedError)",
        "shortfall": "B-LTA was asked for: the time-stamp authority did not answer (ConnectionRefusedError)",
    }
    assert {seal.level for seal in bundle.container_seals.values()} == {SealLevel.B_B}
    assert verify(bundle.containers["court"], office.key.roots).verdict is Verdict.SIGNED


def test_an_authority_that_failed_is_not_asked_again_for_the_same_bundle(
    packet: Packet, enclosures: Enclosures, office: Any, crooked: Any, policy: Policies, now: datetime
) -> None:
    crooked.answer = lambda _: b"out of order"
    sign_bundle(packet, enclosures, office.key, now, policy(SealLevel.B_T))
    assert crooked.asked == 1


def test_an_outage_halfway_is_told_of_each_document(
    packet: Packet, enclosures: Enclosures, office: Any, crooked: Any, policy: Policies, now: datetime
) -> None:
    crooked.answer = lambda query: crooked.honest(query) if crooked.asked == 1 else b"out of order"
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(SealLevel.B_T))
    levels = [document["seal"]["level"] for document in bundle.manifest["documents"] if document["sealed"]]
    assert levels == ["B-T", "B-B", "B-B"]
    assert bundle.seal.level is SealLevel.B_B
    assert "no time-stamp reply" in bundle.seal.time
    assert verify(bundle.containers["court"], office.key.roots).verdict is Verdict.SIGNED


def test_an_outage_before_the_last_stamp_leaves_b_lt(
    pleading_pdf: bytes, office: Any, crooked: Any, policy: Policies, now: datetime
) -> None:
    crooked.answer = lambda query: crooked.honest(query) if crooked.asked == 1 else b"out of order"
    sealed, statement = Sealer(office.key, now, policy(SealLevel.B_LTA)).document(pleading_pdf)
    assert statement.level is SealLevel.B_LT
    assert statement.shortfall is not None
    assert statement.shortfall.startswith("B-LTA was asked for: the time-stamp authority answered")
    assert read_seal(sealed, office.key.certificate) is SealLevel.B_LT


def test_a_bundle_waits_no_longer_for_slow_stamps_than_for_one_that_hangs(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime
) -> None:
    """The patience is the bundle's, so that a slow authority cannot use up the time of a filing."""
    impatient = replace(authority_of(policy), deadline_s=0.0)
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_T), authority=impatient)).document(pleading_pdf)
    assert statement.level is SealLevel.B_B
    assert "did not answer" in statement.time


def test_a_chain_without_a_list_leaves_b_t(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_LT), lists=tmp_path)).document(pleading_pdf)
    assert statement.level is SealLevel.B_T
    assert statement.shortfall == "B-LT was asked for: no revocation list in force covers Example Attorney"


def test_a_list_past_its_time_is_no_evidence(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "office.crl").write_bytes(office.authority.list_of_revoked(at=now - timedelta(days=30)))
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_LT), lists=tmp_path)).document(pleading_pdf)
    assert statement.level is SealLevel.B_T
    assert "no revocation list in force" in str(statement.shortfall)


def test_a_file_that_is_no_list_is_named_and_costs_the_level_only(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "office.crl").write_bytes(b"<html>")
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_LT), lists=tmp_path)).document(pleading_pdf)
    assert statement.shortfall == "B-LT was asked for: no certificate revocation list: office.crl"


def test_a_revoked_key_signs_nothing(office: Any, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "office.crl").write_bytes(office.authority.list_of_revoked(office.key.certificate))
    with pytest.raises(KeyRefused, match="was revoked"):
        Sealer(office.key, now, SealingPolicy(lists=tmp_path))


def test_a_stamp_of_a_revoked_authority_is_not_used(
    pleading_pdf: bytes, office: Any, clock: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "clock.crl").write_bytes(clock.authority.list_of_revoked(clock.certificate))
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_T), lists=tmp_path)).document(pleading_pdf)
    assert statement.level is SealLevel.B_B
    assert "was revoked" in statement.time


def test_lists_in_pem_are_read_as_well(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    for path in office.lists.iterdir():
        revoked = x509.load_der_x509_crl(path.read_bytes())
        (tmp_path / path.name).write_bytes(revoked.public_bytes(Encoding.PEM))
    _, statement = Sealer(office.key, now, replace(policy(SealLevel.B_LT), lists=tmp_path)).document(pleading_pdf)
    assert statement.level is SealLevel.B_LT


async def lasting_status(pdf: bytes, office: Any, clock: Any, at: datetime, *fresh: bytes) -> AdESSubIndic:
    roots = [asn1(office.authority.certificate), asn1(clock.authority.certificate)]
    spec = SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=roots),
            revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(known_crls=[CRLContainer(CertificateList.load(one)) for one in fresh]),
    )
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True)
    seal = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[0]
    return (await ades_lta_validation(seal, PdfSignatureValidationSpec(spec), timing)).ades_subindic


def authority_of(policy: Policies) -> TimeStampAuthority:
    authority = policy(SealLevel.B_T).authority
    assert authority is not None
    return authority


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
