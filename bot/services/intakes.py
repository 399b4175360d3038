"""The intakes: which is next, and what a coordinator knows of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from bot.core import intake as rules
from bot.core.errors import DayUnlikely, IntakeUnknown, NotSure
from bot.core.intake import Intake
from bot.core.registration import Status
from bot.core.retention import ending_by
from bot.services import news
from bot.services.news import Told
from bot.services.ports import Ports
from bot.services.stores import UnitOfWork

DAYS_AND_PLACES: Final = ("starts_on", "closes_on", "capacity")
A_WEEK: Final = timedelta(days=7)
"""Who ends within this time because of a new day, would be gone before anybody noticed."""


@dataclass(frozen=True)
class Kept:
    """An intake as it is now, and who hears of it."""

    intake: Intake
    told: Told


async def next_intake(ports: Ports) -> Intake:
    """The intake for which somebody registers now."""
    async with ports.work() as work:
        known = await work.intakes.all()
    return rules.next_intake(ports.clock.now(), known)


async def intake(ports: Ports, name: str) -> Intake:
    """The intake of that name, with what is known of it."""
    async with ports.work() as work:
        return rules.intake_named(name, await work.intakes.all())


@dataclass(frozen=True)
class Room:
    """How much room a group has: places still free, else that it is full and who waits."""

    places_left: int | None = None
    waiting: int | None = None


async def room(ports: Ports, intake: Intake) -> Room:
    """What is known of the places in a group; nothing as long as their number was not set."""
    if intake.capacity is None:
        return Room()
    async with ports.work() as work:
        left = intake.capacity - await work.registrations.with_place(intake.id)
        everybody = await work.registrations.of_intake(intake.id)
    waiting = sum(own.status is Status.WAITING_LIST for own in everybody)
    return Room(waiting=waiting) if left <= 0 or waiting else Room(places_left=left)


async def list_intakes(ports: Ports) -> Sequence[Intake]:
    """The intakes that were set, and the next one."""
    async with ports.work() as work:
        known = list(await work.intakes.all())
    coming = rules.next_intake(ports.clock.now(), known)
    if coming.id not in {intake.id for intake in known}:
        known.append(coming)
    return sorted(known, key=lambda intake: intake.id)


@dataclass(frozen=True)
class Change:
    """What becomes known of an intake; what is not given stays, what is in `unset` is forgotten."""

    starts_on: date | None = None
    closes_on: date | None = None
    capacity: int | None = None
    unset: frozenset[str] = frozenset()

    def of(self, intake: Intake) -> Intake:
        """The intake as it is then."""
        given = {name: getattr(self, name) for name in DAYS_AND_PLACES}
        known = {name: value for name, value in given.items() if value is not None}
        unset: dict[str, Any] = dict.fromkeys(self.unset)
        return replace(intake, **unset, **known)


async def set_intake(
    ports: Ports,
    name: str,
    *,
    starts_on: date | None = None,
    closes_on: date | None = None,
    capacity: int | None = None,
    unset: Collection[str] = (),
    is_sure: bool = True,
) -> Kept:
    """Set what is known of an intake ("2027-11"); what is not given stays as it was.

    Everybody in the group hears a start that became known or changed, once. Raises IntakeUnknown,
    DayUnlikely, and without `is_sure` NotSure: a start on another day may end what is kept of
    everybody in the group.
    """
    year, _, month = name.partition("-")
    if not (year.isdigit() and len(year) == 4 and month == str(rules.START_MONTH)):
        raise IntakeUnknown(name)
    if int(year) > rules.day_of(ports.clock.now()).year + rules.FARTHEST:
        raise IntakeUnknown(name)
    change = Change(starts_on, closes_on, capacity, frozenset(unset))
    async with ports.work() as work:
        await work.intakes.hold(name)
        known = await work.intakes.all()
        before = rules.intake_named(name, known)
        intake = change.of(before)
        if not intake.is_likely():
            raise DayUnlikely(name)
        if not is_sure:
            await _refuse_to_harm(ports, work, known, before, intake)
        intake = rules.dated(before, intake, ports.clock.now())
        await work.intakes.save(intake)
        told = await news.of_start(ports, work, before, intake)
        await work.commit()
    return Kept(intake, told)


async def _refuse_to_harm(
    ports: Ports, work: UnitOfWork, known: Sequence[Intake], old: Intake, new: Intake
) -> None:
    """Nobody is erased, and who registers now gets no other group, by a slip of the keyboard."""
    now = ports.clock.now()
    kept = [each for each in await work.terms.registrations() if each.intake == new.id]
    ends = ending_by(kept, old, new, now + A_WEEK)
    others = [each for each in known if each.id != new.id]
    before, after = rules.next_intake(now, known), rules.next_intake(now, [*others, new])
    moves = None if before.id == after.id else (before.id, after.id)
    if ends or moves:
        raise NotSure(len(ends), moves)


async def places_taken(ports: Ports, name: str) -> int:
    """How many have a place in that group."""
    async with ports.work() as work:
        return await work.registrations.with_place(name)
