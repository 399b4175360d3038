"""One message in, one answer out: the same for every channel.

A message is stored before it is worked on, personal data is taken out of it before the engine
sees it, and a text that claims a registration is only let through when the row is there.
"""

import asyncio
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakValueDictionary

from bot.core.answers import answer_to
from bot.core.answers.beside import answer_beside_question
from bot.core.errors import ButtonUnknown, ConversationUnknown, EngineUnavailable
from bot.core.followups import follow_up
from bot.core.intake import day_of
from bot.core.items import CALLBACK, DETAILS, ELIGIBILITY, PROOF
from bot.core.registration import Registration
from bot.core.turn import Said, Turn, command_for
from bot.log import get_logger
from bot.services import reply, returning
from bot.services.ports import Conversation, Draft, Exchange, Ports, Spoken, Words

MAX_TEXT: Final = 2000
"""Characters; Telegram lets people type 4,096, a question never needs them."""

COMMAND: Final = re.compile(r"^[\s/\\⁄∕⧸／]+")
"""What could make Rasa read a typed text as a command of its own."""

WORDS: Final = {"mens": "ask_human", "stoppen": "cancel", "aanmelden": "register"}
"""What our own texts tell people to type: it always works, whatever the model makes of it."""

log = get_logger()
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


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
        await work.conversations.add_buttons(new.id, buttons, new.updated_at)
        await work.conversations.answer(exchange.id, turn, new.updated_at)
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
    ports: Ports, conversation: str, said: Said, client_id: str | None = None
) -> Turn:
    """Answer one message. The same `client_id` again gives the same answer and does nothing.

    Raises ConversationUnknown, ButtonUnknown and StorageUnavailable; a silent engine is answered
    with a sentence, and the message can be sent again.
    """
    async with _locks.setdefault(conversation, asyncio.Lock()):
        return await _take_turn(ports, conversation, said, client_id)


async def _take_turn(ports: Ports, conversation: str, said: Said, client_id: str | None) -> Turn:
    now = ports.clock.now()
    async with ports.work() as work:
        known = await work.conversations.by_id(conversation)
        if known is None:
            raise ConversationUnknown
        if client_id and (kept := await work.conversations.answered(conversation, client_id)):
            return kept
        text = clean(said.text or "")
        last = await work.conversations.last_reply(conversation)
        pressed = said.button or _named(last, text)
        title, command = text, _followed(last, text)
        if pressed is not None:
            shown = await work.conversations.button(conversation, pressed)
            if shown is None:
                raise ButtonUnknown
            title, command = shown
        exchange = await work.conversations.begin(conversation, client_id, title[:MAX_TEXT], now)
        if exchange.reply is not None:
            return exchange.reply
        await work.commit()
    refused = None if command else _refusal(ports, text)
    try:
        if refused is not None:
            turn, buttons = reply.say(refused, asks=known.asks)
            _, registration = await _state(ports, known.id)
            turn = replace(turn, registration=reply.receipt_of(registration))
        else:
            turn, buttons = await _ask_engine(ports, known, exchange, text, command)
    except EngineUnavailable:
        return await _trouble(ports, known)
    first = returning.welcome(ports.texts, now - known.updated_at)
    if first is not None:
        unfinished = turn.asks is None and turn.registration is None
        offer = returning.offer(ports.texts, known.draft) if unfinished else None
        turn, buttons = reply.around(turn, buttons, first, offer)
    await _keep(ports, conversation, exchange, turn, buttons)
    return turn


def _named(last: Turn | None, text: str) -> str | None:
    """The id of a button under our last words that somebody typed out instead of tapping it."""
    typed = text.strip(" .!").casefold()
    for message in last.messages if last and typed else ():
        for button in message.buttons:
            if button.title.strip(" .!").casefold() == typed:
                return button.id
    return None


def _followed(last: Turn | None, text: str) -> str | None:
    """A question that leaves out what the one before was about ("en voor mijn baas?").

    While a question of ours is open, words without a question mark may well be its answer.
    """
    if (word := text.strip(" .!\"'").casefold()) in WORDS:
        return command_for(WORDS[word])
    if last is None or not last.topics or (last.asks and "?" not in text):
        return None
    name = follow_up(text, last.topics[-1])
    return command_for(name) if name else None


