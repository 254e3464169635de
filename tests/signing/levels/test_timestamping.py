"""Asking for the time: what is accepted, and every way in which an authority can fail us."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.signing.time_reading import read_time_stamp
from service.signing.timestamping import TimeStampAuthority, TimeStampUnavailable

CONTENT = b"a signature"
RSA_KEY = rsa.generate_private_key(65537, 2048)
SHORT_S = 0.3
LONG_S = 5.0


def test_an_honest_stamp_is_taken(crooked: Any, time_authority: TimeStampAuthority) -> None:
    stamped = time_authority.stamp(CONTENT, LONG_S)
    assert stamped.certificate == crooked.certificate
    assert stamped.authority == "Example Clock"
    assert abs(stamped.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert read_time_stamp(stamped.token, CONTENT, time_authority.roots).root == time_authority.roots[0]


def test_the_content_itself_is_never_sent(crooked: Any, time_authority: TimeStampAuthority) -> None:
    sent: list[bytes] = []
    crooked.answer = lambda query: (sent.append(query), crooked.honest(query))[1]
    time_authority.stamp(CONTENT, LONG_S)
    assert CONTENT not in sent[0]
    assert len(sent[0]) < 100


def test_certificates_off_the_path_are_dropped_from_the_token(time_authority: TimeStampAuthority, clock: Any) -> None:
    """OpenSSL sends its root along; nothing in a bundle would vouch for that."""
    token = cms.ContentInfo.load(time_authority.stamp(CONTENT, LONG_S).token)
    kept = [one.chosen.dump() for one in token["content"]["certificates"]]
    assert kept == [clock.certificate.public_bytes(Encoding.DER)]


def test_a_policy_is_asked_for_and_its_absence_refused(time_authority: TimeStampAuthority) -> None:
    assert replace(time_authority, policy="1.3.6.1.4.1.32473.1").stamp(CONTENT, LONG_S).token
    with pytest.raises(TimeStampUnavailable, match=r"refused the request \(rejection\)"):
        replace(time_authority, policy="1.3.6.1.4.1.32473.9").stamp(CONTENT, LONG_S)


def test_a_stamp_under_another_policy_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    crooked.answer = lambda query: crooked.honest(asked_again(query, req_policy=None))
    with pytest.raises(TimeStampUnavailable, match="under another policy"):
        replace(time_authority, policy="1.3.6.1.4.1.32473.9").stamp(CONTENT, LONG_S)


def test_an_authority_that_refuses_the_connection_is_named_so(time_authority: TimeStampAuthority) -> None:
    nobody = replace(time_authority, url="http://127.0.0.1:1/")
    with pytest.raises(TimeStampUnavailable, match=r"did not answer \(ConnectionRefusedError\)"):
        nobody.stamp(CONTENT, LONG_S)


def test_an_authority_that_hangs_costs_no_more_than_the_deadline(
    crooked: Any, time_authority: TimeStampAuthority
) -> None:
    done = Event()
    crooked.answer = lambda _: (done.wait(LONG_S), b"")[1]
    with pytest.raises(TimeStampUnavailable, match="did not answer in time"):
        time_authority.stamp(CONTENT, SHORT_S)
    done.set()


def test_an_answer_that_trickles_costs_no_more_than_the_deadline(
    crooked: Any, time_authority: TimeStampAuthority
) -> None:
    """Each byte comes in time for a socket's own timeout; only a deadline on the whole ends it."""
    crooked.trickles = True
    with pytest.raises(TimeStampUnavailable, match="did not answer in time"):
        time_authority.stamp(CONTENT, SHORT_S)


@pytest.mark.parametrize(
    ("garbage", "said"),
    [
        (b"", "no time-stamp reply"),
        (b"<html>Welcome to the hotel network</html>", "no time-stamp reply"),
        (b"\x30\x03\x30\x01\x00", "no time-stamp reply"),
        (bytes(70_000), "more than 65536 bytes"),
    ],
    ids=["nothing", "a page", "broken", "endless"],
)
def test_an_answer_that_is_none_is_refused(
    garbage: bytes, said: str, crooked: Any, time_authority: TimeStampAuthority
) -> None:
    crooked.answer = lambda _: garbage
    with pytest.raises(TimeStampUnavailable, match=said):
        time_authority.stamp(CONTENT, LONG_S)


