"""A rendered document: the Word file and the PDF that says the same."""

from dataclasses import dataclass

from service.law.outcomes import DocumentPlan
from service.rendering.parity.check import ParityReport


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDocument:
    """One document in both forms, parity proved; ``profile`` is the PDF conformance, ``template_digest`` SHA-256.

    ``parity`` is what the proof compared, the text of the pages included.
    """

    plan: DocumentPlan
    word: bytes
    pdf: bytes
    pages: int
    profile: str
    template_digest: str
    parity: ParityReport
