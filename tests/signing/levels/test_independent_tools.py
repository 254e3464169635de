"""OpenSSL, poppler, qpdf and pyHanko's command line on every level: programs that know nothing of this service."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from service.assembling.packet_parts import Packet
from service.signing.asic import LIST_PATH, SIGNATURE_PATH
from service.signing.levels import SealLevel
from service.signing.sealer import SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle

Policies = Callable[[SealLevel], SealingPolicy]
LEVELS = list(SealLevel)
PYHANKO = Path(sys.executable).with_name("pyhanko")


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


@pytest.fixture(scope="module", params=LEVELS)
def unpacked(
    request: pytest.FixtureRequest,
    packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Policies,
    now: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The court's container of one level, unpacked beside the roots."""
    folder = tmp_path_factory.mktemp(request.param)
    bundle = sign_bundle(packet, enclosures, office.key, now, policy(request.param))
    assert bundle.seal.level is request.param
    with ZipFile(BytesIO(bundle.containers["court"])) as archive:
        archive.extractall(folder)
    (folder / "level").write_text(request.param)
    (folder / "office.pem").write_bytes(office.authority.certificate.public_bytes(Encoding.PEM))
    (folder / "clock.pem").write_bytes(clock.authority.certificate.public_bytes(Encoding.PEM))
    return folder


@needs("openssl")
def test_openssl_verifies_the_container(unpacked: Path) -> None:
    command = (
        f"openssl cms -verify -cades -purpose any -binary -inform DER -in {SIGNATURE_PATH} "
        f"-content {LIST_PATH} -CAfile office.pem -out /dev/null"
    )
    assert "CAdES Verification successful" in ran(command, unpacked)


@needs("openssl")
def test_openssl_verifies_the_time_stamp_of_the_container(unpacked: Path) -> None:
    signer = cms.ContentInfo.load((unpacked / SIGNATURE_PATH).read_bytes())["content"]["signer_infos"][0]
    stamps = [one for one in signer["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token"]
    assert bool(stamps) is (level_of(unpacked) is not SealLevel.B_B)
    for stamp in stamps:
        (unpacked / "signature").write_bytes(signer["signature"].native)
        (unpacked / "token").write_bytes(stamp["values"][0].dump())
        assert "Verification: OK" in ran(
            "openssl ts -verify -data signature -in token -token_in -CAfile clock.pem", unpacked
        )


@needs("pdfsig")
def test_poppler_finds_the_seal_valid(unpacked: Path) -> None:
    """From B-LT on evidence follows the seal. Poppler sees the last time stamp, but says that it cannot check one."""
    level = level_of(unpacked)
    for pdf in sealed_pdfs(unpacked):
        report = ran(f"pdfsig -nocert {pdf}", unpacked)
        seal, _, stamp = report.partition("Signature #2")
        assert "Signature Type: ETSI.CAdES.detached" in seal
        assert "Signature Validation: Signature is Valid." in seal
        assert ("Not total document signed" in seal) is (level in {SealLevel.B_LT, SealLevel.B_LTA})
        assert bool(stamp) is (level is SealLevel.B_LTA)
        assert not stamp or "Total document signed" in stamp


@needs("qpdf")
def test_qpdf_finds_no_fault(unpacked: Path) -> None:
    for pdf in sealed_pdfs(unpacked):
        assert "No syntax or stream encoding errors found" in ran(f"qpdf --check {pdf}", unpacked)


@pytest.mark.skipif(not PYHANKO.exists(), reason="pyhanko-cli is not installed")
def test_the_pyhanko_command_line_validates_every_seal(unpacked: Path) -> None:
    for pdf in sealed_pdfs(unpacked):
        command = (
            f"{PYHANKO} sign validate --no-revocation-check --trust office.pem --trust clock.pem --trust-replace "
            f"--pretty-print {pdf}"
        )
        report = ran(command, unpacked)
        assert "The signature is judged VALID." in report
        assert "INVALID" not in report


def level_of(unpacked: Path) -> SealLevel:
    return SealLevel((unpacked / "level").read_text())


def sealed_pdfs(unpacked: Path) -> list[Path]:
    found = [path for path in unpacked.rglob("*.pdf") if b"/ETSI.CAdES.detached" in path.read_bytes()]
    assert len(found) == 3
    return found


def ran(command: str, folder: Path) -> str:
    """What the command said, on both streams; it must have succeeded."""
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
