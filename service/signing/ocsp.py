"""Asking the issuer of a certificate whether it was withdrawn (OCSP, RFC 6960).

Only what is damaged, or answers something else, is turned away here. Whether an answer is genuine and in force is for
the path validation to say (``revocation.py``).
"""

import secrets
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from service.signing.asking import NoAnswer, Patience, Question, answer_to

_QUERY, _REPLY = "application/ocsp-request", "application/ocsp-response"
_NONCE_BYTES = 32
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What a responder answered about one certificate, in DER; ``certificate`` is the one that was asked about."""

    certificate: x509.Certificate
    encoded: bytes


def responder_of(certificate: x509.Certificate) -> str | None:
    """Where a certificate says that its status can be asked (RFC 5280 § 4.2.2.1), over HTTP."""
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return None
    places = (one.access_location.value for one in access if one.access_method == AuthorityInformationAccessOID.OCSP)
    return next((str(place) for place in places if str(place).startswith(_WEB)), None)


def ask_status(certificate: x509.Certificate, issuer: x509.Certificate, url: str, patience: Patience) -> StatusAnswer:
    """Ask the responder at ``url`` about a certificate, for as long as ``patience`` lasts.

    The certificate is named by SHA-1 of its issuer, which every responder knows (RFC 6960 § 4.3); nothing rests on that
    digest. A nonce that comes back must be ours; responders that sign their answers beforehand send none.

    Raises:
        NoAnswer: the responder did not answer, refused, or answered about something else.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303  # see above
    request = builder.add_extension(x509.OCSPNonce(nonce), critical=False).build()
    content = request.public_bytes(Encoding.DER)
    question = Question(url=url, content=content, media_type=_QUERY, accept=_REPLY)
    encoded = patience.spend(lambda left_s: answer_to(question, left_s))
    try:
        response = ocsp.load_der_ocsp_response(encoded)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise NoAnswer(f"refused the request ({response.response_status.name.lower()})")
        ours = response.serial_number == certificate.serial_number and _nonce(response) in {None, nonce}
    except (ValueError, x509.DuplicateExtension) as reason:
        raise NoAnswer("answered with something that is no status of a certificate") from reason
    if not ours:
        raise NoAnswer("answered another request")
    return StatusAnswer(certificate, encoded)


def _nonce(response: ocsp.OCSPResponse) -> bytes | None:
    try:
        return response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return None
