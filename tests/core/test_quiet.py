"""Nobody is woken: what we say first waits for the morning in Amsterdam."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intake import AMSTERDAM
from bot.core.quiet import when_welcome


@pytest.mark.parametrize(
    ("moment", "welcome"),
    [
        ("2026-11-29T08:00+01:00", "2026-11-29T08:00+01:00"),
        ("2026-11-29T20:59+01:00", "2026-11-29T20:59+01:00"),
        ("2026-11-29T21:00+01:00", "2026-11-30T08:00+01:00"),
        ("2026-11-29T23:59+01:00", "2026-11-30T08:00+01:00"),
        ("2026-11-30T00:00+01:00", "2026-11-30T08:00+01:00"),
        ("2026-11-30T07:59+01:00", "2026-11-30T08:00+01:00"),
        ("2027-03-27T22:00+01:00", "2027-03-28T08:00+02:00"),
        ("2027-10-30T22:00+02:00", "2027-10-31T08:00+01:00"),
    ],
)
def test_from_nine_to_eight_we_wait(moment: str, welcome: str):
    given_at = datetime.fromisoformat(moment).astimezone(UTC)
    assert when_welcome(given_at) == datetime.fromisoformat(welcome)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_it_is_never_night_never_earlier_and_less_than_half_a_day_later(moment: datetime):
    welcome = when_welcome(moment)
    assert 8 <= welcome.astimezone(AMSTERDAM).hour < 21
    assert moment <= welcome <= moment + timedelta(hours=12)
    assert when_welcome(welcome) == welcome
