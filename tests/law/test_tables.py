"""The law's tables: complete, sourced, cross-referenced, and refused whole when a row is wrong."""

import copy
import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from service.errors import Audience
from service.facts.vocabulary import FilingKind
from service.law import tables
from service.law.advisories import DOUBTS
from service.law.advisory_table import ADVISORY_RULES, read_advisories
from service.law.authorities import AUTHORITIES, TO_BE_CONFIRMED, authority, read_authorities
from service.law.calendar import read_holidays
from service.law.clauses import read_clauses
from service.law.confirmations import NONE_CONFIRMED
from service.law.courts import COUNTIES, DEFAULT_COURT_PROFILE, read_counties, read_court_profile
from service.law.documents import DOCUMENT_RULES, read_documents
from service.law.editions import EDITIONS, Subject, is_in_force, read_editions
from service.law.gate_findings import GATES
from service.law.gate_rules import GATE_TABLE, read_gates
from service.law.protected_addresses import read_common_names
from service.law.table_reading import LawTableRefused, TableReader, open_table

READERS: dict[str, Callable[[TableReader], Any]] = {
    "advisories.json": read_advisories,
    "authorities.json": read_authorities,
    "clauses.json": read_clauses,
    "common_names.json": read_common_names,
    "counties.json": read_counties,
    "court_profile.json": read_court_profile,
    "documents.json": read_documents,
    "gates.json": read_gates,
    "editions.json": read_editions,
    "holidays.json": read_holidays,
}


def table(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files(tables).joinpath(name).read_text(encoding="utf-8"))
    return document


def spoilt(name: str, *way: str | int, value: Any = None) -> TableReader:
    document = copy.deepcopy(table(name))
    place: Any = document
    for step in way[:-1]:
        place = place[step]
    if value is None:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    return TableReader(name, document)


def refusal(reader: TableReader) -> LawTableRefused:
    with pytest.raises(LawTableRefused) as refused:
        READERS[reader.name](reader)
    return refused.value


def test_every_table_in_the_package_has_its_reader() -> None:
    packaged = {entry.name for entry in files(tables).iterdir() if entry.name.endswith(".json")}
    assert packaged == READERS.keys()


@pytest.mark.parametrize("name", READERS)
def test_a_table_reads_and_names_source_and_date(name: str) -> None:
    assert READERS[name](open_table(name))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("member", ["source", "as_of"])
def test_a_table_without_source_or_date_is_refused(name: str, member: str) -> None:
    fault = refusal(spoilt(name, member)).faults[0]
    assert (fault.part, fault.pointer) == (name, f"/{member}")


@pytest.mark.parametrize(
    ("reader", "pointer"),
    [
        (spoilt("gates.json", "gates", 6, "rulings", "unknown", "remedy"), "/gates/6/rulings/unknown/remedy"),
        (spoilt("gates.json", "gates", 0, "kinds", value=["divorce"]), "/gates/0/kinds"),
        (spoilt("gates.json", "gates", 0, "authorities", value=["ark-0"]), "/gates/0/authorities"),
        (spoilt("gates.json", "gates", 0, "id", value="G02"), "/gates"),
        (spoilt("gates.json", "gates", 3, "as_of", value="soon"), "/gates/3/as_of"),
        (spoilt("gates.json", "gates", 3, "source"), "/gates/3/source/title"),
        (spoilt("gates.json", "gates", 3, "rulings", value=7), "/gates/3/rulings"),
        (
            spoilt("gates.json", "gates", 15, "rulings", "coverage_lost", "statement", value="Surely so."),
            "/gates/15/rulings/coverage_lost/statement",
        ),
        (spoilt("advisories.json", "advisories", 0, "statement", value="Surely so."), "/advisories/0/statement"),
        (spoilt("court_profile.json", "settings", 6, "value", value="perhaps"), "/settings"),
        (spoilt("advisories.json", "advisories", 1, "code", value="docket_county_mismatch"), "/advisories/1/code"),
        (spoilt("authorities.json", "authorities", 1, "id", value="ark-9-14-105-a"), "/authorities/1/id"),
        (spoilt("authorities.json", "authorities", 0, "standing", value="sure"), "/authorities/0/standing"),
        (spoilt("counties.json", "counties", 74), "/counties"),
        (spoilt("counties.json", "counties", 0, "two_districts", value="yes"), "/counties/0/two_districts"),
        (spoilt("counties.json", "counties", 0, "seats", value=[7]), "/counties/0/seats"),
        (spoilt("court_profile.json", "settings", value={}), "/settings"),
        (spoilt("court_profile.json", "settings", 0, value="paper"), "/settings/0"),
        (spoilt("documents.json", "documents", 1, "titles", "cash"), "/documents/1/titles"),
        (spoilt("documents.json", "documents", 0, "name", value="n" * 44), "/documents/0/name"),
        (
            spoilt("editions.json", "subjects", 1, "editions", 0, "values", "percent_of_gross", value=5),
            "/subjects/1/editions/0/values/percent_of_gross",
        ),
        (
            spoilt("editions.json", "subjects", 1, "editions", 0, "authority", value="cfr-0"),
            "/subjects/1/editions/0/authority",
        ),
        (spoilt("editions.json", "subjects", 0, "editions", 0, "to", value="2022-10-07"), "/subjects/0/editions"),
        (spoilt("editions.json", "subjects", 4), "/subjects"),
        (spoilt("advisories.json", "advisories", 0, "outcome", value="allow"), "/advisories/0/outcome"),
        (spoilt("holidays.json", "last_year", value=2031), "/holidays"),
        (spoilt("holidays.json", "first_year", value="2026"), "/first_year"),
    ],
)
def test_a_faulty_row_is_refused_with_its_place(reader: TableReader, pointer: str) -> None:
    error = refusal(reader)
    assert pointer in {fault.pointer for fault in error.faults}
    assert error.audience is Audience.OPERATOR
    assert error.message.startswith(f"The table {reader.name} is faulty at /")


