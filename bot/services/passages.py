"""From one door to the other: a link that opens this conversation on Telegram or on the website.

A link works once and for a quarter of an hour. One that is old, used or guessed is refused in the
same words. The door that one came from is closed: who sent somebody else a link reads nothing of
what that one tells.
"""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.core.errors import PassageUnknown
from bot.core.turn import Link, Turn
from bot.services import erasing, reply
from bot.services.ports import Ports
from bot.services.records import Conversation
from bot.services.stores import UnitOfWork

VALID: Final = timedelta(minutes=15)
MARK: Final = "v-"
"""What tells a token in a Telegram link from the name of a poster."""


async def offer(ports: Ports, known: Conversation, door: str) -> tuple[Turn, reply.Buttons]:
    """The link to a door; where that door is not there, that is said. The question stays open."""
    home = ports.doors.telegram if door == "telegram" else ports.doors.website
    if home is None:
        return reply.say(ports.texts.render("utter_passage_none"), asks=known.asks)
    token = MARK + secrets.token_urlsafe(24)
    async with ports.work() as work:
        await work.passages.add(known.id, token, ports.clock.now())
        await work.commit()
    if door == "telegram":
        url, title = f"https://t.me/{home}?start={token}", ports.texts.render("link_telegram").text
        qr = ports.documents.qr(url)
    else:
        url, title = f"{home.rstrip('/')}/#instap={token}", ports.texts.render("link_website").text
        qr = None
    turn, buttons = reply.say(ports.texts.render(f"utter_passage_{door}"), asks=known.asks)
    return replace(turn, links=(Link(title, url, qr),)), buttons


async def enter_website(ports: Ports, token: str) -> tuple[str, str]:
    """The conversation of a link, and a token that opens it in a browser. Raises PassageUnknown."""
    opened = secrets.token_urlsafe(32)
    async with ports.work() as work:
        known = await _take(ports, work, token)
        await work.conversations.open_with(known, opened)
        await work.commit()
    return known, opened


async def enter_chat(ports: Ports, token: str, channel: str, address: str) -> str:
    """Hold the conversation of a link in this chat from now on. Raises PassageUnknown.

    What was said in this chat before is erased; a chat with a registration, or in which somebody
    waits to be called, keeps its own conversation.
    """
    async with ports.work() as work:
        known = await _take(ports, work, token)
        there = await work.conversations.by_address(channel, address)
        left = {there.id} if there is not None and there.id != known else set()
        for each in left:
            await _leave(ports, work, each)
        await work.conversations.move_to(known, channel, address)
        await work.commit()
    await erasing.forget(ports, left)
    return known


async def _leave(ports: Ports, work: UnitOfWork, conversation: str) -> None:
    """Erase what nobody could reach any more; raises PassageUnknown when it has to stay."""
    await work.conversations.hold(conversation)
    is_registered = await work.registrations.of_conversation(conversation) is not None
    if is_registered or await work.callbacks.open_of(conversation) is not None:
        raise PassageUnknown
    await erasing.take_out(ports, work, conversation, (), {conversation})


async def _take(ports: Ports, work: UnitOfWork, token: str) -> str:
    now = ports.clock.now()
    known = await work.passages.take(token, now - VALID, now)
    if known is None:
        raise PassageUnknown
    return known
