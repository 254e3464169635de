"""Pages of the packet's own, set with Typst as PDF/A-2a and PDF/UA-1: words come in as JSON, never as markup."""

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from service.errors import EngineFailed
from templates import templates_root


class NotSettable(Exception):
    """The compiler refused the words or the picture; both callers know which, and say so."""


def typeset_page(source: str, name: str, content: Mapping[str, object], folder: Path | None = None) -> bytes:
    """Compile a source of this package with ``content`` as its input ``name``; files it shows lie in ``folder``.

    Raises:
        NotSettable: A character has no glyph, or a picture cannot be read.
        EngineFailed: The compiler returned no PDF.
    """
    try:
        pdf = _compilers().compiler.compile(
            input=_source(source),
            root=folder,
            sys_inputs={name: json.dumps(content)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise NotSettable(error.message) from error
    if not isinstance(pdf, bytes):
        raise EngineFailed("A page of the packet came out in pieces.")
    return pdf


class _Compilers(threading.local):
    """One compiler for each thread: it serves one call at a time."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _source(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    folder = templates_root() / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _compilers() -> _Compilers:
    return _Compilers()
