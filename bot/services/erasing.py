"""Erasing what is known of a person, or what was kept as long as was agreed, with a proof."""

import re
from collections.abc import Awaitable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from bot.core.callback import Callback
from bot.core.errors import (
    CallbackUnknown,
    ConversationUnknown,
    RegistrationUnknown,
    StorageUnreadable,
)
from bot.core.registration import Erasure, Registration, Scope, new_code
from bot.services import notices
from bot.services.ports import Ports
from bot.services.registration import UNCONFIRMED, retell
from bot.services.stores import UnitOfWork

CODE: Final = re.compile(r"HT-\w+")
Row = TypeVar("Row")


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
    Without it what was proven here stays: it was made elsewhere, maybe by somebody else.
    """
    async with ports.work() as work:
        await work.conversations.lock(conversation)
        owns = await work.terms.of_conversation(conversation, proven=is_self)
        places = {conversation, *(own.conversation for own in owns)}
        requests = [each for place in places for each in await work.callbacks.all_of(place)]
        codes = [own.code for own in reversed(owns)]
        proof = await take_out(ports, work, conversation, codes, places)
        for own in owns if is_self else ():
            await notices.of_erasure(ports, work, own.code)
        await work.commit()
    await ports.traces.forget(conversation)
    await forget(ports, places - {conversation})
    return Erased(proof, tuple(codes), len(requests))


async def erase_idle(ports: Ports, conversation: str, moment: datetime) -> bool:
    """Erase what did not go on since then; False when it did after all."""
    async with ports.work() as work:
        await work.conversations.lock(conversation)
        if not await work.conversations.is_idle(conversation, moment):
            return False
        await take_out(ports, work, conversation, (), {conversation})
        await work.commit()
    await forget(ports, {conversation})
    return True


async def erase_conversation(ports: Ports, conversation: str) -> Erasure:
    """Erase what was said in a conversation, and no registration that it proved to be its own."""
    async with ports.work() as work:
        await work.conversations.lock(conversation)
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


@dataclass(frozen=True)
class Found:
    """What erasing takes along: of whom, and how much."""

    conversation: str
    registrations: tuple[Registration, ...] = field(default=(), repr=False)
    callbacks: tuple[Callback, ...] = field(default=(), repr=False)
    messages: int = 0
    codes: tuple[str, ...] = ()
    """Of all registrations, also of those that no key opens."""
    requests: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Who it is about, as far as he said so."""
        named = [*(one.name for one in self.registrations), *(one.name for one in self.callbacks)]
        return tuple(dict.fromkeys(name for name in named if name))


async def look(ports: Ports, named: str) -> Found:
    """Find what a code, the number of a call-back request or the id of a conversation names.

    Raises RegistrationUnknown, CallbackUnknown or ConversationUnknown.
    """
    async with ports.work() as work:
        place = await _place_of(work, named)
        owns = await _opened(work.registrations.all_of(place))
        return Found(
            place,
            tuple(each for each in owns if each.conversation == place),
            tuple(await _opened(work.callbacks.all_of(place))),
            len(await _opened(work.conversations.exchanges(place))),
            tuple(each.code for each in await work.terms.of_conversation(place, proven=False)),
            sum(each.conversation == place for each in await work.terms.callbacks()),
        )


async def _opened(rows: Awaitable[Sequence[Row]]) -> Sequence[Row]:
    """What can be read of it; what cannot can be erased all the same."""
    try:
        return await rows
    except StorageUnreadable:
        return ()


async def _place_of(work: UnitOfWork, named: str) -> str:
    if named.isdecimal():
        requests = {each.id: each for each in await work.terms.callbacks()}
        if int(named) not in requests:
            raise CallbackUnknown(named)
        return requests[int(named)].conversation
    if CODE.fullmatch(named.upper()):
        place = await work.registrations.conversation_of(named.upper())
        if place is None:
            raise RegistrationUnknown(named)
        return place
    with suppress(StorageUnreadable):
        if await work.conversations.by_id(named) is None:
            raise ConversationUnknown(named)
    return named


async def erase_found(ports: Ports, found: Found) -> Erased:
    """Erase all that was found, on a person's request."""
    done = await erase(ports, found.conversation)
    await forget(ports, {found.conversation})
    return done


async def erase_callback(ports: Ports, number: int) -> Erasure | None:
    """Erase a call-back request with its conversation; who registered there stays registered.

    Of somebody who is registered only the request goes, and nothing proves it: None.
    """
    async with ports.work() as work:
        request = await work.callbacks.by_id(number)
        if request is None:
            raise CallbackUnknown(number)
        if await work.registrations.all_of(request.conversation):
            await work.callbacks.delete(number)
            await work.commit()
            return None
    return await erase_conversation(ports, request.conversation)


async def erase_registration(ports: Ports, code: str) -> Erasure:
    """Erase one registration. What was said where it was made ends by itself, by its own term."""
    async with ports.work() as work:
        place = await work.registrations.conversation_of(code)
        if place is None:
            raise RegistrationUnknown(code)
        await work.conversations.lock(place)
        proof = await take_out(ports, work, place, [code], ())
        with suppress(StorageUnreadable):  # what cannot be read cannot be told either
            await retell(work, place, UNCONFIRMED)
        await work.commit()
    return proof


async def take_out(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    registrations: Sequence[str],
    places: Collection[str],
) -> Erasure:
    """From every store of ours; ids stay as a proof, and which the engine has yet to forget."""
    now, kind = ports.clock.now(), _scope(registrations, places).value
    codes: list[str | None] = [*registrations] or [None]
    erasures = [Erasure(new_code("W"), conversation, code, now, kind) for code in codes]
    for code in registrations:
        await work.registrations.erase(code)
        await work.mails.drop(code)
    for place in sorted(places):
        await work.callbacks.erase(place)
        await work.mails.erase(place)
        await work.passages.erase(place)
        await work.conversations.erase(place, now)
    for erasure in erasures:
        await work.erasures.add(erasure)
    return erasures[0]


def _scope(registrations: Collection[str], places: Collection[str]) -> Scope:
    """What goes: after a restore just that goes again."""
    if not registrations:
        return Scope.CONVERSATION
    return Scope.ALL if places else Scope.REGISTRATION


async def forget(ports: Ports, places: Collection[str]) -> None:
    """Let the engine forget what was erased here; what does not succeed now, a round finishes."""
    for place in sorted(places):
        await ports.traces.forget(place)
        async with ports.work() as work:
            await work.conversations.forgotten(place)
            await work.commit()
