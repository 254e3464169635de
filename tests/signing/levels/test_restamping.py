"""A fresh time stamp for what was sealed earlier: by the configured authority, and only for what holds."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.dss import DocumentSecurityStore

from service.assembling.packet_parts import Packet
from service.cli import main
from service.errors import BundleRefused
from service.facts.canonical import digest
from service.signing.certificates import asn1_form
from service.signing.findings import Verdict
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.restamping import restamp_bundle, restamp_pdf
from service.signing.seal_reading import read_seal
from service.signing.sealer import Sealer, SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.timestamping import TimeStampUnavailable
from service.signing.verification import verify
from service.signing.verify_bundle import check, check_pdf, said
from tests.hostile_bundles import opened, with_part
from tests.signing.levels.conftest import written
from tests.signing.levels.test_later_hands import file_marked, page_stamped, signed
from tests.signing.levels.test_levels import lasting_status

Policies = Callable[[SealLevel], SealingPolicy]


@pytest.mark.parametrize("level", SealLevel)
@pytest.mark.parametrize("reader", ["court", "record"])
def test_a_bundle_of_every_level_takes_a_fresh_stamp(
    level: SealLevel,
    reader: str,
    packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Policies,
    now: datetime,
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(level)).containers[reader]
    clocks = [clock.authority.certificate]
    once = restamp_bundle(bundle, office.key.roots, clocks, policy(level))
    twice = restamp_bundle(once.content, office.key.roots, clocks, policy(level))
    assert (once.authority, once.until) == ("Example Clock", clock.certificate.not_valid_after_utc)
    found = verify(twice.content, office.key.roots, time_roots=clocks)
    assert found.verdict is Verdict.SIGNED
    assert any(one.name == "It was stamped again later" for one in found.checks)
    by_one_file = check(twice.content, office.key.roots, clocks)
    assert (by_one_file.faults, len(by_one_file.stamped)) == ([], 2)
    assert opened(bundle).items() < opened(twice.content).items()


def test_what_does_not_hold_is_not_stamped(
    packet: Packet, enclosures: Enclosures, office: Any, another_key: Any, policy: Policies, now: datetime
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now).containers["court"]
    changed = with_part(bundle, "packet.pdf", opened(bundle)["packet.pdf"] + b"\n")
    for wrong, roots in ((changed, office.key.roots), (bundle, another_key().roots)):
        with pytest.raises(BundleRefused, match="Only a bundle that verifies is stamped again"):
            restamp_bundle(wrong, roots, (), policy(SealLevel.B_T))


@pytest.mark.parametrize("revoked", [True, False])
def test_without_an_authority_that_can_be_relied_on_nothing_is_stamped(
    revoked: bool,  # noqa: FBT001  # a parameter of the test
    packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Policies,
    now: datetime,
    tmp_path: Path,
) -> None:
    bundle = sign_bundle(packet, enclosures, office.key, now).containers["court"]
    (tmp_path / "clock.crl").write_bytes(clock.authority.list_of_revoked(clock.certificate))
    wrong = replace(policy(SealLevel.B_T), lists=tmp_path) if revoked else SealingPolicy()
    with pytest.raises(TimeStampUnavailable, match="was revoked" if revoked else "is not configured"):
        restamp_bundle(bundle, office.key.roots, (), wrong)


async def test_a_pdf_by_itself_takes_evidence_and_a_stamp(
    pleading_pdf_with_fields: bytes, office: Any, clock: Any, policy: Policies, now: datetime
) -> None:
    sealed, _ = Sealer(office.key, now, policy(SealLevel.B_LTA)).document(pleading_pdf_with_fields)
    made = await asyncio.to_thread(restamp_pdf, sealed, office.key.roots, policy(SealLevel.B_LTA))
    assert made.content.startswith(sealed)
    assert read_seal(made.content, office.key.certificate) is SealLevel.B_LTA
    reader = PdfFileReader(BytesIO(made.content))
    assert [one.field_name for one in reader.embedded_timestamp_signatures] == ["Time-Stamp", "Time-Stamp-2"]
    assert await lasting_status(made.content, office, clock, now) is AdESPassed.OK
    carried = {one.dump() for one in DocumentSecurityStore.read_dss(reader).load_certs()}
    assert asn1_form(clock.certificate).dump() in carried


def test_a_pdf_that_others_signed_or_nobody_is_not_stamped(
    pleading_pdf_with_fields: bytes, office: Any, another_key: Any, policy: Policies, now: datetime
) -> None:
    sealed, _ = Sealer(office.key, now, SealingPolicy()).document(pleading_pdf_with_fields)
    by_clerk = asyncio.run(signed(sealed, another_key(), "Sig-Clerk"))
    for wrong, roots in (
        (by_clerk, office.key.roots),
        (page_stamped(sealed), office.key.roots),
        (pleading_pdf_with_fields, office.key.roots),
        (sealed, another_key().roots),
    ):
        with pytest.raises(BundleRefused):
            restamp_pdf(wrong, roots, policy(SealLevel.B_T))


def test_the_one_file_names_all_that_follows_a_seal(
    pleading_pdf_with_fields: bytes, office: Any, clock: Any, another_key: Any, policy: Policies, now: datetime
) -> None:
    """Clerk and judge come after the seal: that is said, and never that nothing was changed."""
    clerk: SigningKey = another_key()
    clocks = [clock.authority.certificate]
    for level in SealLevel:
        sealed, _ = Sealer(office.key, now, policy(level)).document(pleading_pdf_with_fields)
        found = check_pdf(sealed, office.key.roots, clocks)
        assert (found.faults, found.root) == ([], office.key.roots[0])
        evidence = " ".join(words for _, words in found.revised)
        assert bool(evidence) is (level in {SealLevel.B_LT, SealLevel.B_LTA})
        assert ("by the clock of Example Clock" in evidence) is (level is SealLevel.B_LTA)
        by_clerk = asyncio.run(signed(file_marked(sealed), clerk, "Sig-Clerk"))
        ((_, words),) = check_pdf(by_clerk, office.key.roots, clocks).revised
        assert "a signature with the key of Example Attorney, over all before it" in words
        by_stranger = check_pdf(page_stamped(by_clerk), office.key.roots, clocks)
        ((_, words),) = by_stranger.revised
        assert "bytes that no signature or time stamp covers" in words
        first, *_, revisions, revocation = said(by_stranger)
        assert first == "Intact as far as its seal covers it, and signed by Example Attorney"
        assert revisions == "  open    whether what follows a seal changes what its pages show: not examined"
        assert revocation == "  open    whether a certificate was revoked: not examined"


def test_the_one_file_finds_every_changed_byte_of_a_sealed_pdf(
    pleading_pdf_with_fields: bytes, office: Any, clock: Any, policy: Policies, now: datetime
) -> None:
    sealed, _ = Sealer(office.key, now, policy(SealLevel.B_LTA)).document(pleading_pdf_with_fields)
    clocks = [clock.authority.certificate]
    for place in range(0, len(sealed), len(sealed) // 60):
        changed = sealed[:place] + bytes([sealed[place] ^ 0x01]) + sealed[place + 1 :]
        assert check_pdf(changed, office.key.roots, clocks).faults, place
    many = b"/ByteRange [0 1 2 3]" * 100_000
    for more in (b"x", b"1 0 obj\n<<>>\nendobj\n", many + b"%%EOF"):
        assert check_pdf(sealed + more, office.key.roots, clocks).faults


def test_the_command_stamps_in_place_and_what_a_former_key_signed(
    packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    another_key: Any,
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The key has changed since; its root was kept."""
    (tmp_path / "clock.pem").write_bytes(clock.authority.certificate.public_bytes(Encoding.PEM))
    roots = tmp_path / "state" / "keys" / "roots"
    roots.mkdir(parents=True)
    (roots / "former.pem").write_bytes(office.authority.certificate.public_bytes(Encoding.PEM))
    settings = {"OCSE_STATE_DIR": str(tmp_path / "state"), "OCSE_TSA_ROOTS": str(tmp_path / "clock.pem")}
    for name, value in {**settings, **written(another_key(), tmp_path)}.items():
        monkeypatch.setenv(name, value)
    bundle = tmp_path / "court.asice"
    content = sign_bundle(packet, enclosures, office.key, now).containers["court"]
    bundle.write_bytes(content)
    assert main(["restamp", str(bundle), "--json"]) == 1
    assert "a time stamp needs OCSE_TSA_URL." in capsys.readouterr().out
    assert bundle.read_bytes() == content
    monkeypatch.setenv("OCSE_TSA_URL", clock.url)
    assert main(["restamp", str(bundle), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["file"], said["authority"]) == (str(bundle), "Example Clock")
    assert datetime.fromisoformat(said["lasts_until"]) > now + timedelta(days=3000)
    assert main(["verify", str(bundle)]) == 0
    said_by_verify = capsys.readouterr().out
    (tmp_path / "motion.pdf").write_bytes(opened(content)["public/01-motion-to-modify.pdf"])
    assert main(["restamp", str(tmp_path / "motion.pdf"), "--out", str(tmp_path / "kept.pdf")]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'kept.pdf'}\nStamped ")
    assert (tmp_path / "kept.pdf").read_bytes().startswith((tmp_path / "motion.pdf").read_bytes())
    assert main(["restamp", str(tmp_path / "root.pem")]) == 1
    capsys.readouterr()
    assert main(["audit", "show", "--json"]) == 0
    noted = [entry for entry in json.loads(capsys.readouterr().out)["entries"] if entry["event"] == "restamped"]
    assert [entry["actor"] for entry in noted] == ["local-operator", "local-operator"]
    assert noted[0]["detail"] == {"before": digest(content), "after": digest(bundle.read_bytes())}
    assert "It was stamped again later: Over everything before, each time: " in said_by_verify
    assert "Stamp it again before that day." in said_by_verify


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_poppler_and_qpdf_agree_on_a_pdf_stamped_again(
    pleading_pdf: bytes, office: Any, policy: Policies, now: datetime, tmp_path: Path
) -> None:
    sealed, _ = Sealer(office.key, now, policy(SealLevel.B_LTA)).document(pleading_pdf)
    (tmp_path / "again.pdf").write_bytes(restamp_pdf(sealed, office.key.roots, policy(SealLevel.B_LTA)).content)
    said = subprocess.run(["pdfsig", "-nocert", "again.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Signature Validation: Signature is Valid." in said.stdout
    assert "Signature #3" in said.stdout
    checked = subprocess.run(
        ["qpdf", "--check", "again.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "No syntax or stream encoding errors found" in checked.stdout
