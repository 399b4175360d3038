"""What we say first, in a conversation that goes on where it was."""

from dataclasses import replace

from bot.core.quiet import when_welcome
from bot.core.turn import Turn
from bot.services import reply
from bot.services.ports import Ports
from bot.services.records import TOLD, Words
from bot.services.stores import UnitOfWork


async def tell(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    key: str,
    *,
    occasion: str,
    files: tuple[str, ...] = (),
    **arguments: object,
) -> bool:
    """Say the text `key` to somebody who did not ask just now; whether it is new.

    In the unit of work of the caller, who commits: what became known and that it is told are kept
    together. On Telegram it is brought, but not between 21:00 and 08:00; on the website it stands
    there when somebody comes back. The open question stays open: the turn has the name and the
    question of the latest one, and the text may have no buttons and no question.

    `occasion` is what it is about, without anything of a person ("starts/2027-11/2027-11-08"): the
    same occasion is told once in a conversation. `files` are names of `services.files.FILES`.
    """
    if await work.conversations.by_id(conversation) is None:
        return False
    now = ports.clock.now()
    exchange = await work.conversations.begin(conversation, f"{TOLD}{occasion}", None, now)
    if exchange.reply is not None:
        return False
    words = Words(key, ports.texts.render(key, **arguments).text)
    said = reply.say(words)[0].messages
    turn = await _beside_the_latest(work, conversation, Turn(said, files=files))
    at = when_welcome(now)
    await work.conversations.answer(exchange.id, turn, at)
    await work.deliveries.tell(exchange.id, at)
    return True


async def _beside_the_latest(work: UnitOfWork, conversation: str, turn: Turn) -> Turn:
    """With the name and the open question of what we said last, which stays the latest."""
    own = reply.receipt_of(await work.registrations.of_conversation(conversation))
    last = await work.conversations.last_reply(conversation) or turn
    return replace(
        last,
        messages=turn.messages,
        files=turn.files,
        registration=own,
        topics=(),
        facets=(),
        clarify=(),
        outcome=None,
        links=(),
    )
