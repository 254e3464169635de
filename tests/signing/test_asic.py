"""The container: its layout, and its verification by programs that know nothing of this service."""

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from service.assembling.packet_parts import Packet
from service.signing.asic import LIST_PATH, SIGNATURE_PATH, build_container, file_list, lay_out
from service.signing.bundle import SignedBundle
from service.signing.keys import SigningKey, load_or_make_dev_key, trust_roots_pem
from service.signing.sealing import Enclosures, sign_bundle

FILES = {"manifest.json": b"{}", "public/01-motion.pdf": b"%PDF-", "packet.pdf": b"%PDF-1.7"}
IssueKey = Callable[..., SigningKey]
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def test_the_media_type_comes_first_and_the_signature_last(dev_key: SigningKey, at: datetime) -> None:
    with ZipFile(BytesIO(build_container(FILES, dev_key, at))) as archive:
        assert archive.namelist() == [
            "mimetype",
            "manifest.json",
            "packet.pdf",
            "public/01-motion.pdf",
            "META-INF/ASiCManifest001.xml",
            "META-INF/signature001.p7s",
        ]


def test_the_media_type_can_be_read_without_unzipping(dev_key: SigningKey, at: datetime) -> None:
    container = build_container(FILES, dev_key, at)
    assert container[30:38] == b"mimetype"
    assert container[38:69] == b"application/vnd.etsi.asic-e+zip"


def test_every_entry_is_stored_plainly_in_1980(dev_key: SigningKey, at: datetime) -> None:
    with ZipFile(BytesIO(build_container(FILES, dev_key, at))) as archive:
        assert {(entry.compress_type, entry.date_time, entry.external_attr >> 16) for entry in archive.infolist()} == {
            (ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0o100644)
        }


def test_the_layout_is_the_same_on_every_machine() -> None:
    """Bundles are checked by writing them again: these bytes may never change."""
    laid_out = lay_out({"META-INF/signature001.p7s": b"s", "b.json": b"b", "mimetype": b"m", "a.pdf": b"a"})
    assert hashlib.sha256(laid_out).hexdigest() == "859f1de5b607d2b7ee308912e02c63f39ebf513880ee7ef173f5b41c0208da6b"


def test_the_list_names_every_file_in_code_point_order() -> None:
    listed = file_list({"b.json": bytes(32), "a.pdf": bytes(32)})
    references = list(etree.fromstring(listed).iter("{http://uri.etsi.org/02918/v1.2.1#}DataObjectReference"))
    assert [(one.get("URI"), one.get("MimeType")) for one in references] == [
        ("a.pdf", "application/pdf"),
        ("b.json", "application/json"),
    ]


def test_only_the_signature_differs_between_two_containers(dev_key: SigningKey, at: datetime) -> None:
    first, second = (entries(build_container(FILES, dev_key, at)) for _ in range(2))
    assert {path for path in first if first[path] != second[path]} == {SIGNATURE_PATH}


@pytest.mark.parametrize(
    "path", ["../evil.pdf", "/abs.pdf", "a/b/c.pdf", "motion.exe", "mo tion.pdf", "é.pdf", "x" * 47 + ".pdf"]
)
def test_a_path_that_a_court_could_not_take_is_refused(path: str, dev_key: SigningKey, at: datetime) -> None:
    with pytest.raises(ValueError, match="not a path for a container"):
        build_container({**FILES, path: b""}, dev_key, at)


@needs_openssl
@pytest.mark.parametrize("reader", ["court", "record"])
def test_openssl_verifies_every_bundle(reader: str, packet: Packet, enclosures: Enclosures, tmp_path: Path) -> None:
    """OpenSSL looks at its own clock, so key and bundle are of this moment."""
    now = datetime.now(UTC)
    key = load_or_make_dev_key(tmp_path / "keys", now)
    (tmp_path / "root.pem").write_bytes(trust_roots_pem(key))
    container = sign_bundle(packet, enclosures, key, now).containers[reader]
    assert "CAdES Verification successful" in openssl_verify(container, tmp_path / "root.pem", tmp_path)


@needs_openssl
def test_openssl_verifies_a_chain_with_an_rsa_key(issue_key: IssueKey, at: datetime, tmp_path: Path) -> None:
    key = issue_key(private_key=rsa.generate_private_key(65537, 2048))
    (tmp_path / "root.pem").write_bytes(trust_roots_pem(key))
    report = openssl_verify(build_container(FILES, key, at), tmp_path / "root.pem", tmp_path)
    assert "CAdES Verification successful" in report


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
@pytest.mark.parametrize("reader", ["court", "record"])
def test_sha256sum_agrees_with_the_list(reader: str, bundle: SignedBundle, tmp_path: Path) -> None:
    with ZipFile(BytesIO(bundle.containers[reader])) as archive:
        archive.extractall(tmp_path)
        payload = {path for path in archive.namelist() if not path.startswith("META-INF/")} - {"mimetype"}
    listed = etree.parse(tmp_path / LIST_PATH).getroot().iter("{http://uri.etsi.org/02918/v1.2.1#}DataObjectReference")
    lines = [
        f"{base64.b64decode(one.findtext('{*}DigestValue', '')).hex()}  {unquote(one.get('URI', ''))}" for one in listed
    ]
    (tmp_path / "sums").write_text("\n".join(lines) + "\n")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "sums"], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert {line.partition("  ")[2] for line in lines} == payload


def openssl_verify(container: bytes, root_pem: Path, directory: Path) -> str:
    """The command of the contract, word for word; both streams."""
    with ZipFile(BytesIO(container)) as archive:
        archive.extractall(directory)
    command = (
        "openssl cms -verify -cades -purpose any -binary -inform DER -in META-INF/signature001.p7s "
        f"-content META-INF/ASiCManifest001.xml -CAfile {root_pem}"
    )
    ran = subprocess.run(command.split(), cwd=directory, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


def entries(container: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(container)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}
