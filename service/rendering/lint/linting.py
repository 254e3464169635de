"""Everything wrong with a Word template or a finished Word document, at once, each fault with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from service.rendering.lint.advice import advice
from service.rendering.lint.comments import annotated
from service.rendering.lint.findings import LintFault, Severity, graded
from service.rendering.lint.names import name_faults
from service.rendering.lint.sample import sample_word
from service.rendering.lint.shapes import GivenNames, registry
from service.rendering.lint.tags import template_faults
from service.rendering.lint.typesetting import typesetting_faults
from service.rendering.lint.word_file import OpenedWord, open_word
from service.rendering.word.language import TemplateLanguage

_SAME_FAULT = {"tracked_change": "tracked_changes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """The faults in reading order, errors before advice of one place; ``annotated`` is the file with comments."""

    faults: tuple[LintFault, ...]
    annotated: bytes

    def count(self, severity: Severity) -> int:
        """How many faults are so grave."""
        return sum(fault.severity is severity for fault in self.faults)


def lint(word: bytes, names: GivenNames | None = None) -> LintReport:
    """Examine a Word file as a template where it holds tags, and as a document in any case.

    Args:
        word: the file.
        names: what a draft gives the template (:mod:`service.rendering.lint.shapes`); by default all names that any
            template of the project is given.

    Raises:
        DocumentRefused: The file is no Word document or cannot be opened safely, so that there is nothing to examine.
    """
    opened = open_word(word)
    language = TemplateLanguage()
    errors = graded([*opened.faults, *typesetting_faults(opened, sample_word(opened))], Severity.ERROR)
    if opened.has_tags:
        known = GivenNames(names=registry().names) if names is None else names
        errors = [*template_faults(opened, language), *name_faults(opened, known, language), *errors]
    faults = _in_order(_quoting_the_file(_told_once([*errors, *advice(opened)]), opened), opened)
    return LintReport(faults=faults, annotated=annotated(opened, faults))


def _told_once(faults: Iterable[LintFault]) -> list[LintFault]:
    """One fault of a kind at a place: what both template and typesetter refuse is told by the template's reader."""
    told: dict[tuple[str, str | None, int | None, str], LintFault] = {}
    for fault in faults:
        code = _SAME_FAULT.get(fault.code, fault.code)
        kind = "" if code == "tracked_changes" else fault.message
        told.setdefault((code, fault.part, fault.paragraph, kind), fault)
    located = {(fault.code, fault.part) for fault in told.values() if fault.paragraph is not None}
    return [
        fault
        for fault in told.values()
        if fault.code != "external_link" or fault.paragraph is not None or (fault.code, fault.part) not in located
    ]


def _quoting_the_file(faults: Iterable[LintFault], opened: OpenedWord) -> list[LintFault]:
    """The typesetter read sample words; authors look for their own."""
    snippets: dict[tuple[str | None, int | None], str | None] = {}
    for part in opened.stories:
        snippets |= {(part, passage.number): passage.snippet or None for passage, _ in opened.passages(part)}
    return [replace(fault, snippet=snippets.get((fault.part, fault.paragraph), fault.snippet)) for fault in faults]


def _in_order(faults: Iterable[LintFault], opened: OpenedWord) -> tuple[LintFault, ...]:
    parts = [*opened.stories]

    def place(fault: LintFault) -> tuple[int, str, int, bool]:
        order = parts.index(fault.part) if fault.part in parts else len(parts)
        return order, fault.part or "", fault.paragraph or 0, fault.severity is Severity.WARNING

    return tuple(sorted(faults, key=place))
