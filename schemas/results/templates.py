"""A linted Word file: every fault with its place."""

from typing import Any

from schemas.results.answer import AnswerSchema, count, flag, group, listing, word
from schemas.results.problems import FaultSchema
from service.rendering.lint.findings import Severity
from service.rendering.lint.linting import LintReport


class LintFaultSchema(FaultSchema):
    """One fault of a Word file, its paragraph counted from 1 within its part."""

    severity = word(Severity, "error: the service refuses the file for it; warning: advice.")


class LintSummarySchema(AnswerSchema):
    """The outcome in figures."""

    accepted = flag("Nothing stands in the way of using the file.")
    errors = count()
    warnings = count()


class LintReportSchema(AnswerSchema):
    """Everything wrong with a Word template or document."""

    faults = listing(LintFaultSchema, "Every fault at once, in reading order.")
    summary = group(LintSummarySchema)


def lint_json(report: LintReport) -> dict[str, Any]:
    """The report as ``POST /v1/templates/lint`` answers it."""
    errors = report.count(Severity.ERROR)
    document: dict[str, Any] = LintReportSchema().dump(
        {
            "faults": [fault.as_json() for fault in report.faults],
            "summary": {"accepted": not errors, "errors": errors, "warnings": report.count(Severity.WARNING)},
        }
    )
    return document
