"""What comes in from Telegram: asked for by long polling, in order within a chat.

An update is confirmed only when it was handled. Telegram gives what was not confirmed again, so a
process that dies halfway loses nothing; the turn itself knows that it was taken before.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot import metrics
from bot.channels.telegram_lanes import Handle, Lanes
from bot.channels.telegram_outbox import seconds
from bot.channels.telegram_updates import NAMELESS, Unbuilt, number_of, read
from bot.log import get_logger
from bot.services import deadline

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
LONG_POLL: Final = 25
"""Seconds that Telegram holds a question when there is nothing."""
SHORT_WAIT: Final = 0.25
"""Seconds between questions while something is being worked on."""
PATIENCE: Final = 60.0
"""Seconds after which an update that is still worked on no longer keeps others waiting."""
LONGEST_PAUSE: Final = 30.0
AFTER_NONSENSE: Final = 2.0
"""Seconds before we ask again, when nothing that came can be confirmed."""
CALM: Final = 60.0
"""Seconds without a conflict after which it is over."""
LAST_WORDS: Final = 2.0

log = get_logger()


class Inbox:
    """Asks for updates and hands each over once."""

    def __init__(
        self,
        bot: Bot,
        requests: Unbuilt,
        handle: Handle,
        busy: Callable[[int], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._requests = requests
        self._handle = handle
        self.lanes = Lanes(self._handle_once, busy)
        self._open: dict[int, float] = {}
        self._seen: set[int] = set()
        self._is_nonsense = False
        self._settled = asyncio.Event()
        self._conflicts = 0
        self._conflict_at = 0.0

    async def open(self) -> None:
        """Put a webhook away, which would keep everything from us; what waits there stays."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:  # asking then gives a conflict, and we are back here
            log.warning("telegram_webhook_stays", error=type(error).__name__)

    async def run(self) -> None:
        """Ask until cancelled."""
        failures, told = 0, ""
        while True:
            try:
                await self._bot.get_updates(
                    offset=self._offset(),
                    timeout=0 if self._open else LONG_POLL,
                    allowed_updates=KINDS,
                )
            except Conflict as error:
                await self._give_way(error)
                continue
            except TelegramError as error:
                failures += 1
                if _name(error) != told and not isinstance(error, TimedOut):
                    told = _name(error)
                    log.warning(told, error=type(error).__name__)
                await asyncio.sleep(_pause(error, failures))
                continue
            failures, told = 0, ""
            self._take(self._requests.take())
            if self._open:
                await self._until_settled()
            elif self._is_nonsense:
                await asyncio.sleep(AFTER_NONSENSE)

    async def _give_way(self, conflict: Conflict) -> None:
        """Somebody else has our token: say so each time, and ask ever less often."""
        now = asyncio.get_running_loop().time()
        self._conflicts = self._conflicts + 1 if now - self._conflict_at < CALM else 1
        if "webhook" in conflict.message.lower():
            log.error("telegram_webhook_in_the_way", count=self._conflicts)
            await self.open()
        else:
            log.error("telegram_second_poller", count=self._conflicts)
        await asyncio.sleep(_pause(conflict, self._conflicts))
        self._conflict_at = asyncio.get_running_loop().time()

    def _take(self, found: list[object]) -> None:
        if not found and not self._open:
            self._seen.clear()  # all is confirmed; after a quiet week the numbers begin elsewhere
        numbers = [number_of(raw) for raw in found]
        self._look_at_nonsense(numbers)
        for number, raw in zip(numbers, found, strict=True):
            if number is None or number in self._seen:
                continue
            self._seen.add(number)
            metrics.UPDATES.labels(metrics.KEPT).inc()
            each = read(raw, self._bot)
            if each.update is None:
                log.error("telegram_update_unreadable", error=each.problem, update=number)
            else:
                self._put(number, each.update)

    def _look_at_nonsense(self, numbers: list[int | None]) -> None:
        """What has no number cannot be skipped: it comes until a later one goes."""
        was, self._is_nonsense = self._is_nonsense, None in numbers
        if self._is_nonsense and not was:
            log.error("telegram_update_unreadable", error=NAMELESS)

    def _put(self, number: int, update: Update) -> None:
        chat = update.effective_chat or update.effective_user
        now = deadline.now()
        if chat is not None and self.lanes.put(chat.id, update, now):
            self._open[number] = now

    def _offset(self) -> int | None:
        """The first update that is not confirmed by asking."""
        if not self._seen:
            return None
        long_ago = deadline.now() - PATIENCE
        waiting = [number for number, since in self._open.items() if since > long_ago]
        offset = min(waiting) if waiting else max(self._seen) + 1
        self._seen = {number for number in self._seen if number >= offset - 1}
        return offset

    async def _handle_once(self, update: Update, arrived: float) -> None:
        await self._handle(update, arrived)
        metrics.UPDATES.labels(metrics.HANDLED).inc()
        self._open.pop(update.update_id, None)
        self._settled.set()

    async def _until_settled(self) -> None:
        self._settled.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SHORT_WAIT):  # wait_for of 3.11 may swallow our cancelling
                await self._settled.wait()

    async def close(self, grace: float) -> None:
        """Finish, and confirm what was handled."""
        await self.lanes.close(grace)
        offset = self._offset()
        if offset is not None:
            with contextlib.suppress(TelegramError):  # what came with it comes again
                await self._bot.get_updates(
                    offset=offset,
                    limit=1,
                    timeout=0,
                    read_timeout=LAST_WORDS,
                    connect_timeout=LAST_WORDS,
                    allowed_updates=KINDS,
                )


def _name(error: TelegramError) -> str:
    return "telegram_token_refused" if isinstance(error, InvalidToken) else "telegram_unreachable"


def _pause(error: TelegramError, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return seconds(error)
    return float(min(LONGEST_PAUSE, 0.5 * 2 ** min(failures - 1, 10)))
