"""What we send to Telegram: one message a second to a chat, cut at sentences."""

import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.core.errors import ChatClosed, MessageRefused, MessageUnavailable
from bot.core.turn import Button
from bot.failpoints import reach
from bot.log import get_logger
from bot.services.ports import Part
from bot.services.records import File

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch: spans as timedelta

LIMIT: Final = 4096
"""The longest message, in the UTF-16 units that Telegram counts."""
GAP: Final = 1.0
"""Seconds between two messages to one chat."""
GAP_OF_ALL: Final = 1 / 30
"""Seconds between two messages to whatever chat."""
ATTEMPTS: Final = 4
LONGEST_STAY: Final = 5.0
"""Seconds that Telegram may ask us to wait, for us to stay; after more we come back."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
TYPING_LASTS: Final = 4.0
SHORT_PATIENCE: Final = 2.0
MANY_CHATS: Final = 1000
ODD: Final = "telegram_answer_unreadable"
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
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


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup:
    """One button a row, so that a title is never cut off."""
    rows = [[InlineKeyboardButton(each.title, callback_data=each.id)] for each in buttons]
    return InlineKeyboardMarkup(rows)


def contact_keyboard(title: str) -> ReplyKeyboardMarkup:
    """One button with which somebody shares his own telephone number."""
    button = KeyboardButton(title, request_contact=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


async def persist(attempt: Callable[[], Awaitable[bool]]) -> None:
    """Try until it works, with ever longer pauses."""
    pause = FIRST_PAUSE
    while not await attempt():
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def seconds(pause: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    asked = pause.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


async def _place(sending: Awaitable[Message]) -> int | None:
    """Where something arrived; it did, also when the library cannot build what Telegram says."""
    try:
        return (await sending).message_id
    except TelegramError:
        raise
    except Exception as error:  # noqa: BLE001  the library fails in many ways
        log.error(ODD, error=type(error).__name__)
        return None


class Outbox:
    """Sends a message or a file: now, again in a moment, or it says that this must wait.

    What it gives to be called raises ChatClosed, MessageRefused and MessageUnavailable.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._free_at: dict[int, float] = {}
        self._all_free_at = 0.0
        self._closed: set[int] = set()

    def close(self, chat: int) -> None:
        """Send nothing there until it is opened again: somebody blocked us.

        Kept in memory only: after a restart one try of what we say first finds it out again.
        """
        if len(self._closed) > MANY_CHATS:
            self._closed.clear()
        self._closed.add(chat)

    def reopen(self, chat: int) -> None:
        """Somebody wrote to us, so he can be written to."""
        self._closed.discard(chat)

    async def say(self, chat: int, text: str) -> None:
        """Send words that nobody kept; what cannot be sent is an event in the log."""
        try:
            for part in self.messages(chat, text):
                await part()
        except (MessageRefused, MessageUnavailable) as error:
            log.error("telegram_not_done", error=str(error))
        except ChatClosed:
            return

    def messages(self, chat: int, text: str, markup: Keyboard | None = None) -> list[Part]:
        """A text in the order in which it stands; the last message has the keyboard."""
        *first, last = split(text)
        parts = [*((part, None) for part in first), (last, markup)]
        return [
            partial(self._attempt, "send", partial(self._send_one, chat, part, under), chat)
            for part, under in parts
        ]

    async def _send_one(self, chat: int, text: str, markup: Keyboard | None) -> int | None:
        await self._wait_for_gap(chat)
        reach("K8")
        place = await self._arrival(
            chat,
            self._bot.send_message(
                chat, text, reply_markup=markup, link_preview_options=NO_PREVIEW
            ),
        )
        reach("K9")
        return place

    async def clear(self, chat: int, place: int) -> bool:
        """Take the buttons of a message away; False when that can be tried again."""
        try:
            await self._bot.edit_message_reply_markup(
                chat, place, read_timeout=SHORT_PATIENCE, connect_timeout=SHORT_PATIENCE
            )
        except (BadRequest, Forbidden):  # they are gone, or nobody is there to see them
            return True
        except TelegramError:
            return False
        except Exception as error:  # noqa: BLE001  it was done: only what is said of it is odd
            log.error(ODD, error=type(error).__name__)
        return True

    def document(self, chat: int, make: Callable[[], Awaitable[File]]) -> Part:
        """A file as a document with its own name, made when it is sent."""
        return partial(self._attempt, "send_file", partial(self._send_document, chat, make), chat)

    async def _send_document(self, chat: int, make: Callable[[], Awaitable[File]]) -> int | None:
        file = await make()
        await self._wait_for_gap(chat)
        return await self._arrival(
            chat, self._bot.send_document(chat, file.content, filename=file.name)
        )

    async def _arrival(self, chat: int, sending: Awaitable[Message]) -> int | None:
        """The place of what was sent. Its gap begins here: it may have been long on its way."""
        place = await _place(sending)
        gap_ends = asyncio.get_running_loop().time() + GAP
        self._free_at[chat] = max(self._free_at.get(chat, gap_ends), gap_ends)
        return place

    async def _attempt(self, action: str, call: Part, chat: int) -> int | None:
        """Do it, a few times when that may help."""
        if chat in self._closed:
            raise ChatClosed
        attempt, pause = 0, FIRST_PAUSE
        while True:
            attempt += 1
            try:
                return await call()
            except Forbidden:
                log.info("telegram_blocked", action=action)
                self.close(chat)
                raise ChatClosed from None
            except RetryAfter as asked:
                pause = seconds(asked)
                if attempt == ATTEMPTS or pause > LONGEST_STAY:
                    raise MessageUnavailable("RetryAfter", pause) from None
            except BadRequest as refused:  # a kind of NetworkError in this library
                raise MessageRefused(type(refused).__name__) from None
            except NetworkError as failed:
                if attempt == ATTEMPTS:
                    raise MessageUnavailable(type(failed).__name__) from None
            except TelegramError as refused:
                raise MessageUnavailable(type(refused).__name__) from None
            await asyncio.sleep(pause)
            pause = FIRST_PAUSE * 2**attempt

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
                    read_timeout=SHORT_PATIENCE,
                    connect_timeout=SHORT_PATIENCE,
                )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TYPING_LASTS):
                    await done.wait()

    async def _wait_for_gap(self, chat: int) -> None:
        """Take the next free second of a chat and wait for it, then the next free place of all."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if len(self._free_at) > MANY_CHATS:
            self._free_at = {each: at for each, at in self._free_at.items() if at > now}
        at = max(now, self._free_at.get(chat, now))
        self._free_at[chat] = at + GAP
        await asyncio.sleep(at - now)
        now = loop.time()
        at = max(now, self._all_free_at)
        self._all_free_at = at + GAP_OF_ALL
        self._free_at[chat] = max(self._free_at.get(chat, at), at + GAP)
        await asyncio.sleep(at - now)
