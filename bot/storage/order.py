"""One turn at a time in a conversation, whichever gateway takes it: advisory locks of PostgreSQL.

A gateway holds all its locks by one connection that does nothing else. When the process dies, the
connection ends and PostgreSQL lets go; a lock in a row would stay.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from sqlalchemy import Function, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core.errors import StorageUnavailable
from bot.log import get_logger
from bot.services.order import InThisProcess

SHORTEST_PAUSE: Final = 0.01
LONGEST_PAUSE: Final = 0.08
"""Seconds between two looks at whether another gateway is done: some turns take no longer."""

log = get_logger()


class AcrossGateways:
    """The port `Order` where there may be several gateways; within each first come, first served.

    When the connection ends in the middle of a turn that goes on: then another gateway may begin,
    and the engine and the rows of the database keep those two apart, only not their order.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._here = InThisProcess()
        self._connection: AsyncConnection | None = None
        self._asking = asyncio.Lock()
        self._unheard: set[asyncio.Task[bool]] = set()

    async def close(self) -> None:
        """Let everything go."""
        await asyncio.gather(*self._unheard, return_exceptions=True)
        async with self._asking:
            await self._hang_up()

    @asynccontextmanager
    async def one_at_a_time(self, conversation: str) -> AsyncIterator[None]:
        """Alone in a conversation until the end of this block; raises StorageUnavailable."""
        number = _number(conversation)
        async with self._here.one_at_a_time(conversation):
            pause = SHORTEST_PAUSE
            while not await self._take(number):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            try:
                yield
            finally:
                await self._let_go(number)

    async def _take(self, number: int) -> bool:
        """Whether it is ours now; who is cancelled meanwhile does not keep what he may get."""
        taking = self._start(func.pg_try_advisory_lock(number))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            taking.add_done_callback(lambda done: self._give_back(done, number))
            raise

    def _give_back(self, taking: asyncio.Task[bool], number: int) -> None:
        if not taking.cancelled() and taking.exception() is None and taking.result():
            self._start(func.pg_advisory_unlock(number))

    async def _let_go(self, number: int) -> None:
        """Also when the turn is cancelled. What cannot be said, the end of the connection says."""
        letting_go = self._start(func.pg_advisory_unlock(number))
        with suppress(StorageUnavailable):
            if not await asyncio.shield(letting_go):
                log.warning("order_was_lost")

    def _start(self, question: Function[bool]) -> asyncio.Task[bool]:
        """Ask in a task of its own: a cancelled question would end the connection and its locks."""
        asked = asyncio.create_task(self._ask(question))
        self._unheard.add(asked)
        asked.add_done_callback(self._heard)
        return asked

    def _heard(self, asked: asyncio.Task[bool]) -> None:
        self._unheard.discard(asked)
        if not asked.cancelled():
            asked.exception()

    async def _ask(self, question: Function[bool]) -> bool:
        async with self._asking:
            try:
                connection = await self._open()
                return bool(await connection.scalar(select(question)))
            except (SQLAlchemyError, OSError) as error:
                await self._hang_up()
                raise StorageUnavailable(type(error).__name__) from None
            except BaseException:
                await self._hang_up()
                raise

    async def _open(self) -> AsyncConnection:
        """Our connection, or a new one when the server ended it while nothing was asked."""
        if self._connection is not None:
            raw = await self._connection.get_raw_connection()
            if not raw.driver_connection.is_closed():  # type: ignore[union-attr]
                return self._connection
            await self._hang_up()
        new = await self._engine.connect()
        self._connection = await new.execution_options(isolation_level="AUTOCOMMIT")
        return self._connection

    async def _hang_up(self) -> None:
        """End the connection, and with it all its locks: what was asked may have been done."""
        gone, self._connection = self._connection, None
        if gone is not None:
            with suppress(SQLAlchemyError, OSError):
                await gone.invalidate()
                await gone.close()


def _number(conversation: str) -> int:
    """The number of a lock, of 64 bits with a sign; nothing else locks numbers here."""
    digest = hashlib.sha256(f"order of {conversation}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
