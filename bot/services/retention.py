"""Erases what has been kept as long as was agreed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.errors import RegistrationUnknown
from bot.core.intake import intake_named
from bot.core.retention import CHAT, TOKENS, registration_ends
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import erasing
from bot.services.ports import Ports
from bot.services.rounds import keep_doing

ROUND: Final = 3600.0
"""Seconds between two rounds."""
TURN: Final = timedelta(minutes=1)
"""In a shorter time than this a turn in which somebody erased has ended."""

log = get_logger()


@dataclass(frozen=True)
class Purged:
    """How much was erased, and how many conversations wait for a coordinator to call first."""

    conversations: int = 0
    registrations: int = 0
    tokens: int = 0
    waiting: int = 0


async def purge(ports: Ports) -> Purged:
    """Erase everything whose term ended; doing it twice is the same as doing it once."""
    ended = await _registrations(ports)
    now = ports.clock.now()
    async with ports.work() as work:
        idle, waiting = await work.conversations.idle_since(now - CHAT)
        tokens = await work.passages.forget(now - TOKENS) + await work.proofs.forget(now - TOKENS)
        await work.mails.forget(now - TOKENS)
        unfinished = await work.conversations.to_forget(now - TURN)
        await work.commit()
    await erasing.forget(ports, unfinished)
    gone = [each for each in idle if await _delete(ports, each, now - CHAT)]
    done = Purged(len(gone), ended, tokens, waiting)
    if done != Purged():
        log.info("purged", **vars(done))
    return done


async def _delete(ports: Ports, conversation: str, moment: datetime) -> bool:
    """Leave nothing of it; False when somebody came back since it was looked for."""
    if not await erasing.erase_idle(ports, conversation, moment):
        return False
    async with ports.work() as work:
        await work.conversations.hold(conversation)
        if not await work.conversations.is_idle(conversation, moment):
            return False
        await work.conversations.delete(conversation)
        reach("K11")
        await work.commit()
    return True


async def _registrations(ports: Ports) -> int:
    """Registrations of groups that started long enough ago, and withdrawn ones."""
    now = ports.clock.now()
    async with ports.work() as work:
        known = await work.intakes.all()
        kept = await work.registrations.all()
    ended = [
        each.code
        for each in kept
        if registration_ends(each, intake_named(each.intake, known)) <= now
    ]
    for code in ended:
        with suppress(RegistrationUnknown):  # somebody was sooner
            await erasing.erase_registration(ports, code)
    return len(ended)


async def run(ports: Ports, pause: float = ROUND) -> None:
    """A round every hour until cancelled."""
    await keep_doing(lambda: purge(ports), pause, waits="purge_waits", broke="purge_broke")
