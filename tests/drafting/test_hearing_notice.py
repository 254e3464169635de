"""A notice of hearing never asks for what can no longer be done."""

from tests.builders import changed, example
from tests.drafting.conftest import Reader


def notice(read: Reader, on: str) -> str:
    document = changed(example("modification"), "/filing_date", "2026-11-23")
    return read(changed(document, "/hearing/on", on))["notice-of-hearing"]


def test_a_notice_in_time_names_the_last_day_to_serve_it(read: Reader) -> None:
    assert "are to be served not later than November 23, 2026" in notice(read, "2026-12-13")


def test_a_notice_that_comes_too_late_names_no_day_before_the_filing(read: Reader) -> None:
    said = notice(read, "2026-11-29")
    assert "November 9, 2026" not in said
    assert "Fewer days than that remain. The Court may modify that time by order." in said


def test_a_place_in_a_table_is_no_sentence(read: Reader) -> None:
    assert "Place | Benton County Circuit Court, Courtroom 3, Bentonville, Arkansas\n" in notice(read, "2027-01-12")
