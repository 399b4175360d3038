"""How the house stands: what was registered, what must still be sent, what was given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.registration import Status
from bot.services.ports import Ports

LOOK_BACK: Final = timedelta(days=7)
"""For how long an answer that never arrived in a chat is still counted."""


@dataclass(frozen=True)
class Standing:
    """Numbers only. Mail that failed is counted as long as it can be tried again."""

    registrations: Mapping[Status, int]
    mails_waiting: int
    mails_failed: int
    answers_waiting: int
    answers_failed: int


async def look(ports: Ports) -> Standing:
    """Count; raises StorageUnavailable."""
    now = ports.clock.now()
    async with ports.work() as work:
        mails = await work.mails.unsent()
        return Standing(
            registrations=await work.registrations.count(),
            mails_waiting=sum(each.next_try is not None for each in mails),
            mails_failed=sum(each.can_be_retried for each in mails),
            answers_waiting=await work.deliveries.late(now),
            answers_failed=await work.deliveries.given_up(now - LOOK_BACK),
        )
