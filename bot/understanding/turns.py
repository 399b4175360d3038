"""Each turn is taken once: who asks again, because he heard nothing, hears what was said.

A turn that nobody waits for any more is finished all the same. Else the engine would stand at the
next question already, and take the answer to the last one for an answer to this.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.understanding import whole

Messages = list[dict[str, Any]]

CONVERSATIONS = 5_000
"""How many are remembered; of the others the store knows what was said."""

TURNS = 2
"""Of a conversation: a message can be two, an answer and a question."""

PARTS = ("text", "buttons", "custom")


def said_in(events: Iterable[Event], turn: str) -> Messages | None:
    """What was said in a turn of this name; None when there was none."""
    messages: Messages | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if messages is not None:
                break
            messages = [] if event.message_id == turn else None
        elif isinstance(event, BotUttered) and messages is not None:
            parts = {"text": event.text, **event.data}
            messages.append({name: parts[name] for name in PARTS if parts.get(name)})
    return messages


class Turns:
    """Takes turns, and remembers what came of the latest."""

    def __init__(self, recall: Callable[[str, str], Awaitable[Messages | None]]) -> None:
        """`recall`: what the store knows of a turn of a conversation."""
        self._recall = recall
        self._latest: OrderedDict[str, dict[str, Messages]] = OrderedDict()
        self._running: dict[tuple[str, str], asyncio.Task[Messages]] = {}

    async def once(
        self, conversation: str, turn: str, take: Callable[[], Awaitable[Messages]]
    ) -> Messages:
        """What is said in a turn; raises what `take` raises, and then it can be asked again."""
        name = (conversation, turn)
        if name not in self._running:
            task = asyncio.ensure_future(self._take(conversation, turn, take))
            task.add_done_callback(lambda done: self._ended(name, done))
            self._running[name] = task
        return await asyncio.shield(self._running[name])

    async def _take(
        self, conversation: str, turn: str, take: Callable[[], Awaitable[Messages]]
    ) -> Messages:
        latest = self._latest.get(conversation)
        said = latest.get(turn) if latest is not None else await self._recall(conversation, turn)
        if said is None:
            whole.begin()
            said = await take()
            whole.require()
        self._keep(conversation, turn, said)
        return said

    def _keep(self, conversation: str, turn: str, said: Messages) -> None:
        latest = self._latest.setdefault(conversation, {})
        self._latest.move_to_end(conversation)
        latest[turn] = said
        while len(latest) > TURNS:
            del latest[next(iter(latest))]
        while len(self._latest) > CONVERSATIONS:
            self._latest.popitem(last=False)

    def _ended(self, name: tuple[str, str], task: asyncio.Task[Messages]) -> None:
        del self._running[name]
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may be left
