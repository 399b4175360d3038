"""What a coordinator decides or corrects, after talking with the candidate."""

from dataclasses import replace
from typing import Any

from bot.core.answers import answer_to, located
from bot.core.errors import AddressTaken, IntakeFull, RegistrationUnknown, ValueUnclear
from bot.core.intake import intake_named
from bot.core.items import PERSONAL
from bot.core.registration import Registration, Status
from bot.services.ports import Ports
from bot.services.registration import held, is_full, retell, take_off


async def place(ports: Ports, code: str) -> Registration:
    """Give a place to who waits for one or was to be looked at; twice is the same as once.

    Raises RegistrationUnknown, also for one that was withdrawn, and IntakeFull.
    """
    async with ports.work() as work:
        own = await held(work, code)
        if not own.stands:
            raise RegistrationUnknown(code)
        if own.status is Status.REGISTERED:
            return own
        intake = intake_named(own.intake, await work.intakes.all())
        if own.status is Status.WAITING_LIST and await is_full(work, intake):
            raise IntakeFull(intake.id)
        own = replace(own, status=Status.REGISTERED, updated_at=ports.clock.now())
        await work.registrations.save(own)
        await work.commit()
        return own


async def withdraw(ports: Ports, code: str) -> Registration:
    """Take somebody off the list who asked for it; twice is the same as once."""
    async with ports.work() as work:
        return await take_off(ports, work, await held(work, code))


async def correct(ports: Ports, code: str, item: str, text: str) -> Registration:
    """Change a value of a person (name, email, phone, company, region), read as in a conversation.

    Raises RegistrationUnknown, ValueUnclear and AddressTaken.
    """
    told = _read(ports, item, text)
    values = {name: value for name, value in told.items() if name != "region"}
    async with ports.work() as work:
        own = await held(work, code)
        new = replace(own, **values, updated_at=ports.clock.now())
        if new.email != own.email:
            there = await work.registrations.of_person(own.intake, new.email)
            if there is not None and there.code != code:
                raise AddressTaken
        await work.registrations.save(new)
        await retell(work, own.conversation, told)
        await work.commit()
        return new


def _read(ports: Ports, item: str, text: str) -> dict[str, Any]:
    value: object = ports.personal.mask(text, item, {}).known.get(item)
    if item not in PERSONAL:
        value = answer_to(item, text, today=ports.clock.now().date())
    if not isinstance(value, str):
        raise ValueUnclear(item)
    return {item: value, **(located(value) if item == "region" else {})}
