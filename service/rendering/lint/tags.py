"""Faults of the template language in a Word file, all at once."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from service.errors import Fault, TemplateRefused
from service.rendering.lint.findings import LintFault, Severity, graded
from service.rendering.lint.word_file import OpenedWord
from service.rendering.word.compiling import compile_word
from service.rendering.word.language import TemplateLanguage
from service.rendering.word.tag_forms import TYPOGRAPHIC_QUOTES, sign_name
from service.rendering.word.tags import TAG, Passage, TagReader

_APART: Final = re.compile(r"\{\s+[{%]|[}%]\s+\}")
_QUOTES: Final = re.compile(f"[{TYPOGRAPHIC_QUOTES}]")


def template_faults(opened: OpenedWord, language: TemplateLanguage) -> list[LintFault]:
    """What keeps a template from being compiled, and what would be printed though it was meant for the program."""
    read = [
        fault for part, root in opened.stories.items() for fault in TagReader(part, deepcopy(root), language).faults
    ]
    faults = read or _compiling_faults(opened.word, language)
    advice = [fault for part in opened.stories for fault in _doubtful_signs(part, opened)]
    return [*graded(faults, Severity.ERROR), *advice]


def _compiling_faults(word: bytes, language: TemplateLanguage) -> list[Fault]:
    try:
        compile_word(word, language)
    except TemplateRefused as refused:
        return list(refused.faults)
    return []


def _doubtful_signs(part: str, opened: OpenedWord) -> Iterator[LintFault]:
    for passage, _ in opened.passages(part):
        if _APART.search(TAG.sub("", passage.text)):
            message = "Braces of a tag stand apart and would be printed: write {{ … }} or {% … %} without spaces."
            yield _fault("braces_apart", Severity.ERROR, message, part, passage)
        signs = dict.fromkeys(sign for tag in TAG.findall(passage.text) for sign in _QUOTES.findall(tag))
        if signs:
            named = ", ".join(map(sign_name, signs))
            message = f"In a tag {named} is read as a straight quotation mark: type \" or ' there."
            yield _fault("smart_quotes", Severity.WARNING, message, part, passage)


def _fault(code: str, severity: Severity, message: str, part: str, passage: Passage) -> LintFault:
    return LintFault(
        code=code,
        severity=severity,
        message=message,
        part=part,
        paragraph=passage.number,
        snippet=passage.snippet,
    )
