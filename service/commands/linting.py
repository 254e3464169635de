"""lint: everything wrong with Word templates or documents, before anybody files with them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.results.templates import lint_json
from service.commands.files import FileRefused, read_file, write_together
from service.commands.speaking import Spoken
from service.desk.templates import require_template
from service.errors import FilingError
from service.rendering.lint.findings import LintFault, Severity, graded
from service.rendering.lint.linting import LintReport, lint
from service.rendering.lint.shapes import registry
from service.settings import Settings

_REFUSED = 1


def lint_files(options: argparse.Namespace, _settings: Settings) -> Spoken:
    """Lint every file named; with ``--annotated``, write a commented copy of each that has faults.

    Raises:
        FactsRefused: ``--template`` names none; without it each file's own name says which template it is, if any.
    """
    paths: Sequence[Path] = options.documents
    if options.template is not None:
        require_template(options.template)
    reports = [(path, _report(path, options.template or path.stem)) for path in paths]
    if options.annotated is not None:
        write_together(options.annotated, _copies(reports))
    errors = sum(report.count(Severity.ERROR) for _, report in reports)
    answer: dict[str, Any] = {"files": [{"file": str(path), **lint_json(report)} for path, report in reports]}
    words = [line for path, report in reports for line in _words(path, report)]
    return Spoken(answer=answer, words="\n".join(words), status=_REFUSED if errors else 0)


def _copies(reports: Sequence[tuple[Path, LintReport]]) -> dict[str, bytes]:
    """The commented copies by names of their own, so that no copy takes the place of its original."""
    copies: dict[str, bytes] = {}
    for path, report in reports:
        name = f"{path.stem}-annotated.docx"
        if name in copies:
            raise FileRefused(f"Two of the files are named {path.name}; write their copies one after the other.")
        if report.faults and report.annotated:
            copies[name] = report.annotated
    return copies


def _report(path: Path, template: str) -> LintReport:
    """A file that cannot be examined is a fault of its own, and the others are examined all the same."""
    try:
        return lint(read_file(path), registry().of(template))
    except FilingError as refused:
        told = graded(refused.faults, Severity.ERROR)
        whole = LintFault(code=refused.code, message=refused.message, severity=Severity.ERROR)
        return LintReport(faults=tuple(told) or (whole,), annotated=b"")


def _words(path: Path, report: LintReport) -> list[str]:
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    counted = f"{errors} errors, {warnings} warnings" if report.faults else "no faults"
    return [f"{path}: {counted}", *(f"  {_line(fault)}" for fault in report.faults)]


def _line(fault: LintFault) -> str:
    place = "" if fault.part is None else f" {fault.part}"
    place += "" if fault.paragraph is None else f", paragraph {fault.paragraph}"
    quoted = f" | {fault.snippet}" if fault.snippet else ""
    return f"{fault.severity}{place}: {fault.message} [{fault.code}]{quoted}"
