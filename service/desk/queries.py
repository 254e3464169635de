"""What a caller asks of the list of filings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.errors import FactsRefused, Fault
from service.facts.vocabulary import FilingKind
from service.law.courts import COUNTIES
from service.storage.records import FilingFilter, FilingState

DEFAULT_LIMIT = 50
GREATEST_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingQuery:
    """A filter, a page size and the place where the page begins."""

    wanted: FilingFilter
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    @classmethod
    def from_strings(cls, given: Mapping[str, str]) -> "FilingQuery":
        """Read a query string.

        Raises:
            FactsRefused: parameters that are not known or cannot be read, all at once.
        """
        read: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, text in given.items():
            if name not in _READERS:
                known = ", ".join(_READERS)
                message = f'There is no parameter "{name}"; those of this list are {known}.'
                faults.append(Fault(code="unknown_parameter", message=message))
                continue
            try:
                read[name] = _READERS[name](text)
            except ValueError:
                faults.append(Fault(code="bad_parameter", message=f'The parameter "{name}" {_FORMS[name]}.'))
        if faults:
            raise FactsRefused("The list cannot be filtered as asked.", faults)
        limit, cursor = read.pop("limit", DEFAULT_LIMIT), read.pop("cursor", None)
        return cls(wanted=FilingFilter(**read), limit=limit, cursor=cursor)


def _limit(text: str) -> int:
    limit = int(text)
    if not 1 <= limit <= GREATEST_LIMIT:
        raise ValueError
    return limit


def _county(text: str) -> str:
    if text not in COUNTIES:
        raise ValueError
    return text


_READERS: Mapping[str, Callable[[str], Any]] = {
    "state": FilingState,
    "kind": FilingKind,
    "county": _county,
    "since": date.fromisoformat,
    "until": date.fromisoformat,
    "limit": _limit,
    "cursor": str,
}
_FORMS = {
    "state": f"is one of {', '.join(FilingState)}",
    "kind": f"is one of {', '.join(FilingKind)}",
    "county": "is a county of Arkansas as the list of courts spells it",
    "since": "is a filing date, YYYY-MM-DD",
    "until": "is a filing date, YYYY-MM-DD",
    "limit": f"is a number from 1 to {GREATEST_LIMIT}",
}
