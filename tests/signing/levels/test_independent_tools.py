"""Programs that know nothing of this service, on every kind of container and every level.

OpenSSL, sha256sum, poppler, qpdf and pyHanko's command line; a test whose program is missing is skipped and says which.
"""

import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from service.assembling.packet_parts import Packet
from service.signing.asic import LAST_ARCHIVE_LIST_PATH, LIST_PATH, SIGNATURE_PATH
from service.signing.levels import SealLevel
from service.signing.restamping import restamp_bundle
from service.signing.sealer import SealingPolicy
from service.signing.sealing import Enclosures, sign_bundle

Policies = Callable[[SealLevel], SealingPolicy]
LEVELS = list(SealLevel)
READERS = ["court", "employer", "record"]
PYHANKO = Path(sys.executable).with_name("pyhanko")


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


@pytest.fixture(scope="module", params=product(LEVELS, READERS), ids="-".join)
def unpacked(
    request: pytest.FixtureRequest,
    packet: Packet,
    notice_packet: Packet,
    enclosures: Enclosures,
    office: Any,
    clock: Any,
    policy: Policies,
    now: datetime,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """One kind of container at one level, unpacked beside the roots; at B-LTA it was stamped again as well."""
    level, reader = request.param
    folder = tmp_path_factory.mktemp("unpacked")
    papers = notice_packet if reader == "employer" else packet
    bundle = sign_bundle(papers, enclosures, office.key, now, policy(level))
    assert bundle.seal.level is level
    container = bundle.containers[reader]
    if level is SealLevel.B_LTA:
        container = restamp_bundle(container, office.key.roots, [clock.authority.certificate], policy(level)).content
    with ZipFile(BytesIO(container)) as archive:
        archive.extractall(folder)
    (folder / "level").write_text(level)
    (folder / "reader").write_text(reader)
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


@needs("openssl")
def test_openssl_verifies_the_later_time_stamp(unpacked: Path) -> None:
    stamp = unpacked / "META-INF" / "timestamp001.tst"
    assert stamp.exists() is (level_of(unpacked) is SealLevel.B_LTA)
    if stamp.exists():
        command = f"openssl ts -verify -data {LAST_ARCHIVE_LIST_PATH} -in {stamp} -token_in -CAfile clock.pem"
        assert "Verification: OK" in ran(command, unpacked)


@needs("sha256sum")
def test_sha256sum_finds_every_file_as_listed(unpacked: Path) -> None:
    """As the signed list has them, and at B-LTA as the list of the later stamping has them, signature included."""
    for listing in (LIST_PATH, LAST_ARCHIVE_LIST_PATH):
        if not (unpacked / listing).exists():
            continue
        entries = etree.parse(unpacked / listing).getroot()[1:]
        digests = {one.get("URI"): b64decode(one.findtext("{*}DigestValue", "")).hex() for one in entries}
        (unpacked / "sums").write_text("".join(f"{digest}  {path}\n" for path, digest in digests.items()))
        assert ran("sha256sum --check --strict sums", unpacked).count(": OK") == len(digests) >= 3


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
    alike = None if (unpacked / "reader").read_text() == "court" else 1  # it takes its time: one of each other kind
    for pdf in sealed_pdfs(unpacked)[:alike]:
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
    assert len(found) == {"court": 3, "record": 3, "employer": 2}[(unpacked / "reader").read_text()]
    return found


def ran(command: str, folder: Path) -> str:
    """What the command said, on both streams; it must have succeeded."""
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
