"""What stood on the screen of a chat when something was typed there.

People type ahead of our answers. Most of what they say has its own meaning, and so has the title
of a button that may be tapped whenever; a bare yes or no has that of the question above it, or of
the one that it is a reply to, and a name or a company is whatever is typed when it is asked.
"""

from dataclasses import replace
from typing import Final

from bot.core.answers.exact import ALSO, read_exact
from bot.core.dialogue.commands import command_in
from bot.core.questions import BINDING, LITERAL, PERSONAL
from bot.core.turn import Said, Turn
from bot.services import agreeing, earlier, typed
from bot.services.ports import Ports
from bot.services.stores import UnitOfWork

TAKES_ANYTHING: Final = frozenset(LITERAL) & frozenset(PERSONAL)
"""Items whose question takes what is typed for the answer."""
NO_TURN: Final = ""


async def seen(ports: Ports, conversation: str, said: Said) -> Said:
    """With the turn that its writer saw, where that matters and it is no longer the latest."""
    if said.text is None or said.place is None:
        return said
    async with ports.work() as work:
        last = await work.conversations.last_reply(conversation)
        if last is None:
            return said
        now = ports.clock.now()
        place = said.place if said.answers is None else said.answers + 1
        shown = await work.deliveries.on_screen(conversation, place, now)
        missed = shown is None or shown.id != last.id
        if not missed or not await _matters(work, conversation, said.text, last, shown):
            return said
    return replace(said, turn=shown.id if shown and shown.id else NO_TURN)


async def _matters(
    work: UnitOfWork, conversation: str, text: str, last: Turn, shown: Turn | None
) -> bool:
    """Whether a text says something else to the latest turn than to the one on the screen."""
    is_same = shown is not None and _asks_the_same(last, shown)
    if any(read_exact(text, about) for about in (None, *ALSO)):
        is_same = is_same and _offers(last) == _offers(shown)  # what is said back has other buttons
        return not is_same and any(map(_asks_something, (last, shown)))
    if is_same:
        return False
    if command_in(text, last.asks) is not None:
        return False
    if last.asks in TAKES_ANYTHING:
        return True
    named = typed.named(last, text)
    if named is None:
        return False
    button = await work.conversations.button(conversation, named)
    return button is None or not earlier.may_work(button, None)


def _asks_the_same(last: Turn, shown: Turn) -> bool:
    """Whether one question stands under both; of what binds, in the very same words."""
    if last.asks is None or last.asks != shown.asks:
        return False
    if last.asks not in BINDING:
        return True
    texts = [[message.text for message in turn.messages] for turn in (last, shown)]
    short, long = sorted(texts, key=len)
    return long[-len(short) :] == short


def _offers(turn: Turn | None) -> list[str]:
    return [each.title for message in turn.messages for each in message.buttons] if turn else []


def _asks_something(turn: Turn | None) -> bool:
    return turn is not None and (turn.asks is not None or agreeing.is_asked(turn))
