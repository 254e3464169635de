"""For one bundle: are the certificates behind it still good, by whom, and how will that be shown later?

Two sources: revocation lists in a directory and, where that is allowed, the responders that the certificates name
(OCSP). Either is enough to show that a certificate stands, and either is enough to stop it.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509

from service.signing.asking import NoAnswer, Patience
from service.signing.certificates import Standing, display_name, trace_path
from service.signing.ocsp import StatusAnswer, ask_status, responder_of
from service.signing.revocation import (
    CertificateRevoked,
    ChainEvidence,
    RevocationUnknown,
    chain_evidence,
    read_lists,
    whose,
)

_NO_SOURCE = "neither a directory of revocation lists nor OCSP is configured"


class StatusInquiry:
    """Looks up, for one bundle, whether certificates were withdrawn.

    ``directory`` holds the revocation lists, if any; ``ocsp_deadline_s`` bounds, in seconds, all that the bundle may
    wait for responders. Without it none is asked.
    """

    def __init__(self, directory: Path | None, ocsp_deadline_s: float | None) -> None:
        self._lists: tuple[x509.CertificateRevocationList, ...] = ()
        self._unreadable: str | None = None
        self._patience = None if ocsp_deadline_s is None else Patience(ocsp_deadline_s)
        self.configured = directory is not None or self._patience is not None
        if directory is not None:
            try:
                self._lists = read_lists(directory)
            except RevocationUnknown as reason:
                self._unreadable = str(reason)

    def evidence(
        self,
        certificate: x509.Certificate,
        intermediates: Sequence[x509.Certificate],
        roots: Sequence[x509.Certificate],
        at: datetime,
    ) -> ChainEvidence:
        """Show that no certificate of the path was withdrawn ``at`` that time: by OCSP answers, or else by lists.

        Raises:
            RevocationUnknown: neither covers every certificate of the path, or the path does not hold.
            CertificateRevoked: an answer or a list withdraws a certificate of the path.
        """
        if not self.configured:
            raise RevocationUnknown(_NO_SOURCE)
        path = _path(certificate, intermediates, roots, at)
        _refuse_withdrawn(path, self._lists, at)
        answers, trouble = self._asked(path, at)
        try:
            return chain_evidence(certificate, intermediates, roots, self._lists, at, answers)
        except RevocationUnknown as reason:
            raise RevocationUnknown("; ".join([*trouble, self._unreadable or str(reason)])) from reason

    def _asked(self, path: Sequence[x509.Certificate], at: datetime) -> tuple[list[StatusAnswer], list[str]]:
        """Answers that hold by themselves, one certificate each, and why there are no others, in words."""
        answers: list[StatusAnswer] = []
        trouble: list[str] = []
        for certificate, issuer in pairwise(path):
            url = responder_of(certificate)
            if self._patience is None or url is None:
                continue
            name = display_name(certificate)
            try:
                answer = ask_status(certificate, issuer, url, self._patience)
                chain_evidence(certificate, (), (issuer,), (), at, (answer,))
                answers.append(answer)
            except NoAnswer as reason:
                trouble.append(f"the OCSP responder of {name} {reason}")
            except RevocationUnknown:
                trouble.append(f"the OCSP answer about {name} does not hold")
        return answers, trouble


def _path(
    certificate: x509.Certificate,
    intermediates: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime,
) -> list[x509.Certificate]:
    """From the certificate to its root, root included."""
    found = trace_path(certificate, intermediates, roots, at)
    if found.standing is not Standing.TRUSTED or found.root is None:
        raise RevocationUnknown(f"the chain of {display_name(certificate)} does not hold")
    path = [certificate]
    while path[-1] != found.root:
        between = (one for one in found.used if one not in path and one.subject == path[-1].issuer)
        path.append(next(between, found.root))
    return path


def _refuse_withdrawn(
    path: Sequence[x509.Certificate], lists: Sequence[x509.CertificateRevocationList], at: datetime
) -> None:
    """A genuine list withdraws for good, also one that is past its time or covers a part of the path only."""
    for certificate, issuer in pairwise(path):
        for one in (one for one in lists if one.issuer == certificate.issuer):
            entry = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is None or entry.revocation_date_utc > at:
                continue
            if one.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]  # the path holds, so it can sign
                raise CertificateRevoked(whose(path[0]))
