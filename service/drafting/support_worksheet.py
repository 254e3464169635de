"""The words of the child support worksheet: its lines, and the arithmetic that leads to each figure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from service.drafting.assignment import Assignment
from service.drafting.every_paper import common_context
from service.drafting.parties import term_for
from service.drafting.wording import dollars, percent
from service.facts.case import CaseFacts
from service.facts.remembering import once_for_a_case
from service.facts.vocabulary import PartyRole
from service.law.worksheet import Worksheet, WorksheetLine, worksheet

_PARENTS = (PartyRole.NONCUSTODIAL_PARENT, PartyRole.CUSTODIAL_PARTY)

_REACHED = {
    "1": "as stated",
    "1a": "as stated",
    "2": "line 1 less line 1a",
    "3": "line 2 in percent of combined line 2",
    "4": "from the chart, on combined line 2",
    "5": "line 3 of line 4",
    "6": "as stated, to the parent who pays it",
    "7": "as stated, to the parent who pays it",
    "8": "as stated, to the parent who pays it",
    "9": "lines 6, 7 and 8 together",
    "10": "line 3 of combined line 9",
    "11": "line 5 and line 10 together",
    "12": "line 9 of the payor",
    "13": "line 11 less line 12",
}


_COMBINED = "combined "
_EXPRESSIONS = {
    "2": ("{} \u2212 {}", ("1", "1a")),
    "3": ("{} ÷ {}", ("2", "combined 2")),
    "5": ("{} × {}", ("3", "combined 4")),
    "9": ("{} + {} + {}", ("6", "7", "8")),
    "10": ("{} × {}", ("3", "combined 9")),
    "11": ("{} + {}", ("5", "10")),
    "13": ("{} \u2212 {}", ("11", "12")),
}
"""The arithmetic of the computed lines, and the lines it takes: of the parent's own column, or of the combined one."""


def child_support_worksheet(assignment: Assignment) -> Mapping[str, Any]:
    """Lines 1 to 13 with both parents' columns, and every step in figures.

    Raises:
        FactsRefused: a figure of the worksheet is missing.
    """
    return {**common_context(assignment), "sheet": _sheet(assignment.facts)}


@once_for_a_case
def _sheet(facts: CaseFacts) -> Mapping[str, Any]:
    filled = worksheet(facts)
    payee = next(role for role in _PARENTS if role is not filled.payor)
    return {
        "edition": filled.edition,
        "payor": term_for(filled.payor),
        "payee": term_for(payee),
        "lines": tuple(_row(line) for line in filled.lines),
        "steps": tuple(_steps(filled)),
        "last_line": _figure(filled.line("13").of(filled.payor), filled.line("13")),
        "support": f"{dollars(filled.monthly_support)} a month",
    }


def _row(line: WorksheetLine) -> Mapping[str, str]:
    return {
        "number": line.number,
        "label": line.name,
        "reached": _REACHED[line.number],
        "noncustodial": _figure(line.noncustodial_parent, line),
        "custodial": _figure(line.custodial_party, line),
        "combined": _figure(line.combined, line),
    }


def _steps(filled: Worksheet) -> Iterator[Mapping[str, str]]:
    """The arithmetic of the computed lines, for each parent; lines that are only stated need none."""
    for number in _EXPRESSIONS:
        line = filled.line(number)
        shown = {role: _arithmetic(filled, number, role) if line.of(role) is not None else "" for role in _PARENTS}
        yield {
            "number": number,
            "noncustodial": shown[PartyRole.NONCUSTODIAL_PARENT],
            "custodial": shown[PartyRole.CUSTODIAL_PARTY],
        }


def _arithmetic(filled: Worksheet, number: str, role: PartyRole) -> str:
    form, operands = _EXPRESSIONS[number]
    shown = []
    for operand in operands:
        line = filled.line(operand.removeprefix(_COMBINED))
        shown.append(_figure(line.combined if operand.startswith(_COMBINED) else line.of(role), line))
    reached = filled.line(number)
    return f"{form.format(*shown)} = {_figure(reached.of(role), reached)}"


def _figure(figure: Decimal | None, line: WorksheetLine) -> str:
    if figure is None:
        return ""
    return f"{percent(figure)}%" if line.in_percent else dollars(figure)
