"""Who waits for an answer on Telegram: order within a chat, chats beside each other."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Update

MOST_WAITING: Final = 20
"""Messages that one chat may have waiting."""
AT_ONCE: Final = 32
"""Chats that are worked for at the same time."""

Handle = Callable[[Update, float], Awaitable[None]]
"""What is done with an update that arrived at a moment (`deadline.now()`)."""


class Lanes:
    """One lane a chat: order within it, chats beside each other, and nothing left of idle ones."""

    def __init__(
        self,
        handle: Handle,
        busy: Callable[[int], Awaitable[None]],
    ) -> None:
        self._handle = handle
        self._busy = busy
        self._lanes: dict[int, deque[tuple[Update, float]]] = {}
        self._crowded: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    def __len__(self) -> int:
        return len(self._lanes)

    def put(self, chat: int, update: Update, arrived: float) -> bool:
        """Let it wait its turn; False when this chat has too much waiting already."""
        lane = self._lanes.get(chat)
        if lane is None:
            self._lanes[chat] = deque([(update, arrived)])
            task = asyncio.create_task(self._work(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif len(lane) >= MOST_WAITING:
            self._crowded.add(chat)
            return False
        else:
            lane.append((update, arrived))
        return True

    def waiting(self, chat: int) -> list[Update]:
        """What came after what is being worked on."""
        return [update for update, _ in list(self._lanes.get(chat, ()))[1:]]

    async def _work(self, chat: int) -> None:
        lane, told = self._lanes[chat], False
        try:
            while lane:
                async with self._room:
                    await self._handle(*lane[0])
                    lane.popleft()
                    if chat in self._crowded and not told:
                        told = True
                        await self._busy(chat)
        finally:
            self._crowded.discard(chat)
            del self._lanes[chat]

    async def close(self, grace: float) -> None:
        """Let what is being worked on finish, and end what does not."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
