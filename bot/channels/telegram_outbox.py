"""What we send to Telegram: one message a second to a chat, cut at sentences, tried again."""

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.core.turn import Button
from bot.log import get_logger
from bot.services.my_data import File

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch: spans as timedelta

LIMIT: Final = 4096
"""The longest message, in the UTF-16 units that Telegram counts."""
GAP: Final = 1.0
"""Seconds between two messages to one chat."""
ATTEMPTS: Final = 6
FIRST_PAUSE: Final = 0.5
TYPING_LASTS: Final = 4.0
TYPING_PATIENCE: Final = 2.0
MANY_CHATS: Final = 1000
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
BETWEEN_SENTENCES: Final = re.compile(r"(?<=\n\n)|(?<=[.!?…:]\s)")

log = get_logger()


def size(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str) -> list[str]:
    """A text in as few messages as it takes, each cut where a sentence ends if there is one."""
    parts = [""]
    for sentence in BETWEEN_SENTENCES.split(text):
        for piece in _fitting(sentence):
            if size(parts[-1] + piece) > LIMIT:
                parts.append("")
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _fitting(sentence: str) -> list[str]:
    """A sentence that fits, or else its words, or else its letters."""
    if size(sentence) <= LIMIT:
        return [sentence]
    words = re.findall(r"\S+\s*|\s+", sentence)
    return [piece for word in words for piece in ([word] if size(word) <= LIMIT else word)]


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """One button a row, so that a title is never cut off."""
    if not buttons:
        return None
    rows = [[InlineKeyboardButton(each.title, callback_data=each.id)] for each in buttons]
    return InlineKeyboardMarkup(rows)


def seconds(pause: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    asked = pause.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


class Outbox:
    """Sends; what cannot be sent is an event in the log, never an exception."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._free_at: dict[int, float] = {}

    async def send(self, chat: int, text: str, buttons: Sequence[Button] = ()) -> bool:
        """Send a text in the order in which it stands; the last message has the keyboard."""
        parts = split(text)
        for number, part in enumerate(parts, start=1):
            markup = keyboard(buttons) if number == len(parts) else None
            if not await self.attempt("send", partial(self._send_one, chat, part, markup)):
                return False
        return True

    async def _send_one(self, chat: int, text: str, markup: InlineKeyboardMarkup | None) -> None:
        await self._wait_for_gap(chat)
        await self._bot.send_message(
            chat, text, reply_markup=markup, link_preview_options=NO_PREVIEW
        )

    async def send_file(self, chat: int, file: File) -> bool:
        """Send a file as a document with its own name."""
        return await self.attempt("send_file", partial(self._send_document, chat, file))

    async def _send_document(self, chat: int, file: File) -> None:
        await self._wait_for_gap(chat)
        await self._bot.send_document(chat, file.content.encode(), filename=file.name)

    async def attempt(self, action: str, call: Callable[[], Awaitable[object]]) -> bool:
        """Do it, again when that may help; whether it was done."""
        error: TelegramError | None = None
        for attempt in range(ATTEMPTS):
            try:
                await call()
                return True
            except Forbidden:
                log.info("telegram_blocked", action=action)
                return False
            except RetryAfter as asked:
                error, pause = asked, seconds(asked)
            except BadRequest as refused:  # a kind of NetworkError in this library
                error = refused
                break
            except NetworkError as failed:
                error, pause = failed, FIRST_PAUSE * 2**attempt
            except TelegramError as refused:
                error = refused
                break
            if attempt < ATTEMPTS - 1:
                await asyncio.sleep(pause)
        log.error("telegram_not_done", action=action, error=type(error).__name__)
        return False

    @contextlib.asynccontextmanager
    async def typing(self, chat: int) -> AsyncIterator[None]:
        """Show that we are busy for as long as we are."""
        done = asyncio.Event()
        showing = asyncio.create_task(self._show_typing(chat, done))
        try:
            yield
        finally:
            done.set()
            await showing  # else "typing" could arrive after the answer and stay there

    async def _show_typing(self, chat: int, done: asyncio.Event) -> None:
        while not done.is_set():
            with contextlib.suppress(TelegramError):
                await self._bot.send_chat_action(
                    chat,
                    ChatAction.TYPING,
                    read_timeout=TYPING_PATIENCE,
                    connect_timeout=TYPING_PATIENCE,
                )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TYPING_LASTS):
                    await done.wait()

    async def _wait_for_gap(self, chat: int) -> None:
        """Take the next free second of a chat, and wait for it."""
        now = asyncio.get_running_loop().time()
        if len(self._free_at) > MANY_CHATS:
            self._free_at = {each: at for each, at in self._free_at.items() if at > now}
        at = max(now, self._free_at.get(chat, now))
        self._free_at[chat] = at + GAP
        await asyncio.sleep(at - now)
