"""Asking a time-stamp authority for the time (RFC 3161), within a deadline and without believing its answer."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation

from service.signing import der
from service.signing.asking import NoAnswer, Question, answer_to
from service.signing.certificates import display_name, trace_path
from service.signing.digest_signing import sha256
from service.signing.time_reading import TimeStampFault, read_time_stamp

LARGEST_TOKEN = 12 * 1024
_NONCE_BITS = 64
_CERTIFICATES = 0xA0
_GRANTED = ("granted", "granted_with_mods")
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, SignatureValidationError)


class TimeStampUnavailable(Exception):
    """No trusted time was had; the message completes "the time-stamp authority …"."""


class _Reply(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """``TimeStampResp`` (RFC 3161 § 2.4.2); asn1crypto's own takes a refusal, which has no token, for damage."""

    _fields: ClassVar[list[Any]] = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedTime:
    """A token (DER ``ContentInfo``) that was checked, the moment it names, and whose clock that is.

    ``chain`` holds the intermediate certificates between the authority's and its root.
    """

    token: bytes
    at: datetime
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def authority(self) -> str:
        """Whom the certificate of the authority names."""
        return display_name(self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStampAuthority:
    """An authority at ``url`` (http or https) whose certificate must lead to one of ``roots``.

    ``deadline_s`` bounds, in seconds, all that one bundle may wait for it. ``policy`` is the only policy accepted,
    where one is named.
    """

    url: str
    roots: tuple[x509.Certificate, ...]
    deadline_s: float
    policy: str | None = None

    def stamp(self, content: bytes, within_s: float) -> StampedTime:
        """Have the SHA-256 of ``content`` stamped; the content itself stays here.

        ``within_s`` bounds the request from name lookup to last byte, in seconds.

        The answer must be granted, be over this digest, carry this request's nonce and the policy asked for, be signed
        by a certificate that is for time stamping alone (RFC 3161 § 2.3), and lead to a root that was configured.

        Raises:
            TimeStampUnavailable: the authority did not answer in time, refused, or answered something else.
        """
        nonce = secrets.randbits(_NONCE_BITS)
        query = _query(sha256(content), nonce, self.policy)
        question = Question(url=self.url, content=query, media_type=_QUERY, accept=_REPLY)
        try:
            answer = answer_to(question, within_s)
        except NoAnswer as reason:
            raise TimeStampUnavailable(str(reason)) from reason
        token = _granted(answer)
        try:
            stamped = read_time_stamp(token, content, self.roots)
            faults = _faults(token, nonce, self.policy)
            certificate, *others = _certificates(token)
        except (TimeStampFault, *_UNREADABLE) as reason:
            raise TimeStampUnavailable(f"answered with something that is no stamp of this: {reason}") from reason
        if stamped.root is None:
            raise TimeStampUnavailable(
                "is not one that was configured: its certificate leads to none of the roots given"
            )
        if faults := [*faults, *_usage_faults(certificate)]:
            raise TimeStampUnavailable(f"answered, but {'; '.join(faults)}")
        path = trace_path(certificate, others, self.roots, stamped.at)
        chain = tuple(one for one in others if one in path.used)
        return StampedTime(
            token=_with_certificates(token, (certificate, *chain)), at=stamped.at, certificate=certificate, chain=chain
        )


def _query(digest: bytes, nonce: int, policy: str | None) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    fields = {"version": "v1", "message_imprint": tsp.MessageImprint(imprint), "nonce": nonce, "cert_req": True}
    encoded: bytes = tsp.TimeStampReq(fields | ({"req_policy": policy} if policy else {})).dump()
    return encoded


def _granted(answer: bytes) -> bytes:
    try:
        response = _Reply.load(answer, strict=True)
        status: str = response["status"]["status"].native
        token = der.parts(answer)[1] if status in _GRANTED else b""
    except _UNREADABLE as reason:
        raise TimeStampUnavailable("answered with something that is no time-stamp reply") from reason
    if status not in _GRANTED:
        raise TimeStampUnavailable(f"refused the request ({status})")
    if len(token) > LARGEST_TOKEN:
        raise TimeStampUnavailable(f"sent a stamp of {len(token)} bytes, and {LARGEST_TOKEN} are reserved for one")
    return token


def _faults(token: bytes, nonce: int, policy: str | None) -> list[str]:
    stated = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed
    faults = []
    if stated["nonce"].native != nonce:
        faults.append("to another request: the nonce is not ours")
    if policy is not None and stated["policy"].native != tsp.ObjectIdentifier(policy).native:
        faults.append("under another policy than the one asked for")
    return faults


def _certificates(token: bytes) -> tuple[x509.Certificate, ...]:
    """The authority's certificate first, then those it brought along."""
    found: Any = extract_certs_for_validation(cms.ContentInfo.load(token)["content"])
    return tuple(x509.load_der_x509_certificate(one.dump()) for one in (found.signer_cert, *found.other_certs))


def _with_certificates(token: bytes, certificates: Iterable[x509.Certificate]) -> bytes:
    """The token with the certificates of its path and no others: nothing vouches for what is not on the path."""
    content_type, wrapped = der.parts(token)
    kept = der.retagged(_CERTIFICATES, der.set_of(*(one.public_bytes(Encoding.DER) for one in certificates)))
    fields = (kept if field[0] == _CERTIFICATES else field for field in der.parts(der.parts(wrapped)[0]))
    return der.element(der.SEQUENCE, content_type, der.context(0, der.element(der.SEQUENCE, *fields)))


def _usage_faults(certificate: x509.Certificate) -> list[str]:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return ["its certificate is not one for time stamping"]
    alone = list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return [] if usage.critical and alone else ["its certificate is not for time stamping alone"]
