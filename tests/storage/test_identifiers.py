"""Identifiers sort by time and cannot be guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.storage.identifiers import IdentifierPrefix, is_identifier, new_identifier

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(earlier=INSTANTS, later_by=st.timedeltas(timedelta(milliseconds=2), timedelta(days=9000)))
def test_a_later_identifier_sorts_after_an_earlier_one(earlier: datetime, later_by: timedelta) -> None:
    first = new_identifier(IdentifierPrefix.FILING, earlier)
    assert first < new_identifier(IdentifierPrefix.FILING, earlier + later_by)
    assert is_identifier(IdentifierPrefix.FILING, first)


def test_identifiers_of_one_instant_differ(now: datetime) -> None:
    assert len({new_identifier(IdentifierPrefix.PREVIEW, now) for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "text", ["", "flg_", "flg_" + "0" * 25, "flg_" + "U" * 26, "prv_" + "0" * 26, "flg_" + "0" * 27]
)
def test_what_has_not_the_form_is_no_identifier(text: str) -> None:
    assert not is_identifier(IdentifierPrefix.FILING, text)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone-aware"):
        new_identifier(IdentifierPrefix.FILING, datetime(2026, 11, 23))  # noqa: DTZ001 - the fault under test
