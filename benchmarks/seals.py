"""The seal inside a PDF."""

from collections.abc import Iterable
from datetime import datetime

from benchmarks.timing import Measured, measure
from service.signing.keys import SigningKey
from service.signing.sealer import Sealer, SealingPolicy


def seals(pdfs: Iterable[bytes], key: SigningKey, at: datetime) -> Measured:
    """Different PDFs one by one at B-B, which needs nobody else; the target is 30 ms."""
    return measure("seal, one PDF (B-B)", lambda pdf: Sealer(key, at, SealingPolicy()).document(pdf), pdfs)
