"""Work that is done again and again beside the conversations, whatever goes wrong in one round."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from bot.core.errors import StorageUnavailable
from bot.log import get_logger

MOST_DOUBLINGS: Final = 10

log = get_logger()


def pause_after(tries: int, longest: timedelta) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4, 8 ... minutes."""
    return min(timedelta(minutes=2 ** min(tries - 1, MOST_DOUBLINGS)), longest)


async def keep_doing(
    work: Callable[[], Awaitable[object]], pause: float, *, waits: str, broke: str
) -> None:
    """A round every `pause` seconds until cancelled; a database that is away is tried again.

    `waits` and `broke` are the events of a round without a database and of one that failed.
    """
    while True:
        try:
            await work()
        except StorageUnavailable as error:
            log.warning(waits, error=str(error))
        except Exception as error:  # noqa: BLE001  else nothing is done until somebody restarts us
            log.critical(broke, error=type(error).__name__)
        await asyncio.sleep(pause)
