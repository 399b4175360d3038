"""How long a visitor waits, whatever is stuck: he hears something within fifteen seconds."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, Final, TypeVar

from bot.core.dialogue.message import Meaning
from bot.core.errors import EngineUnavailable, StorageUnavailable
from bot.log import get_logger
from bot.services.ports import Engine
from bot.services.records import Asked, Spoken

ENGINE: Final = 10.0
"""Seconds after a message arrived in which the engine may be busy with it."""
LEAST: Final = 3.0
"""Seconds that the engine gets also for what waited before: whoever waited wants an answer."""
TURN: Final = 13.0
"""Seconds after a message arrived in which it is answered: what keeps it longer is the database."""

Result = TypeVar("Result")

log = get_logger()
_letting_go: set[asyncio.Task[Any]] = set()


def now() -> float:
    """This moment in seconds, on a clock that nobody sets."""
    return asyncio.get_running_loop().time()


def counted_from(arrived: float) -> float:
    """From when the time of a message counts that may have waited: as it arrived, or a bit later.

    It waits in the lane of its chat, or in the database while we are started again.
    """
    return max(arrived, now() - (ENGINE - LEAST))


async def within(work: Coroutine[Any, Any, Result], until: float) -> Result:
    """What `work` gives; raises TimeoutError when it is not done by then.

    It is then no longer waited for, and ends by itself: every statement and every call has its own
    deadline. Cancelled in the middle of a statement, it could end no sooner.
    """
    task = asyncio.create_task(work)
    _letting_go.add(task)
    task.add_done_callback(_let_go)
    try:
        await asyncio.wait({task}, timeout=max(0.0, until - now()))
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not task.done():
        raise TimeoutError
    return task.result()


async def answered(turn: Coroutine[Any, Any, Result], arrived: float) -> Result:
    """What a turn gives to a message that arrived at that moment; raises StorageUnavailable.

    Waiting for others and for the engine ends in time to say so: only the database comes here.
    """
    try:
        return await within(turn, arrived + TURN)
    except TimeoutError:
        log.warning("turn_cut_off")
        raise StorageUnavailable("deadline") from None


def _let_go(task: asyncio.Task[Any]) -> None:
    """What comes of a task that nobody waits for any more is nobody's."""
    _letting_go.discard(task)
    if not task.cancelled():
        task.exception()


class UntilThen:
    """The port `Engine`, for what is left of the time of one message."""

    def __init__(self, engine: Engine, until: float) -> None:
        self._engine = engine
        self._until = until

    async def read(self, conversation: str, text: str) -> Meaning:
        """What the model makes of a text; raises EngineUnavailable, also when the time is over."""
        return await self._in_time(self._engine.read(conversation, text))

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        """What the engine says; raises EngineUnavailable, also when the time is over."""
        return await self._in_time(self._engine.take_turn(asked))

    async def _in_time(self, call: Coroutine[Any, Any, Result]) -> Result:
        if now() >= self._until:
            call.close()
            raise EngineUnavailable("deadline")
        try:
            async with asyncio.timeout_at(self._until):
                return await call
        except TimeoutError:
            raise EngineUnavailable("deadline") from None

    async def check(self) -> None:
        """Whether it could take a turn now."""
        await self._engine.check()