def clean(text: str) -> str:
    """The text without what no keyboard types: NUL, controls, lone surrogates."""
    kept = (
        letter
        for letter in text
        if letter in "\n\t\u200d"
        or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _refusal(ports: Ports, text: str) -> Words | None:
    """Our words for a text that nobody can read, or None when it can be read."""
    if not text:
        return ports.texts.render("utter_empty")
    if len(text) > MAX_TEXT:
        return ports.texts.render("utter_too_long", limit=MAX_TEXT)
    if not any(letter.isalnum() for letter in text) and not set(text) & {"👍", "👎", "?"}:
        return ports.texts.render("utter_only_emoji")
    return None


async def _ask_engine(
    ports: Ports,
    known: Conversation,
    exchange: Exchange,
    text: str,
    command: str | None,
) -> tuple[Turn, reply.Buttons]:
    name = str(exchange.id)
    if command is not None:
        spoken = await ports.engine.take_turn(known.id, name, known.channel, command=command)
    elif parts := _answer_beside(ports, known, text):
        first = await _say_to_engine(ports, known, name, parts[0], known.asks)
        then = await _say_to_engine(ports, known, f"{name}-2", parts[1], None)
        spoken = [*reply.without_question(first), *then]
    else:
        spoken = await _say_to_engine(ports, known, name, text, known.asks)
    if any("erased" in each.signs for each in spoken):
        await ports.traces.forget(known.id)
    draft, registration = await _state(ports, known.id)
    if not reply.can_be_told(spoken, registration):
        raise EngineUnavailable
    return reply.compose(ports.texts, spoken, draft, registration, known.asks)


def _answer_beside(ports: Ports, known: Conversation, text: str) -> tuple[str, str] | None:
    """An answer and then a question are taken one after the other; a yes that binds is not."""
    if known.asks not in (*ELIGIBILITY, *DETAILS):
        return None
    parts = answer_beside_question(text)
    if parts is None:
        return None
    told = ports.personal.mask(parts[0], known.asks, known.draft).known
    today = day_of(ports.clock.now())
    is_answer = known.asks in told or answer_to(known.asks, parts[0], today=today) is not None
    return parts if is_answer else None


async def _say_to_engine(
    ports: Ports, known: Conversation, turn: str, text: str, asks: str | None
) -> Sequence[Spoken]:
    """Keep what is personal, and let the engine hear the rest."""
    masked = ports.personal.mask(text, asks, known.draft)
    told: Draft = dict(masked.known)
    if asks not in CALLBACK and not await _may_still_change(ports, known.id):
        told = {item: value for item, value in told.items() if item in PROOF}
    if told:
        await _keep_personal(ports, known.id, told)
    words = COMMAND.sub("", masked.text) or "?"
    return await ports.engine.take_turn(known.id, turn, known.channel, text=words)


async def _trouble(ports: Ports, known: Conversation) -> Turn:
    """Our words when the engine did not work; not kept, so that sending again tries again."""
    log.warning("turn_not_answered", channel=known.channel)
    _, registration = await _state(ports, known.id)
    unsure = known.asks == "confirm" and registration is None
    words = ports.texts.render("utter_trouble_registration" if unsure else "utter_trouble")
    turn, _ = reply.say(words, asks=known.asks)
    return replace(turn, registration=reply.receipt_of(registration))


async def _may_still_change(ports: Ports, conversation: str) -> bool:
    """Not once he is registered: what stands on the list is changed by a person."""
    _, registration = await _state(ports, conversation)
    return registration is None or not registration.stands


async def _keep_personal(ports: Ports, conversation: str, told: Draft) -> None:
    async with ports.work() as work:
        found = await work.conversations.by_id(conversation)
        if found is not None:
            draft = {**found.draft, **told}
            await work.conversations.set_draft(conversation, draft, ports.clock.now())
            await work.commit()


async def _state(ports: Ports, conversation: str) -> tuple[Draft, Registration | None]:
    async with ports.work() as work:
        found = await work.conversations.by_id(conversation)
        registration = await work.registrations.of_conversation(conversation)
    return (dict(found.draft) if found else {}), registration


async def _keep(
    ports: Ports, conversation: str, exchange: Exchange, turn: Turn, buttons: reply.Buttons
) -> None:
    """Keep the answer: the one answer that this message will ever have."""
    now = ports.clock.now()
    async with ports.work() as work:
        await work.conversations.add_buttons(conversation, buttons, now)
        await work.conversations.set_asks(conversation, turn.asks, now)
        await work.conversations.answer(exchange.id, turn, now)
        await work.commit()
