"""The door on Telegram: opens, keeps asking for what people send, and closes without loss."""

import asyncio
import contextlib
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram_commands import introduce
from bot.channels.telegram_inbox import Inbox
from bot.channels.telegram_outbox import Outbox
from bot.channels.telegram_talk import Talk
from bot.core.errors import IntakeError
from bot.log import get_logger
from bot.services.ports import Ports

CONNECTIONS: Final = 64
GRACE: Final = 2.5
"""Seconds to finish what is being worked on; the rest comes again at the next start."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
AFTER_BREAKING: Final = 5.0

log = get_logger()


class TelegramDoor:
    """Talks with people in private chats for as long as it is started."""

    def __init__(self, ports: Ports, token: str, api: str) -> None:
        base = api.rstrip("/")
        ours = {"trust_env": urlsplit(base).hostname not in ("127.0.0.1", "localhost")}
        self._ports = ports
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(CONNECTIONS, pool_timeout=15, httpx_kwargs=ours),
            get_updates_request=HTTPXRequest(2, httpx_kwargs=ours),
        )
        self._outbox = Outbox(self._bot)
        talk = Talk(ports, self._outbox)
        self._inbox = Inbox(self._bot, talk.handle, talk.too_busy)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the door; when Telegram cannot be reached, it keeps trying and holds nobody up."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Close it: finish what is being worked on, leave the rest for the next start."""
        if self._running is None:
            return
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        self._running = None
        await self._inbox.close(GRACE)
        with contextlib.suppress(TelegramError):
            await self._bot.shutdown()

    async def _run(self) -> None:
        while True:
            try:
                await self._serve()
            except Exception as error:  # noqa: BLE001  a door that falls shut must open again
                log.critical("telegram_broke", error=type(error).__name__)
                await asyncio.sleep(AFTER_BREAKING)

    async def _serve(self) -> None:
        pause = FIRST_PAUSE
        while not await self._is_known():
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        await self._outbox.attempt(
            "webhook", lambda: self._bot.delete_webhook(drop_pending_updates=False)
        )
        await self._introduce()
        log.info("telegram_open")
        await self._inbox.run()

    async def _is_known(self) -> bool:
        """Whether Telegram can be reached and knows our token."""
        try:
            await self._bot.initialize()
        except TelegramError as error:  # never its text: that may hold the token
            refused = isinstance(error, InvalidToken)
            event = "telegram_token_refused" if refused else "telegram_unreachable"
            log.error(event, error=type(error).__name__)
            return False
        return True

    async def _introduce(self) -> None:
        """Set the menu and the description; without them we work as well."""
        try:
            await introduce(self._bot, self._ports.texts)
        except (TelegramError, IntakeError) as error:
            log.warning("telegram_menu_not_set", error=type(error).__name__)
