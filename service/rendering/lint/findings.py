"""What the linter finds: faults that the service refuses, and advice that it does not insist on."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from service.errors import Fault


class Severity(StrEnum):
    """Whether the service would refuse the document for this."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFault(Fault):
    """A fault of a Word file, with its part, its paragraph (from 1, in document order) and words to find it by."""

    severity: Severity


def graded(faults: Iterable[Fault], severity: Severity) -> list[LintFault]:
    """The faults with how grave they are."""
    return [LintFault(**asdict(fault), severity=severity) for fault in faults]
