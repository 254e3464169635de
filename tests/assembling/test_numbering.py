"""File names fit what e-filing systems accept, whatever a document or label is called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.assembling.numbering import exhibit_file_name, numbered_name

_FITS = re.compile(r"[A-Za-z0-9_-]{1,46}")


def test_names_carry_their_place_in_filing_order() -> None:
    assert numbered_name(1, "complaint-for-medical-support") == "01-complaint-for-medical-support"
    assert exhibit_file_name(12, "B-1") == "12-exhibit-b-1"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Exhibit 12", "01-exhibit-12"),
        ("Plaintiff’s B & C", "01-exhibit-plaintiff-s-b-c"),
        ("§", "01-exhibit"),
        ("x" * 80, f"01-exhibit-{'x' * 35}"),
    ],
)
def test_an_exhibit_is_filed_under_its_label(label: str, name: str) -> None:
    assert exhibit_file_name(1, label) == name


def test_a_long_name_is_cut_where_it_still_ends_in_a_letter() -> None:
    assert numbered_name(3, "a" * 42 + "-" + "b" * 9) == "03-" + "a" * 42


@given(place=st.integers(1, 120), name=st.text(max_size=80))
def test_any_name_fits(place: int, name: str) -> None:
    assert _FITS.fullmatch(numbered_name(place, name))
    assert _FITS.fullmatch(exhibit_file_name(place, name))
