"""Brings kept answers to their chat: in order, and later when the way there is closed for a while.

An answer may arrive twice when a process ends between bringing it and saying so; it is never lost.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.errors import (
    ChatClosed,
    IntakeError,
    MessageRefused,
    MessageUnavailable,
    StorageUnavailable,
)
from bot.core.quiet import when_welcome
from bot.log import get_logger
from bot.services.ports import Messenger, Ports
from bot.services.records import Unsent
from bot.services.rounds import keep_doing, pause_after
from bot.services.stores import UnitOfWork

LEASE: Final = timedelta(seconds=30)
"""How long nobody else brings what somebody is bringing; after a crash it takes this long."""
PATIENCE: Final = 25.0
"""Seconds that bringing one answer may take; less than the lease."""
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVE_UP: Final = timedelta(hours=72)
LATE: Final = timedelta(minutes=5)
"""From when an answer is so late that we say so."""
AT_ONCE: Final = 8
"""Chats that a round brings answers to at the same time."""
ROUND: Final = 2.0
"""Seconds between looks."""

log = get_logger()


@dataclass(frozen=True)
class Outcome:
    """What became of one try: a problem, if any, and when to try again, if ever."""

    at: datetime
    problem: str | None
    again: datetime | None
    arrived: int
    place: int | None = None


class Courier:
    """Brings answers by one messenger."""

    def __init__(self, ports: Ports, messenger: Messenger) -> None:
        self._ports = ports
        self._messenger = messenger
        self._outcomes: dict[int, Outcome] = {}  # by exchange: what the database does not know yet

    async def bring(self, conversation: str | None = None) -> bool:
        """Bring what waits for a conversation; without one, for the one whose turn it is.

        Whether something waited and the way is open. Raises StorageUnavailable when it is not
        even known whether something waits.
        """
        first = await self._claim(conversation)
        try:
            is_awake = conversation is not None
            return first is not None and await self._bring_from(first, is_awake=is_awake)
        except StorageUnavailable as error:  # it is told what it did not hear the next time
            log.warning("delivery_not_settled", error=str(error))
            return False

    async def _bring_from(self, first: Unsent, *, is_awake: bool) -> bool:
        unsent: Unsent | None = first
        is_warned = False
        while unsent is not None:
            now = self._ports.clock.now()
            is_late = not unsent.is_told and now - unsent.since > LATE
            asleep = None if is_awake else _until_morning(unsent, now)
            done = asleep or await self._try(unsent, warns=is_late and not is_warned)
            self._outcomes[unsent.exchange] = done
            if done.again is not None:
                async with self._settled():
                    return False
            is_warned = is_warned or (is_late and done.problem is None)
            unsent = await self._claim(unsent.conversation)
        return True

    async def leave_out(self, conversation: str) -> None:
        """Do not bring the first that waits: what was brought or comes next says the same."""
        unsent = await self._claim(conversation)
        if unsent is not None:
            now = self._ports.clock.now()
            self._outcomes[unsent.exchange] = Outcome(now, None, None, unsent.arrived)

    async def told_again(self, conversation: str) -> None:
        """Somebody who had closed his door is there: what we said first is brought after all."""
        async with self._ports.work() as work:
            vain = await work.deliveries.told_in_vain(conversation)
            for exchange in vain:
                await work.deliveries.tell(exchange, self._ports.clock.now())
            if vain:
                await work.commit()

    async def settle(self) -> None:
        """Tell the database what it does not know yet; raises StorageUnavailable."""
        if self._outcomes:
            async with self._settled():
                return

    async def _claim(self, conversation: str | None) -> Unsent | None:
        now = self._ports.clock.now()
        async with self._settled() as work:
            return await work.deliveries.claim(now, now + LEASE, conversation)

    @contextlib.asynccontextmanager
    async def _settled(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work in which the database hears what it does not know yet."""
        told, self._outcomes = self._outcomes, {}
        try:
            async with self._ports.work() as work:
                for exchange, done in told.items():
                    if done.problem is None:
                        await work.deliveries.sent(exchange, done.at, done.place)
                    else:
                        await work.deliveries.put_off(
                            exchange, done.again, done.problem, done.arrived
                        )
                yield work
                await work.commit()
        except BaseException:
            self._outcomes = told | self._outcomes
            raise

    async def _try(self, unsent: Unsent, *, warns: bool) -> Outcome:
        """Bring one answer, or the rest of it."""
        if unsent.is_unsure:
            log.warning("delivery_perhaps_twice", attempt=unsent.tries)
        now = self._ports.clock.now()
        arrived, place, problem, again = unsent.arrived, None, None, None
        try:
            if now >= unsent.since + GIVE_UP:
                raise MessageRefused("too late")
            async with asyncio.timeout(PATIENCE):
                parts = self._messenger.parts(unsent)[arrived:]
                if warns:
                    await self._messenger.warn(unsent.address)
                for part in parts:
                    place = await part()
                    arrived += 1
        except ChatClosed:
            problem = "closed"
        except MessageRefused as error:
            problem = str(error)
            log.error("delivery_gave_up", error=problem, attempt=unsent.tries)
        except (IntakeError, TimeoutError) as error:
            problem, again = str(error) or type(error).__name__, _next_try(unsent, now, error)
            log.warning("delivery_put_off", error=problem, attempt=unsent.tries)
        return Outcome(self._ports.clock.now(), problem, again, arrived, place)

    async def bring_due(self) -> None:
        """Bring all that is due; where the way is closed one chat finds that out for many."""
        async with self._settled() as work:
            due = await work.deliveries.due(self._ports.clock.now())
        await asyncio.gather(*(self._bring_many() for _ in range(min(due, AT_ONCE))))

    async def _bring_many(self) -> None:
        while await self.bring():
            pass

    async def close(self) -> None:
        """Tell the database what it does not know yet; what it does not take may come twice."""
        with contextlib.suppress(StorageUnavailable):
            await self.settle()

    async def run(self, pause: float = ROUND) -> None:
        """Bring until cancelled; what a process before us had in hand is free at once.

        That is so because one gateway brings for a bot (docs/adr/0014).
        """
        with contextlib.suppress(StorageUnavailable):  # then the lease ends by itself
            async with self._ports.work() as work:
                await work.deliveries.take_over(self._ports.clock.now())
                await work.commit()
        await keep_doing(self.bring_due, pause, waits="deliveries_wait", broke="deliveries_broke")


def _until_morning(unsent: Unsent, now: datetime) -> Outcome | None:
    """Nobody is woken by what we say first."""
    welcome = when_welcome(now)
    if not unsent.is_told or welcome <= now:
        return None
    return Outcome(now, "quiet", welcome, unsent.arrived)


def _next_try(unsent: Unsent, now: datetime, error: Exception) -> datetime:
    """After 1, 2, 4, 8 ... minutes, or as long as we were asked to wait."""
    pause = pause_after(unsent.tries, LONGEST_PAUSE)
    asked = error.seconds if isinstance(error, MessageUnavailable) else 0.0
    return now + max(pause, timedelta(seconds=asked))
