"""Which intake a registration is for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intake import Intake, day_of, intake_of, next_intake

AMS = ZoneInfo("Europe/Amsterdam")
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMS)


@pytest.mark.parametrize(
    ("moment", "intake"),
    [
        ("2026-11-23 12:00", "2027-11"),
        ("2026-10-31 23:59:59", "2026-11"),
        ("2026-11-01 00:00", "2027-11"),
        ("2026-11-30 12:00", "2027-11"),
        ("2026-12-01 00:00", "2027-11"),
        ("2026-12-31 23:59:59.999999", "2027-11"),
        ("2027-01-01 00:00", "2027-11"),
        ("2028-02-29 09:00", "2028-11"),
        ("2026-10-25 02:30", "2026-11"),
        ("2027-03-28 02:30", "2027-11"),
    ],
)
def test_the_next_intake_while_nothing_is_set(moment, intake):
    assert next_intake(at(moment)).id == intake


def test_the_day_is_the_day_in_the_netherlands():
    just_november_here = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    assert next_intake(just_november_here).id == "2027-11"


CLOCKS_GO_BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)
CLOCKS_GO_ON = datetime(2027, 3, 28, 1, tzinfo=UTC)


@pytest.mark.parametrize("change", [CLOCKS_GO_BACK, CLOCKS_GO_ON])
def test_when_the_clocks_change_no_moment_is_double_or_missing(change):
    """A closing day on that very Sunday lasts 25 or 23 hours, to the second."""
    sunday = day_of(change)
    known = [Intake(f"{sunday.year}-11", date(sunday.year, 11, 9), closes_on=sunday)]
    ends = datetime.combine(sunday + timedelta(days=1), time(), AMS).astimezone(UTC)
    begins = datetime.combine(sunday, time(), AMS).astimezone(UTC)
    assert (ends - begins) / timedelta(hours=1) == (25 if change == CLOCKS_GO_BACK else 23)
    for minutes in range(0, 26 * 60, 30):
        moment = begins + timedelta(minutes=minutes)
        is_open = next_intake(moment, known) == known[0]
        assert is_open == (moment < ends), moment
    assert next_intake(ends - SECOND, known) == known[0] != next_intake(ends, known)


@pytest.mark.parametrize("fold", [0, 1])
def test_half_past_two_in_the_night_that_has_it_twice(fold):
    moment = datetime(2026, 10, 25, 2, 30, tzinfo=AMS, fold=fold)
    assert next_intake(moment).id == "2026-11"


@pytest.mark.parametrize("year", [2027, 2028, 2030, 2031])
def test_a_second_decides_at_the_end_of_october(year):
    november = datetime(year, 11, 1, tzinfo=AMS)
    assert next_intake(november - SECOND).id == f"{year}-11"
    assert next_intake(november).id == next_intake(november + SECOND).id == f"{year + 1}-11"


def test_a_set_start_keeps_the_intake_open_until_the_day_before():
    known = [Intake("2026-11", starts_on=date(2026, 11, 9))]
    assert next_intake(at("2026-11-08 23:59:59"), known).id == "2026-11"
    assert next_intake(at("2026-11-09 00:00"), known).id == "2027-11"


def test_a_set_closing_day_counts_wholly():
    known = [Intake("2026-11", starts_on=date(2026, 11, 9), closes_on=date(2026, 9, 30))]
    assert next_intake(at("2026-09-30 23:59:59"), known).id == "2026-11"
    assert next_intake(at("2026-10-01 00:00"), known).id == "2027-11"


def test_a_group_that_was_put_off_stays_open_in_the_next_year():
    known = [Intake("2027-11", starts_on=date(2028, 1, 17))]
    assert next_intake(at("2027-12-24 12:00"), known).id == "2027-11"
    assert next_intake(at("2028-01-16 23:59:59"), known).id == "2027-11"
    assert next_intake(at("2028-01-17 00:00"), known).id == "2028-11"


def test_what_is_set_comes_along():
    known = [Intake("2027-11", starts_on=date(2027, 11, 1), capacity=12)]
    assert next_intake(at("2026-11-23 12:00"), known) == known[0]


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        next_intake(datetime(2026, 11, 23))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=900)),
    st.lists(
        st.builds(
            lambda year, start, close: Intake(
                f"{year}-11", date(year, 11, start), date(year, 10, close)
            ),
            st.integers(2020, 2042),
            st.integers(1, 30),
            st.integers(1, 31),
        ),
        max_size=4,
    ),
)
def test_later_is_never_an_earlier_intake(moment, pause, known):
    first = next_intake(moment.replace(tzinfo=UTC), known)
    later = next_intake((moment + pause).replace(tzinfo=UTC), known)
    assert later.year >= first.year


def test_the_november_intake_of_a_year():
    assert intake_of(2027) == Intake("2027-11")


@pytest.mark.parametrize(
    ("days", "is_likely"),
    [
        ({}, True),
        ({"starts_on": date(2027, 11, 1)}, True),
        ({"starts_on": date(2027, 10, 30)}, True),
        ({"starts_on": date(2027, 12, 1)}, True),
        ({"starts_on": date(2026, 11, 1)}, False),
        ({"starts_on": date(2028, 11, 1)}, False),
        ({"starts_on": date(2027, 1, 11)}, False),
        ({"starts_on": date(2028, 1, 17)}, True),
        ({"starts_on": date(2028, 10, 31)}, True),
        ({"starts_on": date(2027, 9, 30)}, False),
        ({"starts_on": date(2028, 1, 17), "closes_on": date(2028, 1, 10)}, True),
        ({"starts_on": date(2028, 1, 17), "closes_on": date(2028, 1, 18)}, False),
        ({"closes_on": date(2027, 9, 1)}, True),
        ({"closes_on": date(2027, 11, 7)}, True),
        ({"closes_on": date(2027, 11, 8)}, False),
        ({"closes_on": date(2026, 10, 1)}, False),
        ({"starts_on": date(2027, 11, 20), "closes_on": date(2027, 11, 20)}, True),
        ({"starts_on": date(2027, 11, 3), "closes_on": date(2027, 11, 4)}, False),
    ],
)
def test_a_day_that_cannot_be_of_that_group_is_a_slip(days, is_likely):
    assert Intake("2027-11", **days).is_likely() is is_likely
