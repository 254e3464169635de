"""convert: an attorney's Word file becomes a PDF."""

import argparse
from pathlib import Path

from service.app import fallback_engine
from service.commands.files import read_file, write_together
from service.commands.speaking import Spoken
from service.rendering.conversion import convert as convert_word
from service.settings import Settings


def convert(options: argparse.Namespace, settings: Settings) -> Spoken:
    """Write the PDF of a Word document, and say which engine made it."""
    conversion = convert_word(read_file(options.document), fallback_engine(settings))
    out: Path = options.out
    write_together(out.parent, {out.name: conversion.pdf})
    reasons = [fault.as_json() for fault in conversion.reasons]
    answer = {
        "pdf": str(out),
        "pages": conversion.pages,
        "engine": conversion.engine.value,
        "profile": conversion.profile,
        "compared": conversion.compared,
        "reasons": reasons,
    }
    compared = "every word compared" if conversion.compared else "made by LibreOffice, words not compared"
    words = [f"{out}: {conversion.pages} pages, {conversion.profile}, {compared}"]
    words += [f"  {fault.part}, paragraph {fault.paragraph}: {fault.message}" for fault in conversion.reasons]
    return Spoken(answer=answer, words="\n".join(words))
