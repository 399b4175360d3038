"""Several engines as one: a conversation always with the same, for two would lose its turns."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Final

from bot.channels.engine import RasaEngine
from bot.core.dialogue.message import Meaning
from bot.services.records import Asked, Spoken

BYTES: Final = 8
"""Of the hash of a conversation: enough to part them evenly."""


class Shards:
    """The port `Engine`, on one engine or more; each has a breaker of its own."""

    def __init__(self, engines: Sequence[RasaEngine]) -> None:
        self._engines = tuple(engines)

    async def close(self) -> None:
        """Let the connections go."""
        await asyncio.gather(*(each.close() for each in self._engines))

    async def read(self, conversation: str, text: str) -> Meaning:
        """What the model makes of a text; raises EngineUnavailable."""
        return await self._of(conversation).read(conversation, text)

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        """What the engine of this conversation says; raises EngineUnavailable."""
        return await self._of(asked.conversation).take_turn(asked)

    def _of(self, conversation: str) -> RasaEngine:
        return self._engines[shard_of(conversation, len(self._engines))]

    async def check(self) -> None:
        """Whether every engine could take a turn now; raises EngineUnavailable."""
        await asyncio.gather(*(each.check() for each in self._engines))


def shard_of(conversation: str, count: int) -> int:
    """The shard of a conversation, from 0: by its id alone, so every gateway says the same."""
    digest = hashlib.sha256(conversation.encode()).digest()
    return int.from_bytes(digest[:BYTES], "big") % count
