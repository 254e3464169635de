"""Docket numbers of the circuit courts, read but never rewritten.

The present form is county code, case type, year and an unpadded number (``60DR-15-1086``), with a letter after the code
in a county of two districts. Older cases carry the form of Administrative Order No. 2(a) (``DR-2005-641-3``).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

MODERN = re.compile(
    r"(?P<county>0[1-9]|[1-6][0-9]|7[0-5])(?P<district>[A-Z]?)(?P<type>DR|CV|PR|CR|JV)"
    r"-(?P<year>[0-9]{2})-(?P<sequence>[0-9]{1,6})"
)
LEGACY = re.compile(r"(?P<type>DR)-?(?P<year>[0-9]{4}|[0-9]{2})-(?P<sequence>[0-9]{1,6})(-[0-9]{1,2})?")


class DocketForm(StrEnum):
    """Which way of numbering a docket number follows."""

    MODERN = "modern"
    LEGACY = "legacy"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketNumber:
    """A docket number as the clerk gave it, and what can be read from it; parts that it does not show are ``None``."""

    given: str
    form: DocketForm
    county_code: str | None = None
    district: str | None = None
    case_type: str | None = None
    year: str | None = None
    sequence: str | None = None


def parse_docket(given: str) -> DocketNumber:
    """Read a docket number; one of neither known form is kept whole as :attr:`DocketForm.OTHER`."""
    if modern := MODERN.fullmatch(given):
        return DocketNumber(
            given=given,
            form=DocketForm.MODERN,
            county_code=modern["county"],
            district=modern["district"] or None,
            case_type=modern["type"],
            year=modern["year"],
            sequence=modern["sequence"],
        )
    if legacy := LEGACY.fullmatch(given):
        return DocketNumber(
            given=given,
            form=DocketForm.LEGACY,
            case_type=legacy["type"],
            year=legacy["year"],
            sequence=legacy["sequence"],
        )
    return DocketNumber(given=given, form=DocketForm.OTHER)


def same_case(one: str, other: str) -> bool:
    """Whether two docket numbers may be of one case, where the older form leaves out county and district.

    Numbers of neither known form are of one case only if they are the same.
    """
    first, second = parse_docket(one), parse_docket(other)
    if DocketForm.OTHER in {first.form, second.form}:
        return one == other
    if first.form is second.form is DocketForm.MODERN and _court_of(first) != _court_of(second):
        return False
    return _case_of(first) == _case_of(second)


def _court_of(docket: DocketNumber) -> tuple[str | None, str | None]:
    return docket.county_code, docket.district


def _case_of(docket: DocketNumber) -> tuple[str | None, str, int]:
    """Type, last two digits of the year and number without leading zeros."""
    return docket.case_type, (docket.year or "")[-2:], int(docket.sequence or 0)
