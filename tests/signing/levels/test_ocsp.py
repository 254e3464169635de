"""Asking responders whether a certificate still stands: preferred, bounded, checked, and never the only way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore

from service.errors import KeyRefused
from service.sealing_setup import announcement, load_sealing_policy
from service.settings import Settings, SettingsRefused
from service.signing.certificates import asn1_form
from service.signing.digest_signing import KeyInMemory
from service.signing.keys import SigningKey
from service.signing.levels import SealLevel
from service.signing.seal_reading import read_seal
from service.signing.sealer import Sealer, SealingPolicy, revocation_notice
from tests.certificates import DOCUMENT_SIGNING
from tests.signing.levels.conftest import NOW, Authority, new_authority

Policies = Callable[[SealLevel], SealingPolicy]
SHORT_S, LONG_S = 0.3, 5.0
GOOD, REVOKED, UNKNOWN = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED, ocsp.OCSPCertStatus.UNKNOWN


class Responder:
    """Answers for one authority. What it says of certificates, how, and how slowly, is for the test to set."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.status = GOOD
        self.signer = authority
        self.answer: Callable[[bytes], bytes] = self.honest
        self.hangs_s = 0.0
        self.asked = 0
        self.url = ""
        self.made_at = NOW
        self.key: SigningKey | None = None

    def honest(self, query: bytes) -> bytes:
        request = ocsp.load_der_ocsp_request(query)
        assert self.key is not None
        assert request.serial_number == self.key.certificate.serial_number
        return self.said_of(self.key.certificate, request)

    def said_of(self, certificate: x509.Certificate, request: ocsp.OCSPRequest | None) -> bytes:
        revoked_at = NOW - timedelta(hours=2) if self.status is REVOKED else None
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.authority.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303  # as responders name issuers
            cert_status=self.status,
            this_update=self.made_at,
            next_update=self.made_at + timedelta(hours=1),
            revocation_time=revoked_at,
            revocation_reason=None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.signer.certificate)
        if self.signer is not self.authority:
            builder = builder.certificates([self.signer.certificate])
        nonces = [one for one in request.extensions if isinstance(one.value, x509.OCSPNonce)] if request else []
        for nonce in nonces:
            builder = builder.add_extension(nonce.value, critical=False)
        return builder.sign(self.signer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.fixture
def responder(now: datetime) -> Iterator[Responder]:
    """An authority with a responder, and a signer's certificate that names it."""
    responder = Responder(new_authority("Example Answering Root"))
    with served(responder):
        responder.key = key_naming(responder.authority, responder.url, now)
        yield responder


@pytest.fixture
def asking(policy: Policies, clock: Any, tmp_path: Path) -> SealingPolicy:
    """B-LT with the clock's list on disk and OCSP for the rest: no list covers the signer."""
    (tmp_path / "clock.crl").write_bytes(clock.authority.list_of_revoked())
    return replace(policy(SealLevel.B_LT), lists=tmp_path, ocsp_deadline_s=LONG_S)


def test_an_answer_is_evidence_enough(
    responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, clock: Any, now: datetime
) -> None:
    """PyHanko asks for the status of every certificate, is given none, and may fetch none."""
    key = key_of(responder)
    sealed, statement = Sealer(key, now, asking).document(pleading_pdf)
    assert (statement.level, statement.shortfall) == (SealLevel.B_LT, None)
    assert read_seal(sealed, key.certificate) is SealLevel.B_LT
    reader = PdfFileReader(BytesIO(sealed))
    store = DocumentSecurityStore.read_dss(reader)
    assert (len(store.ocsps), len(store.crls)) == (1, 1)
    roots = [asn1_form(one) for one in (*key.roots, clock.authority.certificate)]
    rules = {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "require"}
    status = validate_pdf_signature(reader.embedded_regular_signatures[0], store.as_validation_context(rules))
    assert status.bottom_line


def test_one_bundle_asks_once_and_without_leave_nobody_is_asked(
    responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    sealer = Sealer(key_of(responder), now, asking)
    sealer.document(pleading_pdf)
    sealer.document(pleading_pdf)
    assert responder.asked == 1
    _, statement = Sealer(key_of(responder), now, replace(asking, ocsp_deadline_s=None)).document(pleading_pdf)
    assert responder.asked == 1
    assert statement.level is SealLevel.B_T


def test_an_answer_made_a_moment_after_the_claimed_time_counts(
    responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    responder.made_at = now + timedelta(minutes=2)
    assert Sealer(key_of(responder), now, asking).document(pleading_pdf)[1].level is SealLevel.B_LT


def test_a_delegated_responder_is_believed_when_its_issuer_says_so(
    responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    responder.signer = delegated(responder.authority)
    assert Sealer(key_of(responder), now, asking).document(pleading_pdf)[1].level is SealLevel.B_LT


@pytest.mark.parametrize("level", SealLevel)
def test_a_key_that_its_responder_withdraws_signs_nothing(
    level: SealLevel, responder: Responder, asking: SealingPolicy, now: datetime
) -> None:
    responder.status = REVOKED
    with pytest.raises(KeyRefused, match="was revoked"):
        Sealer(key_of(responder), now, replace(asking, level=level))


def test_a_good_answer_does_not_outweigh_a_list_that_withdraws(
    responder: Responder, asking: SealingPolicy, now: datetime
) -> None:
    """Not even one that is past its time: what was withdrawn does not come back."""
    revoked = responder.authority.list_of_revoked(key_of(responder).certificate, at=now - timedelta(days=30))
    assert asking.lists is not None
    (asking.lists / "signer.crl").write_bytes(revoked)
    with pytest.raises(KeyRefused, match="was revoked"):
        Sealer(key_of(responder), now, asking)


def test_a_list_of_another_of_the_same_name_withdraws_nothing(
    responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    impostor = new_authority("Example Answering Root")
    assert asking.lists is not None
    (asking.lists / "forged.crl").write_bytes(impostor.list_of_revoked(key_of(responder).certificate))
    assert Sealer(key_of(responder), now, asking).document(pleading_pdf)[1].level is SealLevel.B_LT


FAILURES: dict[str, tuple[Callable[[Responder], Any], str]] = {
    "hangs": (lambda one: setattr(one, "hangs_s", 2.0), "did not answer in time (0.3 s)"),
    "is not there": (lambda one: setattr(one, "hangs_s", -1.0), "answered with HTTP status 503"),
    "is out of order": (lambda one: setattr(one, "answer", lambda _: b"out of order"), "no status of a certificate"),
    "refuses": (
        lambda one: setattr(one, "answer", lambda _: refusal(ocsp.OCSPResponseStatus.TRY_LATER)),
        "refused the request (try_later)",
    ),
    "answers about another": (
        lambda one: setattr(one, "answer", lambda query: about_another(one, query)),
        "answered another request",
    ),
    "answers with another nonce": (
        lambda one: setattr(one, "answer", lambda _: one.said_of(key_of(one).certificate, asked_by_another(one))),
        "answered another request",
    ),
    "sends without end": (
        lambda one: setattr(one, "answer", lambda _: bytes(100_000)),
        "answered with more than 65536 bytes",
    ),
    "does not know": (lambda one: setattr(one, "status", UNKNOWN), "does not hold"),
    "is somebody else": (lambda one: setattr(one, "signer", new_authority("Example Impostor")), "does not hold"),
    "answers from memory": (lambda one: setattr(one, "made_at", NOW - timedelta(days=9)), "does not hold"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_responder_that_fails_costs_the_level_only_and_is_named(
    failure: str, responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    fail, words = FAILURES[failure]
    fail(responder)
    impatient = replace(asking, ocsp_deadline_s=SHORT_S)
    _, statement = Sealer(key_of(responder), now, impatient).document(pleading_pdf)
    assert statement.level is SealLevel.B_T
    assert statement.shortfall is not None
    assert statement.shortfall.startswith("B-LT was asked for: the OCSP")
    assert words in statement.shortfall
    assert statement.shortfall.endswith("no revocation list in force covers Example Attorney")


@pytest.mark.parametrize("failure", FAILURES)
def test_a_list_does_where_the_responder_fails(
    failure: str, responder: Responder, asking: SealingPolicy, pleading_pdf: bytes, now: datetime
) -> None:
    FAILURES[failure][0](responder)
    assert asking.lists is not None
    (asking.lists / "signer.crl").write_bytes(responder.authority.list_of_revoked())
    impatient = replace(asking, ocsp_deadline_s=SHORT_S)
    sealed, statement = Sealer(key_of(responder), now, impatient).document(pleading_pdf)
    assert (statement.level, statement.shortfall) == (SealLevel.B_LT, None)
    assert not DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(sealed))).ocsps


def test_what_the_start_announces(responder: Responder, asking: SealingPolicy, now: datetime) -> None:
    assert revocation_notice(key_of(responder), asking, now) is None
    responder.answer = lambda _: b""
    notice = announcement(key_of(responder), asking, now)[-1]
    assert notice.startswith("WARNING: B-LT is out of reach: the OCSP responder of Example Attorney answered with")


def test_ocsp_alone_may_be_configured(clock: Any, tmp_path: Path) -> None:
    (tmp_path / "clock.pem").write_bytes(clock.authority.certificate.public_bytes(Encoding.PEM))
    given = {"OCSE_SEAL_LEVEL": "B-LT", "OCSE_TSA_URL": clock.url, "OCSE_TSA_ROOTS": str(tmp_path / "clock.pem")}
    with pytest.raises(SettingsRefused, match="OCSE_CRLS or OCSE_OCSP=yes"):
        load_sealing_policy(Settings.from_environment(given))
    policy = load_sealing_policy(Settings.from_environment({**given, "OCSE_OCSP": "yes", "OCSE_OCSP_DEADLINE_S": "3"}))
    assert (policy.lists, policy.ocsp_deadline_s) == (None, 3.0)
    with pytest.raises(SettingsRefused, match="must together be shorter than OCSE_DEADLINE_S"):
        load_sealing_policy(Settings.from_environment({**given, "OCSE_OCSP": "yes", "OCSE_OCSP_DEADLINE_S": "50"}))


def key_of(responder: Responder) -> SigningKey:
    assert responder.key is not None
    return responder.key


def key_naming(authority: Authority, url: str, now: datetime) -> SigningKey:
    key = ec.generate_private_key(ec.SECP256R1())
    place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(url))
    builder = authority.unsigned("Example Attorney", key, now + timedelta(days=365))
    purposes = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    certificate = (
        builder.add_extension(purposes, critical=False)
        .add_extension(x509.AuthorityInformationAccess([place]), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    roots = (authority.certificate,)
    return SigningKey(certificate=certificate, chain=(), roots=roots, private_key=KeyInMemory(key))


def delegated(authority: Authority) -> Authority:
    """Somebody who may answer for the authority, and whose own status need not be asked (RFC 6960 § 4.2.2.2.1)."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = authority.unsigned("Example Responder", key, NOW + timedelta(days=30))
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    certificate = builder.add_extension(purposes, critical=False).add_extension(x509.OCSPNoCheck(), critical=False)
    return Authority(certificate.sign(authority.key, hashes.SHA256()), key)


def refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


def about_another(responder: Responder, query: bytes) -> bytes:
    another, _ = responder.authority.issue("Example Neighbour", [DOCUMENT_SIGNING])
    return responder.said_of(another, ocsp.load_der_ocsp_request(query))


def asked_by_another(responder: Responder) -> ocsp.OCSPRequest:
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        key_of(responder).certificate,
        responder.authority.certificate,
        hashes.SHA1(),  # noqa: S303  # as above
    )
    return builder.add_extension(x509.OCSPNonce(b"another's" * 3), critical=False).build()


@contextmanager
def served(responder: Responder) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            responder.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/ocsp-request"
            time.sleep(max(responder.hangs_s, 0.0))
            self.send_response(503 if responder.hangs_s < 0 else 200)
            self.end_headers()
            self.wfile.write(responder.answer(query))

        def log_message(self, *_: object) -> None:
            """Requests are counted, not printed."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A caller that hung up is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        responder.url = f"http://127.0.0.1:{server.server_address[1]}/"
        yield
        server.shutdown()
        thread.join()
