"""The door on Telegram: opens, takes in what people send, and closes without loss."""

import asyncio
import contextlib
from typing import Final
from urllib.parse import urlsplit

from starlette.routing import Route
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram_commands import introduce
from bot.channels.telegram_inbox import Inbox
from bot.channels.telegram_outbox import Outbox, persist
from bot.channels.telegram_talk import Talk
from bot.channels.telegram_updates import Unbuilt
from bot.channels.telegram_webhook import Webhook
from bot.core.errors import IntakeError
from bot.log import get_logger
from bot.services.ports import Ports

CONNECTIONS: Final = 64
PATIENCE: Final = 5.0
"""Seconds to wait for an answer of Telegram."""
GRACE: Final = 2.5
"""Seconds to finish what is being worked on; the rest comes again at the next start."""
AFTER_BREAKING: Final = 5.0

log = get_logger()


class TelegramDoor:
    """Talks with people in private chats for as long as it is started.

    With an address of ours Telegram brings there what people send; without one we ask for it.
    """

    def __init__(self, ports: Ports, token: str, api: str, address: str | None = None) -> None:
        base = api.rstrip("/")
        ours = {"trust_env": urlsplit(base).hostname not in ("127.0.0.1", "localhost")}
        self._ports = ports
        asking = Unbuilt(2, httpx_kwargs=ours)
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=HTTPXRequest(
                CONNECTIONS, read_timeout=PATIENCE, pool_timeout=15, httpx_kwargs=ours
            ),
            get_updates_request=asking,
        )
        self._talk = talk = Talk(ports, Outbox(self._bot))
        self.routes: list[Route] = []
        self._inbox: Inbox | Webhook
        if address is None:
            self._inbox = Inbox(self._bot, asking, talk.handle, talk.too_busy)
        else:
            self._inbox = Webhook(ports, self._bot, address, talk.handle, talk.too_busy)
            self.routes = self._inbox.routes()
        talk.waiting = self._inbox.lanes.waiting
        self._running: list[asyncio.Task[None]] = []

    async def start(self, *, is_first: bool = True) -> None:
        """Open the door; when Telegram cannot be reached, it keeps trying and holds nobody up.

        Of several gateways only the first does: two would answer the same message. The others
        find out what the door is called, for who asks the way to it.
        """
        works = (self._run(), self._talk.courier.run()) if is_first else (self._find_out(),)
        self._running = [asyncio.create_task(each) for each in works]

    async def stop(self) -> None:
        """Close it: finish what is being worked on, leave the rest for the next start."""
        if not self._running:
            return
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running = []
        await self._inbox.close(GRACE)
        await self._talk.courier.close()
        with contextlib.suppress(TelegramError):
            await self._bot.shutdown()

    async def _run(self) -> None:
        while True:
            try:
                await self._serve()
            except Exception as error:  # noqa: BLE001  a door that falls shut must open again
                log.critical("telegram_broke", error=type(error).__name__)
                await asyncio.sleep(AFTER_BREAKING)

    async def _find_out(self) -> None:
        await persist(self._is_known)
        self._ports.doors.telegram = self._bot.username

    async def _serve(self) -> None:
        await self._find_out()
        await self._inbox.open()
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