def test_all_faults_of_a_table_are_named_at_once() -> None:
    document = table("authorities.json")
    for place in (3, 5):
        document["authorities"][place]["citation"] = ""
    error = refusal(TableReader("authorities.json", document))
    assert [fault.pointer for fault in error.faults] == ["/authorities/3/citation", "/authorities/5/citation"]


def test_the_gates_are_g01_to_g19_each_with_its_function_and_source() -> None:
    ids = [f"G{number:02}" for number in range(1, 20)]
    assert [rule.id for rule in GATE_TABLE.gates] == ids == list(GATES)
    assert all(rule.kinds and rule.authorities and rule.source.quote for rule in GATE_TABLE.gates)


def test_words_of_rulings_are_short_and_what_is_uncertain_says_so() -> None:
    rulings = [ruling for rule in GATE_TABLE.gates for ruling in rule.rulings.values()]
    assert max(len(ruling.statement) for ruling in rulings) <= 200
    assert max(len(ruling.remedy or "") for ruling in rulings) <= 200
    uncertain = [ruling for ruling in rulings if ruling.rests_on is not None]
    assert len(uncertain) == 7
    assert all(TO_BE_CONFIRMED in ruling.statement for ruling in uncertain)


def test_what_a_ruling_rests_on_stands_among_the_authorities_of_its_gate() -> None:
    for rule in GATE_TABLE.gates:
        assert {ruling.rests_on for ruling in rule.rulings.values() if ruling.rests_on} <= set(rule.authorities)


def test_every_advisory_has_its_function_and_short_words() -> None:
    assert DOUBTS.keys() == ADVISORY_RULES.keys()
    assert max(len(rule.statement) for rule in ADVISORY_RULES.values()) <= 300


def test_an_authority_is_printed_as_certain_only_if_its_words_were_read() -> None:
    assert authority("ark-9-14-502-a").marked(NONE_CONFIRMED) == "Ark. Code Ann. § 9-14-502(a)"
    assert authority("ark-9-14-232").marked(NONE_CONFIRMED) == f"Ark. Code Ann. § 9-14-232 ({TO_BE_CONFIRMED})"
    for entry in AUTHORITIES.values():
        assert (TO_BE_CONFIRMED in entry.marked(NONE_CONFIRMED)) is not entry.standing.certain


def test_an_authority_that_is_not_in_the_table_is_refused_by_name() -> None:
    with pytest.raises(LawTableRefused, match="ark-9-99"):
        authority("ark-9-99")


def test_the_court_profile_rests_on_known_authorities_and_marks_what_is_unconfirmed() -> None:
    assert {setting.authority for setting in DEFAULT_COURT_PROFILE} <= AUTHORITIES.keys()
    for setting in DEFAULT_COURT_PROFILE:
        assert (TO_BE_CONFIRMED in setting.meaning) is not setting.standing.certain


def test_there_are_seventy_five_counties_whose_codes_follow_their_census_codes() -> None:
    assert len(COUNTIES) == 75
    assert all(int(entry.code) == (int(entry.fips[2:]) + 1) // 2 for entry in COUNTIES.values())
    assert sum(entry.two_districts for entry in COUNTIES.values()) == 10
    assert {name for name, entry in COUNTIES.items() if entry.code_standing.certain} == {
        "Crawford",
        "Faulkner",
        "Greene",
        "Miller",
        "Pope",
        "Pulaski",
        "Washington",
    }


def test_every_kind_has_documents_with_names_that_fit_a_file() -> None:
    assert {rule.kind for rule in DOCUMENT_RULES} == set(FilingKind)
    assert all(rule.name.replace("-", "").isalnum() and len(rule.name) <= 43 for rule in DOCUMENT_RULES)


def test_one_edition_of_the_guidelines_governs_each_day() -> None:
    for day in (date(2020, 7, 1), date(2022, 10, 6), date(2022, 10, 7), date(2026, 11, 23)):
        assert sum(edition.governs(day) for edition in EDITIONS[Subject.GUIDELINES]) == 1
    assert is_in_force(Subject.GUIDELINES, "2022 Ark. 185", date(2026, 11, 23))
    assert not is_in_force(Subject.GUIDELINES, "2020 Ark. 131", date(2026, 11, 23))
    assert not is_in_force(Subject.GUIDELINES, "2031 Ark. 1", date(2026, 11, 23))
