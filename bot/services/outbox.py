"""Sends what waits in the outbox: each mail once, again later when the server is away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.errors import MailRefused, MailUnavailable
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import notices
from bot.services.ports import Mailer, Ports
from bot.services.records import Unposted, Waiting
from bot.services.rounds import keep_doing, pause_after

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
        if now >= _last_try(waiting):
            raise MailRefused("too late")
        reach("K8-mail")
        await mailer.send(waiting.mail)
        reach("K9-mail")
    except MailRefused as error:
        problem = str(error)
    except MailUnavailable as error:
        problem, again = str(error), _next_try(waiting, now)
    async with ports.work() as work:
        if problem is None:
            await work.mails.sent(mail, ports.clock.now())
        else:
            is_kept = waiting.mail.minutes is None  # else it is worth nothing later
            await work.mails.put_off(mail, again, problem, is_kept=is_kept)
            if again is None:
                await notices.of_undelivered(ports, work, mail)
        await work.commit()
    if problem is not None and again is None:
        log.error("outbox_gave_up", error=problem)
    return problem is None


def _next_try(waiting: Waiting, now: datetime) -> datetime | None:
    """After 1, 2, 4, 8 ... minutes; None when that is too late."""
    again = now + pause_after(waiting.tries, LONGEST_PAUSE)  # also claims that were never settled
    return again if again < _last_try(waiting) else None


def _last_try(waiting: Waiting) -> datetime:
    """Until when it is worth sending."""
    minutes = waiting.mail.minutes
    return waiting.since + (GIVE_UP if minutes is None else timedelta(minutes=minutes))


async def unsent(ports: Ports) -> Sequence[Unposted]:
    """All mail that waits or was given up, the oldest first."""
    async with ports.work() as work:
        return await work.mails.unsent()


async def retry(ports: Ports, *mails: str) -> int:
    """Try mail that was given up from now on, as long as any other; how many there are to try."""
    now = ports.clock.now()
    async with ports.work() as work:
        count = sum([await work.mails.retry(each, now) for each in mails])
        await work.commit()
    return count


async def run(ports: Ports, pause: float = ROUND) -> None:
    """Deliver until cancelled."""
    await keep_doing(lambda: deliver(ports), pause, waits="outbox_waits", broke="outbox_broke")
