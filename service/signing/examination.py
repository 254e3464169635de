"""Checking what somebody received: a bundle, or a PDF that was taken out of one."""

from collections.abc import Sequence

from cryptography import x509

from service.signing.findings import Verification
from service.signing.paper_verification import verify_paper
from service.signing.verification import verify

_PDF_START = b"%PDF-"


def examine(received: bytes, roots: Sequence[x509.Certificate], time_roots: Sequence[x509.Certificate]) -> Verification:
    """Check either against the roots of signers and of time-stamp authorities that are given.

    Raises:
        BundleRefused: a bundle is too large to be examined, or says it holds more than it can.
    """
    if received.startswith(_PDF_START):
        return verify_paper(received, roots, time_roots)
    return verify(received, roots, time_roots=time_roots)
