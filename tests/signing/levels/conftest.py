"""An office's key with its revocation lists, and a time-stamp authority on loopback that OpenSSL answers for."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from service.signing.digest_signing import KeyInMemory, PrivateKey
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.sealer import SealingPolicy
from service.signing.timestamping import TimeStampAuthority
from tests.certificates import DOCUMENT_SIGNING, ISSUING, SIGNING, blank, key_usage, named

NOW = datetime.now(UTC).replace(microsecond=0)
PATIENCE_S = 5.0
TSA_CONFIGURATION = """
[tsa]
default_tsa = clock
[clock]
serial = {folder}/serial
signer_cert = {folder}/clock.pem
certs = {folder}/root.pem
signer_key = {folder}/clock-key.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
Answer = Callable[[bytes], bytes]


class Authority(NamedTuple):
    """A certificate authority of the tests: it issues and withdraws."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(
        self,
        name: str,
        purposes: Sequence[x509.ObjectIdentifier],
        *,
        not_after: datetime = NOW + timedelta(days=365),
        critical: bool = False,
        key: PrivateKey | None = None,
    ) -> tuple[x509.Certificate, PrivateKey]:
        key = key or ec.generate_private_key(ec.SECP256R1())
        usage = x509.ExtendedKeyUsage(purposes)
        builder = self.unsigned(name, key, not_after)
        return builder.add_extension(usage, critical=critical).sign(self.key, hashes.SHA256()), key

    def unsigned(self, name: str, key: PrivateKey, not_after: datetime) -> x509.CertificateBuilder:
        return (
            blank(name, self.certificate.subject, key, self.key, since=NOW - timedelta(days=2), until=not_after)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(key_usage(*SIGNING), critical=True)
        )

    def list_of_revoked(self, *revoked: x509.Certificate, at: datetime = NOW) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at - timedelta(hours=1))
            .next_update(at + timedelta(days=7))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        for certificate in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(at - timedelta(hours=2)).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


class Office(NamedTuple):
    """The office's authority, its key, and the folder of lists that both authorities keep."""

    authority: Authority
    key: SigningKey
    lists: Path


class Clock:
    """A time-stamp authority on loopback; ``answer`` may be replaced by what it is to answer instead."""

    def __init__(self, authority: Authority, certificate: x509.Certificate, answer: Answer) -> None:
        self.authority = authority
        self.certificate = certificate
        self.honest = answer
        self.answer: Answer = answer
        self.trickles = False
        self.asked = 0
        self.url = ""


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Office:
    authority = new_authority("Example Office Root")
    lists = tmp_path_factory.mktemp("lists")
    (lists / "office.crl").write_bytes(authority.list_of_revoked())
    (lists / "clock.crl").write_bytes(clock.authority.list_of_revoked())
    return Office(authority, office_key(authority), lists)


@pytest.fixture(scope="session")
def another_key() -> Callable[[], SigningKey]:
    """Keys of others, each under an authority of its own."""
    return lambda: office_key(new_authority("Example Court Root"))


@pytest.fixture(scope="session")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    if not shutil.which("openssl"):
        pytest.skip("openssl, which answers as the time-stamp authority, is not installed")
    folder = tmp_path_factory.mktemp("clock")
    authority = new_authority("Example Time Root")
    certificate, key = authority.issue(
        "Example Clock", [ExtendedKeyUsageOID.TIME_STAMPING], critical=True, not_after=NOW + timedelta(days=3650)
    )
    write_clock(folder, authority, certificate, key)
    with served(Clock(authority, certificate, lambda query: openssl_answer(folder, query))) as clock:
        yield clock


@pytest.fixture
def crooked(clock: Clock) -> Iterator[Clock]:
    """The same authority, honest again after the test."""
    clock.asked = 0
    yield clock
    clock.answer, clock.trickles = clock.honest, False


@pytest.fixture(scope="session")
def time_authority(clock: Clock) -> TimeStampAuthority:
    return TimeStampAuthority(url=clock.url, roots=(clock.authority.certificate,), deadline_s=PATIENCE_S)


@pytest.fixture(scope="session")
def policy(time_authority: TimeStampAuthority, office: Office) -> Callable[[SealLevel], SealingPolicy]:
    return lambda level: SealingPolicy(level=level, authority=time_authority, lists=office.lists)


@contextmanager
def served(clock: Clock) -> Iterator[Clock]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            clock.asked += 1
            answer = clock.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            for byte in answer if clock.trickles else ():
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
            self.wfile.write(b"" if clock.trickles else answer)

        def log_message(self, *_: object) -> None:
            """Requests are counted, not printed."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A caller that hung up is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        clock.url = f"http://127.0.0.1:{server.server_address[1]}/"
        yield clock
        server.shutdown()
        thread.join()


ONE_AT_A_TIME = Lock()
"""A caller that gave up leaves its request at work; the next must not meet it over the authority's files."""


def openssl_answer(folder: Path, query: bytes) -> bytes:
    with ONE_AT_A_TIME:
        (folder / "query").write_bytes(query)
        command = f"openssl ts -reply -config {folder}/tsa.cnf -queryfile {folder}/query -out {folder}/reply"
        subprocess.run(command.split(), check=True, capture_output=True, timeout=20)
        return (folder / "reply").read_bytes()


def write_clock(folder: Path, authority: Authority, certificate: x509.Certificate, key: PrivateKey) -> None:
    (folder / "tsa.cnf").write_text(TSA_CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01")
    (folder / "clock.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "root.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    (folder / "clock-key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def new_authority(name: str) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        blank(name, named(name), key, key, since=NOW - timedelta(days=2), until=NOW + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(key_usage(*ISSUING), critical=True)
    )
    return Authority(builder.sign(key, hashes.SHA256()), key)


def office_key(authority: Authority, not_after: datetime = NOW + timedelta(days=365)) -> SigningKey:
    purposes = (DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION)
    certificate, key = authority.issue("Example Attorney", purposes, not_after=not_after)
    roots = (authority.certificate,)
    return SigningKey(certificate=certificate, chain=(), roots=roots, private_key=KeyInMemory(key))


def written(key: SigningKey, folder: Path) -> dict[str, str]:
    """The settings of a key in PEM files."""
    assert isinstance(key.private_key, KeyInMemory)
    names = {"OCSE_SIGNING_KEY": "key.pem", "OCSE_SIGNING_CERT": "certificate.pem", "OCSE_SIGNING_CHAIN": "chain.pem"}
    encoded = key.private_key.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(encoded)
    (folder / "certificate.pem").write_bytes(key.certificate.public_bytes(Encoding.PEM))
    (folder / "chain.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in key.roots))
    return {setting: str(folder / name) for setting, name in names.items()}
