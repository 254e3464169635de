"""Keys that are not in a file of ours: on a device, in a key service; and keys that were replaced."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.assembling.packet_parts import Packet
from service.errors import KeyRefused, KeyUnavailable
from service.signing.digest_signing import KeyInMemory, PrivateKey
from service.signing.findings import Verdict
from service.signing.former_roots import former_roots, keep_roots
from service.signing.keys import SigningKey, load_hooked_key, load_or_make_dev_key
from service.signing.pkcs11_key import TokenKey, load_pkcs11_key
from service.signing.sealing import Enclosures, sign_bundle
from service.signing.verification import verify

IssueKey = Callable[..., SigningKey]
PIN = "1234"
SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
needs_token = pytest.mark.skipif(
    not SOFTHSM.exists() or not shutil.which("softhsm2-util") or importlib.util.find_spec("pkcs11") is None,
    reason="SoftHSM (Debian: softhsm2) or python-pkcs11 is not installed",
)
OFFICE, ELSEWHERE = "Example Office", "Elsewhere"
PLACE = TokenKey(library=SOFTHSM, token=OFFICE, key="signer", pin=PIN)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Callable[[PrivateKey, str], None]:
    """A new token in a software device, into which keys can be put under a label."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        softhsm("--init-token", "--free", "--label", PLACE.token, "--so-pin", PIN, "--pin", PIN)
        yield lambda key, label: put(key, label, folder)


@needs_token
@pytest.mark.parametrize("kind", ["P-256", "P-384", "RSA"])
def test_a_key_on_a_device_signs_bundles_that_verify(
    kind: str,
    token: Callable[[PrivateKey, str], None],
    issue_key: IssueKey,
    notice_packet: Packet,
    enclosures: Enclosures,
    at: datetime,
    tmp_path: Path,
) -> None:
    made = issue_key(private_key=private_key(kind))
    token(in_memory(made), kind)
    key = load_pkcs11_key(replace(PLACE, key=kind), *written(made, tmp_path), now=at)
    bundle = sign_bundle(notice_packet, enclosures, key, at)
    assert verify(bundle.containers["employer"], made.roots).verdict is Verdict.SIGNED


@needs_token
@pytest.mark.usefixtures("token")
def test_a_key_that_the_device_does_not_hold_is_said(issue_key: IssueKey, at: datetime, tmp_path: Path) -> None:
    with pytest.raises(KeyUnavailable, match=r"did not sign with absent \(NoSuchKey\)"):
        load_pkcs11_key(replace(PLACE, key="absent"), *written(issue_key(), tmp_path), now=at)


@needs_token
@pytest.mark.usefixtures("token")
def test_a_wrong_pin_or_token_is_said_and_the_pin_is_not(issue_key: IssueKey, at: datetime, tmp_path: Path) -> None:
    paths = written(issue_key(), tmp_path)
    with pytest.raises(KeyUnavailable, match="NoSuchToken"):
        load_pkcs11_key(replace(PLACE, token=ELSEWHERE), *paths, now=at)
    assert PIN not in repr(PLACE)


@needs_token
def test_a_certificate_of_another_key_than_the_devices_is_refused(
    token: Callable[[PrivateKey, str], None], issue_key: IssueKey, at: datetime, tmp_path: Path
) -> None:
    token(ec.generate_private_key(ec.SECP256R1()), "other")
    with pytest.raises(KeyRefused, match="belongs to another private key"):
        load_pkcs11_key(replace(PLACE, key="other"), *written(issue_key(), tmp_path), now=at)


@needs_token
def test_a_library_that_is_none_is_said(issue_key: IssueKey, at: datetime, tmp_path: Path) -> None:
    (tmp_path / "nothing.so").write_bytes(b"")
    with pytest.raises(KeyRefused, match=r"nothing\.so is no PKCS #11 library"):
        load_pkcs11_key(replace(PLACE, library=tmp_path / "nothing.so"), *written(issue_key(), tmp_path), now=at)


class FakeKeyService:
    """A key service as its client sees it: digests go in, signatures come out."""

    def __init__(self, key: PrivateKey) -> None:
        self._inside = KeyInMemory(key)
        self.digests: list[bytes] = []
        self.down = False

    def sign_digest(self, digest: bytes) -> bytes:
        if self.down:
            raise KeyUnavailable("The key service does not answer.")
        self.digests.append(digest)
        return self._inside.sign_digest(digest)


