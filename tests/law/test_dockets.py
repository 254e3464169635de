"""Docket numbers are read, never rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import NotFound
from service.law.courts import county
from service.law.dockets import DocketForm, parse_docket, same_case


@pytest.mark.parametrize(
    "number",
    ["60DR-98-1328", "60DR-15-1086", "28DR-04-397", "72DR-13-1985", "17DR-04-603", "23DR-00-856", "46CR-16-709"],
)
def test_numbers_seen_in_opinions_are_read_to_their_county(number: str) -> None:
    docket = parse_docket(number)
    assert docket.form is DocketForm.MODERN
    assert docket.county_code == number[:2]


def test_a_district_letter_is_read_apart_from_the_case_type() -> None:
    docket = parse_docket("66FDR-20-11")
    assert (docket.county_code, docket.district, docket.case_type, docket.sequence) == ("66", "F", "DR", "11")


@pytest.mark.parametrize("number", ["DR-2005-641-3", "DR-2006-22", "DR-09-21", "DR2002-1"])
def test_older_numbers_are_kept_as_they_are(number: str) -> None:
    docket = parse_docket(number)
    assert (docket.form, docket.given, docket.county_code) == (DocketForm.LEGACY, number, None)


@pytest.mark.parametrize(
    "number", ["", "76DR-20-1", "00DR-20-1", "60DR-2020-1", "60dr-20-1", "60DR-20-1 ", "\u0666\u0660DR-20-1"]
)
def test_other_numbers_are_not_forced_into_a_form(number: str) -> None:
    assert parse_docket(number).form is DocketForm.OTHER


@given(st.text(max_size=20))
def test_a_number_is_never_rewritten(number: str) -> None:
    assert parse_docket(number).given == number


def test_a_county_is_found_by_its_name() -> None:
    assert county("St. Francis").code == "62"
    assert county("Saline").code == "63"


def test_a_county_that_arkansas_has_not_is_not_found() -> None:
    with pytest.raises(NotFound):
        county("Shelby")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("04DR-19-881", "04DR-19-881", True),
        ("04DR-19-881", "04DR-19-0881", True),
        ("04DR-19-881", "DR-2019-881", True),
        ("DR-19-881-3", "DR-2019-881", True),
        ("04DR-19-881", "60DR-19-881", False),
        ("66GDR-19-881", "66FDR-19-881", False),
        ("04DR-19-881", "04CV-19-881", False),
        ("04DR-19-881", "04DR-18-881", False),
        ("04DR-19-881", "DR-2019-882", False),
        ("2019-4471", "2019-4471", True),
        ("2019-4471", "DR-2019-4471", False),
    ],
)
def test_two_numbers_are_of_one_case_if_nothing_that_both_show_differs(one: str, other: str, *, same: bool) -> None:
    assert same_case(one, other) is same
    assert same_case(other, one) is same
