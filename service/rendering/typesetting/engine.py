"""From a Word file to a tagged, archivable PDF that says the same, or to a list of all that stands in the way."""

import tempfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

import typst

from service.errors import Fault
from service.rendering.pages import page_count
from service.rendering.typesetting.archive import MAIN_PART, refused
from service.rendering.typesetting.composition import Composition
from service.rendering.typesetting.markup import literal
from service.rendering.typesetting.paragraphs import SINGLE_SPACED, edges
from service.rendering.typesetting.prelude import prelude
from service.rendering.typesetting.runs import text_settings
from service.rendering.typesetting.translation import translate
from templates import templates_root

PROFILE: Final = "PDF/A-2a, PDF/UA-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetDocument:
    """A PDF and what it conforms to."""

    pdf: bytes
    profile: str = PROFILE

    @property
    def pages(self) -> int:
        """How many there are, counted in the PDF when this is asked."""
        return page_count(self.pdf)


def typeset(word: bytes) -> TypesetDocument:
    """Typeset a Word document.

    The same bytes give the same PDF in every thread and process: its date is that of the document's core properties.

    Raises:
        DocumentRefused: something in the document would have been lost or changed; every fault found says where it
            is and what to do.
    """
    composition, source = _translate(word)
    if composition.pictures:
        with tempfile.TemporaryDirectory(prefix="typesetting-") as folder:
            for name, content in composition.pictures.items():
                Path(folder, name).write_bytes(content)
            pdf = _compile(source, folder, composition)
    else:
        pdf = _compile(source, None, composition)
    return TypesetDocument(pdf=pdf)


def _translate(word: bytes) -> tuple[Composition, str]:
    translated = translate(word)
    if translated.faults:
        raise refused(list(translated.faults))
    composition = translated.composition
    body = "".join(f"#{statement}\n" for statement in translated.statements)
    code = translated.notes + composition.definitions.source() + body
    return composition, _opening(composition, code) + code


def _opening(composition: Composition, code: str) -> str:
    settings, base = composition.settings, composition.base
    author = literal(settings.author) if settings.author else "()"
    dated = f"datetime(year:{settings.dated.year},month:{settings.dated.month},day:{settings.dated.day})"
    look = f"{text_settings(base)},{edges(SINGLE_SPACED, base)}"
    about = f"#set document(title:{literal(settings.title)},author:{author},date:{dated})\n"
    full = f"#let Full(b)={{set text({look});b}}\n" if "Full(" in code else ""
    return f"{about}#set text({look})\n{full}{prelude(code)}"


class _Compilers(threading.local):
    """One compiler for each thread, since a compiler serves one call at a time; all share the fonts, read once."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    folder = templates_root() / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _compilers() -> _Compilers:
    return _Compilers()


def _compile(source: str, root: str | None, composition: Composition) -> bytes:
    moment = datetime.combine(composition.settings.dated, time(), tzinfo=UTC)
    try:
        pdf, warnings = _compilers().compiler.compile_with_warnings(
            input=source.encode(), root=root, pdf_standards=["a-2a", "ua-1"], timestamp=moment
        )
    except typst.TypstError as error:
        raise refused([_rejected(error.message)]) from error
    if warnings or not isinstance(pdf, bytes):
        raise refused([_rejected(warning.message) for warning in warnings])
    return pdf


def _rejected(reason: str) -> Fault:
    """The compiler's own words name no text of the document, only what it could not do."""
    return Fault(code="not_settable", part=MAIN_PART, message=f"The page cannot be set: {reason}. Simplify the layout.")
