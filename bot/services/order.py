"""One turn at a time in a conversation, within one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class InThisProcess:
    """The port `Order` where there is one gateway: first come, first served."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def one_at_a_time(self, conversation: str) -> AsyncIterator[None]:
        """Alone in a conversation until the end of this block."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            yield