def test_a_key_service_signs_through_a_hook_and_sees_digests_only(
    issue_key: IssueKey,
    notice_packet: Packet,
    enclosures: Enclosures,
    at: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = issue_key()
    service = hooked(FakeKeyService(in_memory(made)), monkeypatch)
    key = load_hooked_key("office_hook:signer", *written(made, tmp_path), now=at)
    bundle = sign_bundle(notice_packet, enclosures, key, at)
    assert verify(bundle.containers["employer"], made.roots).verdict is Verdict.SIGNED
    assert service.digests
    assert {len(digest) for digest in service.digests} == {32}


def test_a_key_service_that_is_down_signs_nothing(
    issue_key: IssueKey,
    notice_packet: Packet,
    enclosures: Enclosures,
    at: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = issue_key()
    service = hooked(FakeKeyService(in_memory(made)), monkeypatch)
    key = load_hooked_key("office_hook:signer", *written(made, tmp_path), now=at)
    service.down = True
    with pytest.raises(KeyUnavailable):
        sign_bundle(notice_packet, enclosures, key, at)


@pytest.mark.parametrize("hook", ["nowhere:signer", "json:signer", "json", ":"])
def test_a_hook_that_is_not_there_is_said(hook: str, issue_key: IssueKey, at: datetime, tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="cannot be loaded"):
        load_hooked_key(hook, *written(issue_key(), tmp_path), now=at)


def test_old_bundles_verify_after_the_key_was_replaced(
    issue_key: IssueKey, notice_packet: Packet, enclosures: Enclosures, at: datetime, tmp_path: Path
) -> None:
    old, new = issue_key(), issue_key()
    bundle = sign_bundle(notice_packet, enclosures, old, at).containers["employer"]
    keep_roots(tmp_path / "roots", old.roots)
    keep_roots(tmp_path / "roots", new.roots)
    former = former_roots(tmp_path / "roots", new)
    assert former == old.roots
    assert verify(bundle, new.roots).verdict is Verdict.UNKNOWN_SIGNER
    assert verify(bundle, (*new.roots, *former)).verdict is Verdict.SIGNED


def test_a_root_that_was_deleted_is_trusted_no_more(issue_key: IssueKey, tmp_path: Path) -> None:
    stolen, new = issue_key(), issue_key()
    keep_roots(tmp_path, stolen.roots)
    for path in tmp_path.iterdir():
        path.unlink()
    assert former_roots(tmp_path, new) == ()


def test_a_key_that_a_court_can_rely_on_brings_no_trust_in_test_roots(
    dev_key: SigningKey, issue_key: IssueKey, tmp_path: Path
) -> None:
    later = load_or_make_dev_key(tmp_path / "later", datetime.now(UTC))
    keep_roots(tmp_path / "roots", dev_key.roots)
    assert former_roots(tmp_path / "roots", issue_key()) == ()
    assert former_roots(tmp_path / "roots", later) == dev_key.roots


def test_a_kept_root_that_cannot_be_read_is_named(issue_key: IssueKey, tmp_path: Path) -> None:
    (tmp_path / "old.pem").write_text("nothing")
    with pytest.raises(KeyRefused, match=r"old\.pem, a root of a former key, cannot be read"):
        former_roots(tmp_path, issue_key())


def hooked(service: FakeKeyService, monkeypatch: pytest.MonkeyPatch) -> FakeKeyService:
    module = ModuleType("office_hook")
    module.__dict__["signer"] = lambda: service
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return service


def private_key(kind: str) -> PrivateKey:
    if kind == "RSA":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1() if kind == "P-256" else ec.SECP384R1())


def in_memory(key: SigningKey) -> PrivateKey:
    assert isinstance(key.private_key, KeyInMemory)
    return key.private_key.key


def written(key: SigningKey, folder: Path) -> tuple[Path, Path]:
    certificate, chain = folder / "certificate.pem", folder / "chain.pem"
    certificate.write_bytes(key.certificate.public_bytes(Encoding.PEM))
    chain.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in (*key.chain, *key.roots)))
    return certificate, chain


def put(key: PrivateKey, label: str, folder: Path) -> None:
    path = folder / f"{label}.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    name = label.encode().hex()
    softhsm("--import", str(path), "--token", PLACE.token, "--label", label, "--id", name, "--pin", PIN)


def softhsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True, timeout=30)
