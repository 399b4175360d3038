"""An application over real HTTP on loopback, in a thread, for tests that are not asynchronous."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from urllib.parse import urlsplit

from starlette.applications import Starlette

from tests.support.fake_telegram import served
from tests.support.patience import PATIENCE


@contextmanager
def running(app: Starlette) -> Iterator[tuple[str, int]]:
    """Serve it until the end; gives host and port."""
    told: SimpleQueue[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = SimpleQueue()

    async def serve() -> None:
        ended = asyncio.Event()
        async with served(app) as url:
            told.put((url, asyncio.get_running_loop(), ended))
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    url, loop, ended = told.get(timeout=PATIENCE)
    try:
        parts = urlsplit(url)
        yield str(parts.hostname), int(parts.port or 0)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(PATIENCE)
