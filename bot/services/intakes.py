"""The intakes: which is next, and what a coordinator knows of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core import intake as rules
from bot.core.errors import DayUnlikely, IntakeUnknown
from bot.core.intake import Intake
from bot.services.ports import Ports


async def next_intake(ports: Ports) -> Intake:
    """The intake for which somebody registers now."""
    async with ports.work() as work:
        known = await work.intakes.all()
    return rules.next_intake(ports.clock.now(), known)


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
) -> Intake:
    """Set what is known of an intake ("2027-11"); what is not given stays as it was.

    Raises IntakeUnknown, and DayUnlikely: a start in the wrong year would end what is kept of
    everybody in the group.
    """
    year, _, month = name.partition("-")
    if not (year.isdigit() and len(year) == 4 and month == str(rules.START_MONTH)):
        raise IntakeUnknown(name)
    async with ports.work() as work:
        intake = rules.intake_named(name, await work.intakes.all())
        intake = replace(
            intake,
            starts_on=starts_on or intake.starts_on,
            closes_on=closes_on or intake.closes_on,
            capacity=intake.capacity if capacity is None else capacity,
        )
        if not intake.is_likely():
            raise DayUnlikely(name)
        await work.intakes.save(intake)
        await work.commit()
    return intake