def test_a_stamp_over_something_else_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    crooked.answer = lambda query: crooked.honest(asked_again(query, message_imprint=imprint))
    with pytest.raises(TimeStampUnavailable, match="no stamp of this"):
        time_authority.stamp(CONTENT, LONG_S)


def test_a_stamp_from_another_request_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    crooked.answer = lambda query: crooked.honest(asked_again(query, nonce=7))
    with pytest.raises(TimeStampUnavailable, match="the nonce is not ours"):
        time_authority.stamp(CONTENT, LONG_S)


def test_a_stamp_without_the_nonce_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    crooked.answer = lambda query: crooked.honest(asked_again(query, nonce=None))
    with pytest.raises(TimeStampUnavailable, match="the nonce is not ours"):
        time_authority.stamp(CONTENT, LONG_S)


def test_a_stamp_that_was_tampered_with_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    crooked.answer = lambda query: flipped(crooked.honest(query))
    with pytest.raises(TimeStampUnavailable):
        time_authority.stamp(CONTENT, LONG_S)


def test_an_authority_that_was_not_configured_is_refused(time_authority: TimeStampAuthority, office: Any) -> None:
    with pytest.raises(TimeStampUnavailable, match="leads to none of the roots given"):
        replace(time_authority, roots=(office.authority.certificate,)).stamp(CONTENT, LONG_S)


@pytest.mark.parametrize(
    ("purposes", "critical"),
    [
        ([ExtendedKeyUsageOID.TIME_STAMPING], False),
        ([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION], True),
        ([ExtendedKeyUsageOID.EMAIL_PROTECTION], True),
    ],
    ids=["not critical", "not alone", "for mail"],
)
def test_a_certificate_that_is_not_for_time_stamping_alone_is_refused(
    purposes: list[Any], *, critical: bool, crooked: Any, time_authority: TimeStampAuthority
) -> None:
    certificate, key = crooked.authority.issue("Example Mail", purposes, critical=critical, key=RSA_KEY)
    crooked.answer = stamper(certificate, key)
    with pytest.raises(TimeStampUnavailable, match=r"not for time stamping alone|leads to none of the roots given"):
        time_authority.stamp(CONTENT, LONG_S)


def test_an_expired_authority_is_refused(crooked: Any, time_authority: TimeStampAuthority) -> None:
    certificate, key = crooked.authority.issue(
        "Example Old Clock",
        [ExtendedKeyUsageOID.TIME_STAMPING],
        critical=True,
        key=RSA_KEY,
        not_after=datetime.now(UTC) - timedelta(days=1),
    )
    crooked.answer = stamper(certificate, key)
    with pytest.raises(TimeStampUnavailable, match="leads to none of the roots given"):
        time_authority.stamp(CONTENT, LONG_S)


def asked_again(query: bytes, **changes: Any) -> bytes:
    """The same query, changed; ``None`` leaves a field out."""
    asked = tsp.TimeStampReq.load(query)
    fields = {name: asked[name] for name in ("version", "message_imprint", "req_policy", "nonce", "cert_req")} | changes
    kept = {
        name: field for name, field in fields.items() if field is not None and getattr(field, "native", 1) is not None
    }
    encoded: bytes = tsp.TimeStampReq(kept).dump()
    return encoded


def flipped(answer: bytes) -> bytes:
    """The signature comes last."""
    return answer[:-1] + bytes([answer[-1] ^ 1])


def stamper(certificate: Any, key: Any) -> Callable[[bytes], bytes]:
    """An authority that signs with any certificate; OpenSSL would not."""
    loaded = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    private = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    dummy = DummyTimeStamper(loaded, private, SimpleCertificateStore(), fixed_dt=datetime.now(UTC))
    answer: Callable[[bytes], bytes] = lambda query: dummy.request_tsa_response(tsp.TimeStampReq.load(query)).dump()  # noqa: E731  # one expression
    return answer
