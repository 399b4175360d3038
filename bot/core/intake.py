"""Which intake a registration of today is for: the next group that starts early November.

A start date is unknown until a coordinator sets it. Then the rule is careful: from 1 November
the group of that year may have started, so the next one is a year ahead. A set start or closing
day replaces that guess. Days are days in the Netherlands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
START_MONTH: Final = 11
EARLIEST_MONTH: Final = 10
"""A start before this month of the group's year is a slip of the keyboard, or a year later."""
AGREED: Final = "intake"
"""In the draft: the intake that somebody was asked leave for."""
FARTHEST: Final = 3
"""Years ahead: nobody knows a day of a group after that, so its year is a slip."""
EARLY: Final = 7
"""A group starts early in the month: by this day, as long as nobody set the day itself."""


def day_of(moment: datetime) -> date:
    """The day that it is in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


@dataclass(frozen=True)
class Intake:
    """One group of candidates; None is not known yet.

    `closes_on` is the last day, in the Netherlands, on which one can register. `sequence` counts
    how often its days changed, the last time at `changed_at`.
    """

    id: str
    starts_on: date | None = None
    closes_on: date | None = None
    capacity: int | None = None
    sequence: int = 0
    changed_at: datetime | None = None

    @property
    def year(self) -> int:
        """The calendar year in which the group starts."""
        return int(self.id[:4])

    def start_days(self) -> tuple[date, date]:
        """The first and the last day on which the group may start; the same once it is known."""
        if self.starts_on is not None:
            return self.starts_on, self.starts_on
        first = date(self.year, START_MONTH, 1)
        return first, first.replace(day=EARLY)

    def is_likely(self) -> bool:
        """Whether the days that were set can be those of a group that starts in November.

        A group may be put off, until the next one starts.
        """
        first, last = self.start_days()
        if not date(self.year, EARLIEST_MONTH, 1) <= first < date(self.year + 1, START_MONTH, 1):
            return False
        return self.closes_on is None or date(self.year, 1, 1) <= self.closes_on <= last

    def last_day(self) -> date:
        """The last day on which a registration is for this intake."""
        if self.closes_on is not None:
            return self.closes_on
        first, _ = self.start_days()
        return first - timedelta(days=1)


def intake_of(year: int) -> Intake:
    """The November intake of a year, with nothing known about it."""
    return Intake(f"{year}-{START_MONTH}")


def intake_named(name: str, known: Iterable[Intake]) -> Intake:
    """The intake of that name, with what is known of it."""
    return next((intake for intake in known if intake.id == name), Intake(name))


def dated(before: Intake, after: Intake, now: datetime) -> Intake:
    """What is kept of an intake: when one of its days changed, that they did, and when."""
    if (before.starts_on, before.closes_on) == (after.starts_on, after.closes_on):
        return after
    return replace(after, sequence=before.sequence + 1, changed_at=now)


def next_intake(now: datetime, known: Iterable[Intake] = ()) -> Intake:
    """The intake that somebody who registers at `now` (aware) registers for."""
    if now.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    today = day_of(now)
    by_year = {intake.year: intake for intake in known}
    year = today.year - 1  # a group of last year may have been put off
    while True:
        intake = by_year.get(year, intake_of(year))
        if today <= intake.last_day():
            return intake
        year += 1
