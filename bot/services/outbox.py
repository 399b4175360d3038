"""Sends what waits in the outbox: each mail once, again later when the server is away."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.core.errors import MailRefused, MailUnavailable, StorageUnavailable
from bot.log import get_logger
from bot.services.ports import Mailer, Ports, Waiting

LEASE: Final = timedelta(minutes=2)
"""How long nobody else tries a mail that somebody is sending."""
LONGEST_PAUSE: Final = timedelta(hours=4)
GIVE_UP: Final = timedelta(hours=72)
ROUND: Final = 2.0
"""Seconds between looks."""

log = get_logger()


async def deliver(ports: Ports) -> int:
    """Send everything that is due now; how many went."""
    went = 0
    while ports.mailer is not None:
        now = ports.clock.now()
        async with ports.work() as work:
            waiting = await work.mails.claim(now, now + LEASE)
            await work.commit()
        if waiting is None:
            break
        went += await _send(ports, ports.mailer, waiting, now)
    return went


async def _send(ports: Ports, mailer: Mailer, waiting: Waiting, now: datetime) -> bool:
    """Try one mail, and keep what became of it."""
    mail, again, problem = waiting.mail.id, None, None
    try:
        await mailer.send(waiting.mail)
    except MailRefused as error:
        problem = str(error)
    except MailUnavailable as error:
        problem, again = str(error), _next_try(waiting, now)
    async with ports.work() as work:
        if problem is None:
            await work.mails.sent(mail, ports.clock.now())
        else:
            await work.mails.put_off(mail, again, problem)
        await work.commit()
    if problem is not None and again is None:
        log.error("outbox_gave_up", error=problem)
    return problem is None


def _next_try(waiting: Waiting, now: datetime) -> datetime | None:
    """After 1, 2, 4, 8 ... minutes; None when that is too late."""
    doublings = min(waiting.tries - 1, 8)  # a claim that was never settled counts as well
    again = now + min(timedelta(minutes=2**doublings), LONGEST_PAUSE)
    return again if again < waiting.since + GIVE_UP else None


async def run(ports: Ports, pause: float = ROUND) -> None:
    """Deliver until cancelled."""
    while True:
        try:
            await deliver(ports)
        except StorageUnavailable as error:
            log.warning("outbox_waits", error=str(error))
        except Exception as error:  # noqa: BLE001  else no mail goes until somebody restarts us
            log.critical("outbox_broke", error=type(error).__name__)
        await asyncio.sleep(pause)
