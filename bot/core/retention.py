"""How long things are kept: the terms that the texts name, and when they end.

What is kept of a registration ends four weeks after a person declined it, else four weeks after
the group started: who was given a place still has to hear when it starts. Nothing is wiped at the
first sight of its end: it is marked, and wiped a day later when its term still ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.core.intake import AMSTERDAM, Intake
from bot.core.registration import Status

CHAT: Final = timedelta(days=30)
"""A conversation in which nobody is on the list, since it last went on."""

CALLBACK: Final = timedelta(days=30)
"""A request to be called, since it was made, changed or done."""

REGISTRATION: Final = timedelta(weeks=4)
"""A registration, since it was withdrawn or declined, or the group started."""

TOKENS: Final = timedelta(days=1)
"""Links to another door and mailed digits; they stopped working long before."""

MARKED: Final = timedelta(days=1)
"""Between the mark and the wiping, at least."""

AHEAD: Final = timedelta(days=2)
"""So long before the end it is marked, so that nothing is kept longer than was agreed."""

SOON: Final = timedelta(days=14)
"""So long before registrations go, coordinators hear it."""

SOON_CALLBACK: Final = timedelta(days=7)
"""So long before a request that nobody dealt with goes, they hear it."""

JUMP: Final = timedelta(days=2)
"""A clock that differs more from the newest time that was seen, is not believed at once."""

PACE: Final = timedelta(days=1)
"""Rounds that follow one another sooner than this show that time simply went on."""

LONGEST_OFF: Final = timedelta(days=60)
"""For longer than this no machine is off by itself: then a person says that the time is right."""


@dataclass(frozen=True)
class Kept:
    """A registration without anything of the person: enough to know when it ends."""

    code: str
    conversation: str
    intake: str
    status: Status
    withdrawn_at: datetime | None = None
    decided_at: datetime | None = None
    marked_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it is on the list: not withdrawn."""
        return self.status is not Status.WITHDRAWN


@dataclass(frozen=True)
class KeptCallback:
    """A request to be called, without anything of the person."""

    id: int
    conversation: str
    touched_at: datetime
    is_open: bool
    marked_at: datetime | None = None

    @property
    def ends(self) -> datetime:
        """The moment from which it may no longer be there."""
        return self.touched_at + CALLBACK


def registration_ends(kept: Kept, intake: Intake) -> datetime:
    """The moment from which a registration may no longer be there."""
    if not kept.stands and kept.withdrawn_at is not None:
        return kept.withdrawn_at + REGISTRATION
    _, day = intake.start_days()
    start = datetime.combine(day, time(), AMSTERDAM)
    if kept.decided_at is None:
        return start + REGISTRATION
    if kept.status is Status.DECLINED:
        return kept.decided_at + REGISTRATION
    return max(kept.decided_at, start) + REGISTRATION


def ending_by(kept: Sequence[Kept], old: Intake, new: Intake, moment: datetime) -> Sequence[str]:
    """Which registrations end by then with these days of the group, and sooner than with those."""
    return [
        each.code
        for each in kept
        if registration_ends(each, new) <= moment
        and registration_ends(each, new) < registration_ends(each, old)
    ]


def is_marked_at(ends: datetime, now: datetime) -> bool:
    """Whether what ends then carries the mark now."""
    return ends - AHEAD <= now


def may_be_wiped(ends: datetime, marked_at: datetime | None, now: datetime) -> bool:
    """Whether it ended, and was marked long enough ago for a person to notice."""
    return marked_at is not None and marked_at + MARKED <= now and ends <= now


@dataclass(frozen=True)
class Seen:
    """The newest time that was believed; since when, and last, another one was met."""

    newest: datetime | None = None
    doubt_since: datetime | None = None
    doubt_last: datetime | None = None

    @property
    def is_doubted(self) -> bool:
        """Whether the clock tells a time that nothing else shows."""
        return self.doubt_since is not None


def look_at_clock(seen: Seen, now: datetime) -> Seen:
    """What is known of the time after a round at `now`.

    A machine that was off for days is believed after two days of rounds; a clock that runs months
    ahead or behind never is, until a person says so.
    """
    if seen.newest is None or abs(now - seen.newest) <= JUMP:
        return Seen(now if seen.newest is None else max(now, seen.newest))
    since, last = seen.doubt_since, seen.doubt_last
    if since is None or last is None or not timedelta() <= now - last <= PACE:
        return replace(seen, doubt_since=now, doubt_last=now)
    if now - since >= JUMP and abs(now - seen.newest) <= LONGEST_OFF:
        return Seen(now)
    return replace(seen, doubt_last=now)
