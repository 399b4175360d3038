"""The intakes: which is next, and what a coordinator knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core import intake as rules
from bot.core.errors import DayUnlikely, IntakeUnknown
from bot.core.intake import Intake
from bot.core.registration import Status
from bot.services import news
from bot.services.news import Told
from bot.services.ports import Ports


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


async def set_intake(
    ports: Ports,
    name: str,
    *,
    starts_on: date | None = None,
    closes_on: date | None = None,
    capacity: int | None = None,
) -> Kept:
    """Set what is known of an intake ("2027-11"); what is not given stays as it was.

    Everybody in the group hears a start that became known or changed, once. Raises IntakeUnknown,
    and DayUnlikely: a start in the wrong year would end what is kept of everybody in the group.
    """
    year, _, month = name.partition("-")
    if not (year.isdigit() and len(year) == 4 and month == str(rules.START_MONTH)):
        raise IntakeUnknown(name)
    async with ports.work() as work:
        await work.intakes.hold(name)
        before = rules.intake_named(name, await work.intakes.all())
        intake = replace(
            before,
            starts_on=starts_on or before.starts_on,
            closes_on=closes_on or before.closes_on,
            capacity=before.capacity if capacity is None else capacity,
        )
        if not intake.is_likely():
            raise DayUnlikely(name)
        intake = rules.dated(before, intake, ports.clock.now())
        await work.intakes.save(intake)
        told = await news.of_start(ports, work, before, intake)
        await work.commit()
    return Kept(intake, told)
