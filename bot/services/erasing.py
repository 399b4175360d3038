"""Erasing what is known of a person, or what was kept as long as was agreed, with a proof."""

from collections.abc import Collection, Sequence

from bot.core.errors import RegistrationUnknown
from bot.core.registration import Erasure, Registration, new_code
from bot.services.ports import Ports
from bot.services.stores import UnitOfWork


async def erase(ports: Ports, conversation: str) -> Erasure:
    """Erase everything that this conversation told or registered, or proved to be its own."""
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        owns = await work.registrations.all_of(conversation)
        places = {conversation, *(own.conversation for own in owns)}
        return await _erase(ports, work, conversation, owns, places)


async def erase_conversation(ports: Ports, conversation: str) -> Erasure:
    """Erase what was said in a conversation, and no registration that it proved to be its own."""
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        return await _erase(ports, work, conversation, (), {conversation})


async def erase_by_code(ports: Ports, code: str) -> Erasure:
    """Erase a registration and all of the conversation it came from, on a person's request."""
    async with ports.work() as work:
        place = await work.registrations.conversation_of(code)
    if place is None:
        raise RegistrationUnknown
    return await erase(ports, place)


async def erase_registration(ports: Ports, code: str) -> Erasure:
    """Erase one registration, and what was said where it was made unless another is of there."""
    async with ports.work() as work:
        place = await work.registrations.conversation_of(code)
        if place is None:
            raise RegistrationUnknown
        await work.conversations.hold(place)
        there = await work.registrations.all_of(place)
        ended = [each for each in there if each.code == code]
        if not ended:
            raise RegistrationUnknown
        return await _erase(ports, work, place, ended, {place} if ended == [*there] else set())


async def _erase(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    owns: Sequence[Registration],
    places: Collection[str],
) -> Erasure:
    """From every store of ours, and from what the engine remembers; ids stay as a proof."""
    now = ports.clock.now()
    codes: list[str | None] = [own.code for own in owns] or [None]
    erasures = [Erasure(new_code("W"), conversation, code, now) for code in codes]
    for own in owns:
        await work.registrations.erase(own.code)
        await work.mails.drop(own.code)
    for place in sorted(places):
        await work.callbacks.erase(place)
        await work.mails.erase(place)
        await work.passages.erase(place)
        await work.conversations.erase(place)
    for erasure in erasures:
        await work.erasures.add(erasure)
    await work.commit()
    for place in places:
        await ports.traces.forget(place)
    return erasures[0]
