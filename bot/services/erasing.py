"""Erasing what is known of a person, or what was kept as long as was agreed, with a proof."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import RegistrationUnknown
from bot.core.registration import Erasure, Registration, new_code
from bot.services import notices
from bot.services.ports import Ports
from bot.services.registration import UNCONFIRMED, held, retell
from bot.services.stores import UnitOfWork


@dataclass(frozen=True)
class Erased:
    """What was found and erased: the codes of registrations, and how many call-back requests."""

    proof: Erasure
    registrations: tuple[str, ...] = ()
    callbacks: int = 0

    @property
    def code(self) -> str:
        """The number that the visitor is told."""
        return self.proof.code

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.proof.at


async def erase(ports: Ports, conversation: str, *, is_self: bool = False) -> Erased:
    """Erase everything that this conversation told or registered, or proved to be its own.

    This is done in a turn, that the engine keeps afterwards: whoever asked for the turn lets the
    engine `forget` once more when it ended. `is_self`: the person did so; coordinators hear it.
    """
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        owns = await work.registrations.all_of(conversation)
        places = {conversation, *(own.conversation for own in owns)}
        requests = [each for each in await work.callbacks.all() if each.conversation in places]
        proof = await take_out(ports, work, conversation, owns, places)
        for own in owns if is_self else ():
            await notices.of_erasure(ports, work, own.code)
        await work.commit()
    await ports.traces.forget(conversation)
    await forget(ports, places - {conversation})
    return Erased(proof, tuple(own.code for own in owns), len(requests))


async def erase_idle(ports: Ports, conversation: str, moment: datetime) -> bool:
    """Erase what did not go on since then; False when it did after all."""
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        if not await work.conversations.is_idle(conversation, moment):
            return False
        await take_out(ports, work, conversation, (), {conversation})
        await work.commit()
    await forget(ports, {conversation})
    return True


async def erase_conversation(ports: Ports, conversation: str) -> Erasure:
    """Erase what was said in a conversation, and no registration that it proved to be its own."""
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        proof = await take_out(ports, work, conversation, (), {conversation})
        await work.commit()
    await forget(ports, {conversation})
    return proof


async def erase_by_code(ports: Ports, code: str) -> Erased:
    """Erase a registration and all of the conversation it came from, on a person's request."""
    async with ports.work() as work:
        place = await work.registrations.conversation_of(code)
    if place is None:
        raise RegistrationUnknown
    done = await erase(ports, place)
    await forget(ports, {place})
    return done


async def erase_registration(ports: Ports, code: str) -> Erasure:
    """Erase one registration. What was said where it was made ends by itself, by its own term."""
    async with ports.work() as work:
        own = await held(work, code)
        proof = await take_out(ports, work, own.conversation, [own], ())
        await retell(work, own.conversation, UNCONFIRMED)
        await work.commit()
    return proof


async def take_out(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    owns: Sequence[Registration],
    places: Collection[str],
) -> Erasure:
    """From every store of ours; ids stay as a proof, and which the engine has yet to forget."""
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
        await work.conversations.erase(place, now)
    for erasure in erasures:
        await work.erasures.add(erasure)
    return erasures[0]


async def forget(ports: Ports, places: Collection[str]) -> None:
    """Let the engine forget what was erased here; what does not succeed now, a round finishes."""
    for place in sorted(places):
        await ports.traces.forget(place)
        async with ports.work() as work:
            await work.conversations.forgotten(place)
            await work.commit()
