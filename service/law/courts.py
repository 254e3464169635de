"""The circuit courts of Arkansas: one per county, and what a clerk is taken to accept until a court says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from service.errors import NotFound
from service.law.standing import Standing
from service.law.table_reading import TableReader, open_table

COUNTIES_OF_ARKANSAS = 75
_FLAT_FILES = "flat_files"


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county and its circuit court.

    ``code`` opens the docket numbers of the court; where ``code_standing`` is not V, it is inferred from the county's
    alphabetical rank. ``two_districts`` means two county seats with a clerk in each.
    """

    code: str
    name: str
    seats: tuple[str, ...]
    circuit: str
    fips: str
    two_districts: bool
    code_standing: Standing
    code_seen_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtSetting:
    """One thing a court asks of the papers; only a setting of standing V is certain."""

    name: str
    value: str
    meaning: str
    standing: Standing
    authority: str


def county(name: str) -> County:
    """The county of that name, spelt as in the table (``St. Francis``, ``Hot Spring``).

    Raises:
        NotFound: Arkansas has no such county.
    """
    try:
        return COUNTIES[name]
    except KeyError:
        raise NotFound("Arkansas has no county of this name; the list of courts names the seventy-five.") from None


def read_counties(table: TableReader) -> Mapping[str, County]:
    """All counties by name.

    Raises:
        LawTableRefused: a row is faulty, or the table does not hold seventy-five different names and codes.
    """
    counties = [
        County(
            code=table.text(row, "code", at),
            name=table.text(row, "name", at),
            seats=table.texts(row, "seats", at),
            circuit=table.text(row, "circuit", at),
            fips=table.text(row, "fips", at),
            two_districts=table.flag(row, "two_districts", at),
            code_standing=table.word(Standing, row, "code_standing", at),
            code_seen_in=table.optional_text(row, "code_seen_in", at),
        )
        for at, row in table.rows("counties")
    ]
    distinct = min(len({entry.code for entry in counties}), len({entry.name for entry in counties}))
    if not len(counties) == distinct == COUNTIES_OF_ARKANSAS:
        table.refuse("/counties", f"{COUNTIES_OF_ARKANSAS} counties with different names and codes are expected.")
    table.close()
    return MappingProxyType({entry.name: entry for entry in counties})


def read_court_profile(table: TableReader) -> tuple[CourtSetting, ...]:
    """What a court is taken to accept where nothing is known of its own practice.

    Raises:
        LawTableRefused: a row is faulty, or one that is to be answered with yes or no says something else.
    """
    settings = tuple(
        CourtSetting(
            name=table.text(row, "name", at),
            value=table.text(row, "value", at),
            meaning=table.text(row, "meaning", at),
            standing=table.word(Standing, row, "standing", at),
            authority=table.text(row, "authority", at),
        )
        for at, row in table.rows("settings")
    )
    if any(each.name == _FLAT_FILES and each.value not in {"yes", "no"} for each in settings):
        table.refuse("/settings", f"{_FLAT_FILES} is yes or no.")
    table.close()
    return settings


COUNTIES = read_counties(open_table("counties.json"))
DEFAULT_COURT_PROFILE = read_court_profile(open_table("court_profile.json"))


def flat_files() -> bool:
    """Whether a court takes no form fields and no seals inside its PDFs; not, where nothing is known of it."""
    return _stated(_FLAT_FILES) == "yes"


def largest_file_bytes() -> int | None:
    """The largest file that a court takes, in bytes of which a megabyte has a million; ``None`` if none is known."""
    megabytes = _stated("largest_file_mb")
    return None if megabytes is None else int(Decimal(megabytes) * 1_000_000)


def _stated(name: str) -> str | None:
    return next((each.value for each in DEFAULT_COURT_PROFILE if each.name == name), None)
