"""Somebody who chats on Telegram, through the fake Bot API, with the real house behind it."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.fake_telegram import Bubble, FakeTelegram, fake_telegram
from tests.support.patience import PATIENCE

Result = TypeVar("Result")


@dataclass
class FakeApi:
    """The fake Bot API in a thread of its own, for tests that are not asynchronous."""

    fake: FakeTelegram
    loop: asyncio.AbstractEventLoop

    def do(self, work: Callable[[FakeTelegram], Awaitable[Result]]) -> Result:
        """Run something on the fake's own loop."""
        return self._start(work).result(PATIENCE * 2)

    async def ask(self, work: Callable[[FakeTelegram], Awaitable[Result]]) -> Result:
        """The same, for who has a loop of his own."""
        return await asyncio.wrap_future(self._start(work))

    def _start(self, work: Callable[[FakeTelegram], Awaitable[Result]]) -> Future[Result]:
        async def run() -> Result:
            return await work(self.fake)

        return asyncio.run_coroutine_threadsafe(run(), self.loop)


@contextmanager
def running_fake_telegram() -> Iterator[FakeApi]:
    """Start the fake in a thread, and end it."""
    ready, ended = threading.Event(), asyncio.Event()
    found: list[FakeApi] = []

    async def serve() -> None:
        async with fake_telegram() as fake:
            found.append(FakeApi(fake, asyncio.get_running_loop()))
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield found[0]
    finally:
        found[0].loop.call_soon_threadsafe(ended.set)
        thread.join(PATIENCE)


@dataclass
class TelegramVisitor:
    """One person with one private chat."""

    api: FakeApi
    chat: int
    seen: int = 0
    last: Bubble | None = field(default=None)

    def say(self, text: str) -> str:
        """Type a text and read the answer."""
        self.api.do(lambda fake: fake.say(self.chat, text))
        return self._read()

    def press(self, title: str) -> str:
        """Tap a button and read the answer."""
        self.api.do(lambda fake: fake.press(self.chat, title))
        return self._read()

    def _read(self) -> str:
        self.seen += 1

        async def wait(fake: FakeTelegram) -> list[Bubble]:
            await fake.until(lambda: len(fake.messages(self.chat)) >= self.seen, PATIENCE)
            return fake.messages(self.chat)

        self.last = self.api.do(wait)[-1]
        return self.last.text
