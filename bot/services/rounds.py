"""Work that is done again and again beside the conversations, whatever goes wrong in one round."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.core.errors import StorageUnavailable
from bot.log import get_logger

log = get_logger()


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
