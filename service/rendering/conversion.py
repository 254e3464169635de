"""An attorney's own Word file becomes a PDF: faithfully by the typesetter, by LibreOffice where that is configured."""

from dataclasses import dataclass
from enum import StrEnum

from service.errors import DocumentRefused, Fault
from service.rendering import libreoffice
from service.rendering.libreoffice import LibreOffice
from service.rendering.pages import page_count
from service.rendering.parity.check import check_parity
from service.rendering.typesetting.archive import WordArchive
from service.rendering.typesetting.engine import typeset


class Engine(StrEnum):
    """Who made the PDF."""

    TYPST = "typst"
    LIBREOFFICE = "libreoffice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A PDF, who made it and what it claims; ``compared`` says whether every word was compared with the Word file.

    ``reasons`` is why the typesetter refused, where LibreOffice made it.
    """

    pdf: bytes
    pages: int
    engine: Engine
    profile: str
    compared: bool
    reasons: tuple[Fault, ...] = ()


def convert(word: bytes, fallback: LibreOffice | None) -> Conversion:
    """Convert a Word document; LibreOffice is asked only where it is configured, and the answer says so.

    Raises:
        DocumentRefused: the typesetter refuses and there is no fallback, or the file is harmful or unreadable.
        ParityFailed: the PDF would not say what the Word file says.
        EngineFailed: the fallback failed.
    """
    try:
        document = typeset(word)
    except DocumentRefused as refusal:
        if fallback is None:
            raise
        return _fallen_back(word, fallback, refusal)
    parity = check_parity(word, document.pdf)
    return Conversion(
        pdf=document.pdf, pages=parity.pages, engine=Engine.TYPST, profile=document.profile, compared=True
    )


def _fallen_back(word: bytes, fallback: LibreOffice, refusal: DocumentRefused) -> Conversion:
    # A file that is no sound archive, or that would fetch or run something, is refused here whatever engine follows.
    WordArchive(word)
    pdf = fallback.convert(word)
    return Conversion(
        pdf=pdf,
        pages=page_count(pdf),
        engine=Engine.LIBREOFFICE,
        profile=libreoffice.PROFILE,
        compared=False,
        reasons=refusal.faults,
    )
