"""One message in, one answer out: the same for every channel.

A message is stored before it is worked on, personal data is taken out of it before the engine
sees it, and a text that claims a registration is only let through when the row is there.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from bot.core.dialogue.memory import Memory
from bot.core.dialogue.moves import Kind
from bot.core.dialogue.policy import decide
from bot.core.dialogue.reading import Reading
from bot.core.errors import ConversationUnknown, EngineUnavailable
from bot.core.intake import day_of
from bot.core.turn import Said, Turn
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import (
    asking,
    carrying,
    deadline,
    earlier,
    reading,
    reply,
    returning,
    typed,
)
from bot.services.deliveries import GIVE_UP
from bot.services.ports import Ports
from bot.services.records import Conversation, Exchange, Why
from bot.services.stores import UnitOfWork

PHONE_ASKED: Final = ("phone", "callback")

log = get_logger()


@dataclass(frozen=True)
class Started:
    """A new conversation, the token that opens it, and our first words."""

    conversation: str
    token: str
    turn: Turn


async def start(ports: Ports, channel: str, address: str | None = None) -> Started:
    """Begin a conversation; the opening words say that this is an assistant, not a person."""
    token = secrets.token_urlsafe(32)
    new = Conversation(secrets.token_urlsafe(18), channel, None, {}, ports.clock.now())
    async with ports.work() as work:
        await work.conversations.add(new, None if address else token, address)
        exchange = await work.conversations.begin(new.id, None, None, new.updated_at)
        turn, buttons = reply.say(ports.texts.render("utter_greet"))
        turn = reply.named(turn)
        await work.conversations.add_buttons(new.id, turn, buttons, new.updated_at)
        await work.conversations.answer(
            exchange.id, turn, new.updated_at, is_brought=ports.is_brought
        )
        await work.commit()
    return Started(new.id, token, turn)


async def find(ports: Ports, token: str) -> str:
    """The conversation that a token opens."""
    async with ports.work() as work:
        found = await work.conversations.by_token(token)
    if found is None:
        raise ConversationUnknown
    return found.id


async def history(ports: Ports, conversation: str) -> Sequence[Exchange]:
    """Everything said in a conversation, in order."""
    async with ports.work() as work:
        return await work.conversations.exchanges(conversation)


async def take_turn(
    ports: Ports,
    conversation: str,
    said: Said,
    client_id: str | None = None,
    arrived: float | None = None,
) -> Turn:
    """Answer one message. The same `client_id` again gives the same answer and does nothing.

    So does the same text that was said before the answer could be read. `arrived` is when it
    came (`deadline.now()`), for whoever did something else first. Raises
    ConversationUnknown, ButtonUnknown and StorageUnavailable; a silent engine is answered with a
    sentence, and the message can be sent again.
    """
    since = deadline.now() if arrived is None else arrived
    taking = partial(_take_turn, said=said, client_id=client_id)
    return await deadline.answered(_in_order(ports, conversation, since, taking), since)


async def _in_order(
    ports: Ports,
    conversation: str,
    since: float,
    taking: Callable[[Ports, str], Awaitable[Turn]],
) -> Turn:
    """Take a turn when those before it in this conversation are done, or say that it takes long."""
    until = since + deadline.ENGINE
    try:
        async with (
            asyncio.timeout_at(until) as waiting,
            ports.order.one_at_a_time(conversation),
        ):
            waiting.reschedule(None)
            hurried = replace(ports, engine=deadline.UntilThen(ports.engine, until))
            with ports.texts.steady():
                return await taking(hurried, conversation)
    except EngineUnavailable as error:
        return await _trouble(ports, conversation, str(error))
    except TimeoutError:
        return await _trouble(ports, conversation, "waited")


async def _take_turn(ports: Ports, conversation: str, said: Said, client_id: str | None) -> Turn:
    now = ports.clock.now()
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        if known is None:
            raise ConversationUnknown
        if client_id and (kept := await work.conversations.answered(conversation, client_id)):
            return kept
        raw = typed.clean(said.text or "")
        text = ports.personal.left_out(raw, expects_phone=known.asks in PHONE_ASKED)
        if again := await _repeated(work, known, said.place, text, now):
            return again
        last = await work.conversations.last_reply(conversation)
        taken = await reading.take(ports, work, known, said, last, text)
        decision = decide(taken.reading, taken.state)
        if decision.move.kind is not Kind.AGAIN:
            exchange = await work.conversations.begin(
                conversation, client_id, taken.title[: typed.MAX_TEXT], now
            )
            if exchange.reply is not None:
                return exchange.reply
            reach("K0")
            await work.commit()
    if decision.move.kind is Kind.AGAIN:
        return await _again(ports, known, client_id, reading.why(taken.reading, decision))
    reach("K2")
    taken, decision = await carrying.understood(ports, known, taken, decision)
    turn, buttons, aims = await carrying.carry_out(ports, known, exchange, taken, decision)
    if text != raw:
        turn, buttons = reply.around(turn, buttons, ports.texts.render("utter_do_not_share"), None)
    if said.has_file:
        turn, buttons = reply.around(turn, buttons, ports.texts.render("utter_file_not_seen"), None)
    turn, buttons = _welcomed(ports, known, turn, buttons)
    why = reading.why(taken.reading, decision)
    log.info("turn_decided", rule=why.rule, channel=known.channel, asked=known.asks)

    def remember(memory: Memory, turn: Turn) -> Memory:
        heard = taken.reading
        return memory.changed(aims).heard(
            turn.topics, heard.role, is_miss=decision.is_miss, is_hurried=heard.is_hurried
        )

    return await _keep(ports, known, exchange, turn, buttons, why, remember)


async def _again(ports: Ports, known: Conversation, client_id: str | None, why: Why) -> Turn:
    """The latest turn once more; nothing of what was said is kept.

    A chat shows only what is kept: there it is a turn of its own, with buttons of its own.
    """
    async with ports.work() as work:
        last = await work.conversations.last_reply(known.id)
        own = await work.registrations.of_conversation(known.id)
        turn = earlier.again(ports.texts, last or Turn(()), own)
        if not ports.is_brought:
            return turn
        exchange = await work.conversations.begin(known.id, client_id, None, ports.clock.now())
        if exchange.reply is not None:
            return exchange.reply
        turn, buttons = await earlier.renewed(work, known.id, turn)
        await work.commit()
    return await _keep(ports, known, exchange, turn, buttons, why)


async def _repeated(
    work: UnitOfWork, known: Conversation, place: int | None, text: str, now: datetime
) -> Turn | None:
    """The answer to what is said once more in a chat, where the first answer was not read yet.

    It is brought again when it never arrived; the engine does not hear this.
    """
    if place is None:
        return None
    for each in await work.deliveries.unread(known.id, place, now, now - GIVE_UP):
        if each.reply is not None and typed.is_same(each.said, text):
            await work.deliveries.again(each.id, now)
            await work.commit()
            return each.reply
    return None


def _welcomed(
    ports: Ports, known: Conversation, turn: Turn, buttons: reply.Buttons
) -> tuple[Turn, reply.Buttons]:
    """After a while somebody is welcomed back, and offered to go on."""
    first = returning.welcome(ports.texts, ports.clock.now() - known.updated_at)
    if first is None:
        return turn, buttons
    unfinished = turn.asks is None and turn.registration is None
    offer = returning.offer(ports.texts, known.draft) if unfinished else None
    return reply.around(turn, buttons, first, offer)


async def go_on(ports: Ports, conversation: str, arrived: float | None = None) -> Turn:
    """Welcome somebody who came in by another door, with the question that was open."""
    since = deadline.now() if arrived is None else arrived
    return await deadline.answered(_in_order(ports, conversation, since, _go_on), since)


async def _go_on(ports: Ports, conversation: str) -> Turn:
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        if known is None:
            raise ConversationUnknown
        exchange = await work.conversations.begin(conversation, None, None, ports.clock.now())
        await work.commit()
    first = ports.texts.render("utter_passage_arrived")
    try:
        heard = Reading(day_of(ports.clock.now()), known.asks, known.draft)
        turn, buttons, aims = await asking.do(ports, known, exchange, heard, carrying.REPEAT)
    except EngineUnavailable as error:
        log.warning("turn_not_answered", channel=known.channel, reason=str(error))
        turn, buttons = reply.say(ports.texts.render("utter_trouble"), asks=known.asks)
        aims = {}
    turn, buttons = reply.around(turn, buttons, first, None)
    return await _keep(ports, known, exchange, turn, buttons, None, lambda m, _: m.changed(aims))


async def _trouble(ports: Ports, conversation: str, reason: str) -> Turn:
    """Our words when the engine did not work; not kept, so that sending again tries again.

    `reason` is for the log, and holds names only.
    """
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        registration = await work.registrations.of_conversation(conversation)
        last = await work.conversations.last_reply(conversation)
    if known is None:
        raise ConversationUnknown
    log.warning("turn_not_answered", channel=known.channel, reason=reason)
    unsure = known.asks == "confirm" and registration is None
    words = ports.texts.render("utter_trouble_registration" if unsure else "utter_trouble")
    turn, _ = reply.say(words, asks=known.asks)
    name = None if last is None else last.id
    return replace(turn, registration=reply.receipt_of(registration), id=name)


async def _keep(
    ports: Ports,
    before: Conversation,
    exchange: Exchange,
    turn: Turn,
    buttons: reply.Buttons,
    why: Why | None = None,
    remember: Callable[[Memory, Turn], Memory] | None = None,
) -> Turn:
    """Keep the answer: the one answer that this message will ever have; gives it with its name."""
    now, name = ports.clock.now(), before.id
    turn = reply.named(turn)
    async with ports.work() as work:
        after = await work.conversations.by_id(name)
        turn = replace(turn, noted=reply.noted(before.draft, after.draft if after else {}))
        await work.conversations.add_buttons(name, turn, buttons, now)
        memory = after.memory if after else None  # an erasure in this turn has emptied it
        if remember is not None:
            memory = remember(memory or Memory(), turn)
        await work.conversations.set_asks(name, turn.asks, now, memory)
        await work.conversations.answer(
            exchange.id, turn, now, is_brought=ports.is_brought, decided=why
        )
        reach("K7")
        await work.commit()
    return turn
