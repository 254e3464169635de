"""Money, dates, numbers and lists as they are printed."""

from datetime import date, time
from decimal import Decimal

import pytest

from service.drafting import wording


def test_dollars_carry_commas_cents_and_a_leading_sign() -> None:
    assert wording.dollars(Decimal("1234.5")) == "$1,234.50"
    assert wording.dollars(Decimal("-0.07")) == "-$0.07"


def test_percentages_drop_needless_zeros() -> None:
    assert [wording.percent(Decimal(share)) for share in ("60", "33.33", "100.00", "0.50")] == [
        "60",
        "33.33",
        "100",
        "0.5",
    ]


def test_dates_are_written_out_in_prose_and_short_in_tables() -> None:
    assert wording.long_date(date(2026, 11, 3)) == "November 3, 2026"
    assert wording.short_date(date(2026, 2, 3)) == "02/03/2026"


@pytest.mark.parametrize(
    ("moment", "printed"),
    [
        (time(9, 30), "9:30 a.m."),
        (time(12, 0), "12:00 noon"),
        (time(13, 5), "1:05 p.m."),
        (time(0, 15), "12:15 a.m."),
        (time(12, 30), "12:30 p.m."),
    ],
)
def test_times_tell_morning_from_afternoon(moment: time, printed: str) -> None:
    assert wording.clock_time(moment) == printed


def test_lists_take_a_serial_comma_and_semicolons_where_members_hold_commas() -> None:
    assert wording.series(["a"]) == "a"
    assert wording.series(["a", "b"]) == "a and b"
    assert wording.series(["a", "b", "c"]) == "a, b, and c"
    assert wording.series(["a, x", "b"]) == "a, x; and b"
    assert wording.series(["$1,000.00", "$2.00"]) == "$1,000.00 and $2.00"


def test_numbers_are_spelled_and_counted() -> None:
    assert wording.spelled(30) == "thirty (30)"
    assert wording.spelled(45) == "forty-five (45)"
    assert wording.spelled(120) == "120"
    assert wording.cardinal(12) == "twelve"
    assert [wording.roman(number) for number in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]


def test_a_sentence_ends_with_one_period() -> None:
    assert wording.closed("Cedar Ridge Fabrication, Inc.") == "Cedar Ridge Fabrication, Inc."
    assert wording.closed("Freight LLC") == "Freight LLC."
    assert wording.quoted_at_end(" limited. ") == "“limited.”"
