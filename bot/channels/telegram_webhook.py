"""What Telegram brings to our own address: kept in the database before we say that we have it.

Telegram brings again what was not answered with 200. What is kept but not handled when a process
ends is taken up at the next start; the turn itself knows that it was taken before. One gateway
serves a bot: a second one would take up what the first is still working on.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import TelegramError

from bot import metrics
from bot.channels.telegram_inbox import KINDS
from bot.channels.telegram_lanes import Handle, Lanes
from bot.channels.telegram_outbox import persist
from bot.channels.telegram_updates import Reading, read
from bot.core.errors import StorageUnavailable
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import deadline
from bot.services.ports import Ports

PATH: Final = "/telegram/webhook"
SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
MAX_BODY: Final = 262_144
"""Bytes: the longest message in answer to the longest message is a quarter of it."""
CONNECTIONS: Final = 10
"""What Telegram may bring at the same time: as much as SQLite keeps up with."""
FRESH: Final = timedelta(days=1)
"""How old something may be and still be answered; Telegram itself keeps it no longer."""
KEPT: Final = timedelta(days=3)
"""How long the number of an update is kept, to know it when it comes again."""
ROUND: Final = 300.0
"""Seconds between two looks at whether Telegram still brings things here."""

log = get_logger()


def secret_of(token: str) -> str:
    """What only Telegram and we know: made of the token, so that nobody has to set it."""
    return hmac.new(token.encode(), b"telegram webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Takes updates in at an address, keeps each, and hands each over once."""

    def __init__(
        self,
        ports: Ports,
        bot: Bot,
        address: str,
        handle: Handle,
        busy: Callable[[int], Awaitable[None]],
    ) -> None:
        self._ports = ports
        self._bot = bot
        self._address = address.rstrip("/") + PATH
        self._secret = secret_of(bot.token)
        self._handle = handle
        self.lanes = Lanes(self._handle_once, busy)
        self._early: list[tuple[Update, float]] | None = []  # None while open
        self._open: set[int] = set()
        self._done: set[int] = set()  # handled, but the database does not know yet
        self._strangers = 0
        self._failed_at: datetime | None = None

    def routes(self) -> list[Route]:
        """Where Telegram comes in."""
        return [Route(PATH, self.receive, methods=["POST"])]

    async def receive(self, request: Request) -> Response:
        """One update. What can never be read is accepted too: else it comes again for ever."""
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            self._strangers += 1
            return Response(status_code=403)
        content = await _read(request)
        update = self._understood(content).update
        if update is None:
            return Response()
        try:
            is_new = await self._keep(update.update_id, content)
        except StorageUnavailable as error:
            log.warning("telegram_update_not_kept", error=str(error), update=update.update_id)
            return Response(status_code=503)
        reach("K1")
        if is_new:
            metrics.UPDATES.labels(metrics.KEPT).inc()
            self._take(update, deadline.now())
        return Response()

    def _understood(self, content: str) -> Reading:
        try:
            raw = json.loads(content)
        except (ValueError, RecursionError):
            raw = None
        found = read(raw, self._bot)
        if found.update is None:
            log.error("telegram_update_unreadable", error=found.problem)
        return found

    async def _keep(self, number: int, content: str) -> bool:
        async with self._ports.work() as work:
            is_new = await work.updates.add(number, content, self._ports.clock.now())
            await work.commit()
        return is_new

    def _take(self, update: Update, arrived: float) -> None:
        number = update.update_id
        if self._early is not None:
            self._early.append((update, arrived))
        elif number not in self._open | self._done:
            chat = update.effective_chat or update.effective_user
            taken = chat is not None and self.lanes.put(chat.id, update, arrived)
            (self._open if taken else self._done).add(number)

    async def _handle_once(self, update: Update, arrived: float) -> None:
        await self._handle(update, arrived)
        metrics.UPDATES.labels(metrics.HANDLED).inc()
        self._open.discard(update.update_id)
        self._done.add(update.update_id)
        await self._settle()

    async def _settle(self) -> None:
        """Tell the database what was handled; what it does not take now is told again later."""
        numbers = set(self._done)
        if not numbers:
            return
        try:
            async with self._ports.work() as work:
                await work.updates.handled(numbers, self._ports.clock.now())
                await work.commit()
        except StorageUnavailable as error:
            log.warning("telegram_update_not_settled", error=str(error))
        else:
            self._done -= numbers

    async def open(self) -> None:
        """Take up what was left, then tell Telegram to come."""
        await persist(self._take_up)
        await persist(self._is_set)

    async def _take_up(self) -> bool:
        try:
            left = await self._left()
        except StorageUnavailable as error:
            log.warning("telegram_updates_not_read", error=str(error))
            return False
        early, self._early = self._early or [], None
        now = self._ports.clock.now()
        for content, came in left:
            found = self._understood(content)
            if found.update is not None:
                self._take(found.update, deadline.now() - (now - came).total_seconds())
            elif found.number is not None:
                self._done.add(found.number)
        for update, arrived in early:
            self._take(update, arrived)
        return True

    async def _left(self) -> Sequence[tuple[str, datetime]]:
        now = self._ports.clock.now()
        async with self._ports.work() as work:
            await work.updates.forget(now - KEPT)
            await work.commit()
            return await work.updates.waiting(now - FRESH)

    async def _is_set(self) -> bool:
        try:
            await self._bot.set_webhook(
                self._address,
                secret_token=self._secret,
                allowed_updates=KINDS,
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
            )
        except TelegramError as error:  # never its text: that may hold the address
            log.error("telegram_webhook_not_set", error=type(error).__name__)
            return False
        return True

    async def run(self) -> None:
        """Look round now and then until cancelled."""
        while True:
            await asyncio.sleep(ROUND)
            await self.look_round()

    async def look_round(self) -> None:
        """Tidy up, and see that Telegram can still bring things and nobody else took that over."""
        await self._settle()
        with contextlib.suppress(StorageUnavailable):
            async with self._ports.work() as work:
                await work.updates.forget(self._ports.clock.now() - KEPT)
                await work.commit()
        if self._strangers:
            log.warning("telegram_webhook_strangers", count=self._strangers)
            self._strangers = 0
        try:
            info = await self._bot.get_webhook_info()
        except TelegramError as error:
            log.warning("telegram_unreachable", error=type(error).__name__)
            return
        if info.url != self._address:
            log.error("telegram_webhook_taken_over")
            await self._is_set()
        elif info.last_error_date and info.last_error_date != self._failed_at:
            self._failed_at = info.last_error_date
            log.warning("telegram_webhook_failing", count=info.pending_update_count)

    async def close(self, grace: float) -> None:
        """Finish; what comes in from now on is only kept."""
        self._early = []
        await self.lanes.close(grace)
        await self._settle()


async def _read(request: Request) -> str:
    """The body of a request; nothing when it is no text, or longer than any update."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return ""
        return body.decode()
    except (ClientDisconnect, UnicodeDecodeError):
        return ""
