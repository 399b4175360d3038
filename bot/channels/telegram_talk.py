"""The talk on Telegram: what people do there becomes turns, and turns become messages."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext.filters import StatusUpdate

from bot import metrics
from bot.channels.telegram_commands import START, payload, read
from bot.channels.telegram_messenger import TelegramMessenger, words
from bot.channels.telegram_outbox import LIMIT, Outbox, size
from bot.channels.telegram_words import said_with, says_more, title_of
from bot.core.errors import ButtonUnknown, IntakeError, PassageUnknown
from bot.core.turn import Said, Turn
from bot.log import get_logger
from bot.services import conversation, deadline, onscreen, passages, reply
from bot.services.deliveries import Courier
from bot.services.ports import Ports

CHANNEL: Final = "telegram"
CAMPAIGN: Final = "campaign"
"""In the draft: the name of the poster or link by which somebody first came."""
GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
REMEMBERED: Final = 5000
ALBUM: Final = 0.7
"""Seconds in which all pictures of an album are here."""

log = get_logger()


class Talk:
    """Answers updates, one after another within a chat."""

    def __init__(self, ports: Ports, outbox: Outbox) -> None:
        self._ports = replace(ports, is_brought=True)
        self._outbox = outbox
        self._messenger = TelegramMessenger(self._ports, outbox)
        self.courier = Courier(self._ports, self._messenger)
        self._done_once: deque[object] = deque(maxlen=REMEMBERED)
        self.waiting: Callable[[int], Sequence[Update]] = lambda _chat: ()

    async def handle(self, update: Update, arrived: float) -> None:
        """The edge: whatever breaks, somebody hears that it did. `arrived`: see `deadline`."""
        try:
            await self._answer(update, deadline.counted_from(arrived))
        except Exception as error:  # noqa: BLE001  one visitor's trouble must not close the door
            log.error("telegram_turn_broke", error=type(error).__name__, update=update.update_id)
            if update.effective_chat is not None and update.my_chat_member is None:
                await self._say(update.effective_chat.id, "utter_trouble")

    async def _answer(self, update: Update, since: float) -> None:
        message, chat = update.effective_message, update.effective_chat
        client_id = f"tg:{update.update_id}"
        if update.my_chat_member is not None:
            self._let_in(update.my_chat_member)
            return
        if chat is not None:
            self._outbox.reopen(chat.id)
        if chat is not None and chat.type != ChatType.PRIVATE:
            if self._is_first(("group", chat.id)):
                await self._say(chat.id, "utter_private_chats_only")
        elif update.callback_query is not None:
            await self._press(update.callback_query, client_id, since)
        elif update.edited_message is not None:
            if said_with(update.edited_message):  # a live location is "edited" all the time
                await self._say(update.edited_message.chat_id, "utter_edited")
        elif message is not None and not StatusUpdate.ALL.check_update(update):
            await self._hear(message, client_id, since)

    async def _hear(self, message: Message, client_id: str, since: float) -> None:
        """Somebody sent something; an album comes as a message a picture, and gets one answer."""
        said, album = said_with(message), message.media_group_id
        is_first = album is None or self._is_first(("album", album))
        if said is not None:
            await self._read(message.chat_id, said, client_id, since)
        elif is_first and not (album and await self._comes_with_words(message.chat_id, album)):
            key = "utter_contact_of_another" if message.contact else "utter_text_only"
            await self._say(message.chat_id, key)

    async def _comes_with_words(self, chat: int, album: str) -> bool:
        """Whether another picture of an album has the words; they come right after each other."""
        await asyncio.sleep(ALBUM)
        return says_more(album, self.waiting(chat))

    def _let_in(self, change: ChatMemberUpdated) -> None:
        """Somebody blocked us, or no longer does."""
        if change.new_chat_member.status in GONE:
            log.info("telegram_blocked", action="my_chat_member")
            self._outbox.close(change.chat.id)
        else:
            self._outbox.reopen(change.chat.id)

    async def _read(self, chat: int, said: Said, client_id: str, since: float) -> None:
        """Somebody typed something, maybe a command."""
        command, meant = read(said.text or "")
        came_by = payload(said.text or "")
        known, opening = await (
            self._arrive(chat, came_by) if came_by else self._conversation(chat)
        )
        if opening is None or command != START:
            said = replace(said, text=meant)
            async with self._outbox.typing(chat):
                turn = await self._turn(known, said, client_id, since)
            if opening is not None and words(turn) == words(opening):  # no greeting twice
                await self.courier.leave_out(known)
            await self._tell(chat, known, turn)

    async def _arrive(self, chat: int, came_by: str) -> tuple[str, Turn | None]:
        """The conversation with somebody who followed a link, and our opening words if it is new.

        A link out of a conversation carries that on; any other is kept as the name of a campaign,
        of which the first counts.
        """
        if came_by.startswith(passages.MARK):
            return await self._carry_on(chat, came_by)
        known, opening = await self._conversation(chat)
        async with self._ports.work() as work:
            found = await work.conversations.hold(known)
            if found is not None and CAMPAIGN not in found.draft:
                draft = {**found.draft, CAMPAIGN: came_by}
                # A link is no sign of life: how long somebody was away must stay as it is.
                await work.conversations.set_draft(known, draft, found.updated_at)
                await work.commit()
        return known, opening

    async def _carry_on(self, chat: int, token: str) -> tuple[str, Turn | None]:
        """Go on here with a conversation of elsewhere; a link that is old or used is said to be."""
        try:
            known = await passages.enter_chat(self._ports, token, CHANNEL, str(chat))
        except PassageUnknown:
            await self._say(chat, "utter_passage_unknown")
            return await self._conversation(chat)
        turn = await conversation.go_on(self._ports, known)
        await self._tell(chat, known, turn)
        return known, turn

    async def _turn(self, known: str, said: Said, client_id: str, since: float) -> Turn:
        """The answer to a message, which is counted.

        What was brought is settled first: only then it is known what somebody could have read.
        """
        with metrics.timed(metrics.TURNS, CHANNEL) as attempt:
            await self.courier.settle()
            said = await onscreen.seen(self._ports, known, said)
            turn = await conversation.take_turn(self._ports, known, said, client_id, since)
            attempt.has_trouble(reply.is_trouble(self._ports.texts, turn))
        return turn

    async def _press(self, query: CallbackQuery, client_id: str, since: float) -> None:
        """Somebody tapped a button; a second tap on the same question does nothing."""
        with contextlib.suppress(TelegramError):  # a tap of long ago can no longer be answered
            await query.answer()
        chat = query.message.chat.id if query.message else query.from_user.id
        place = ("keyboard", chat, query.message.message_id if query.message else query.data)
        if query.data is None or place in self._done_once:
            return
        known, _ = await self._conversation(chat)
        try:
            async with self._outbox.typing(chat):
                turn = await self._turn(known, Said(button=query.data), client_id, since)
        except ButtonUnknown:
            self._is_first(place)
            await self._put_away(query, None)
            await self._say(chat, "utter_old_button")
            return
        if not reply.is_trouble(self._ports.texts, turn):  # else it can be tapped again
            self._is_first(place)
            await self._put_away(query, query.data)
        await self._tell(chat, known, turn)

    async def _put_away(self, query: CallbackQuery, chosen: str | None) -> None:
        """Take the buttons away, and leave in the chat what was chosen."""
        message = query.message
        if not isinstance(message, Message):
            return
        title = title_of(message, chosen)
        text = f"{message.text}\n\n➜ {title}"
        with contextlib.suppress(Exception):  # the library fails in many ways on what comes back
            if message.text and title and size(text) <= LIMIT:
                await message.edit_text(text, reply_markup=None)
            else:
                await message.edit_reply_markup(None)
            self._messenger.keyboards.is_gone(message.chat.id, message.message_id)

    async def _conversation(self, chat: int) -> tuple[str, Turn | None]:
        """The conversation with this chat; a new one begins with its opening words."""
        async with self._ports.work() as work:
            known = await work.conversations.by_address(CHANNEL, str(chat))
            missed = known is not None and await work.deliveries.told_in_vain(known.id)
        if known is not None:
            if missed:
                await self.courier.told_again(known.id)
            if known.asks == "phone":
                self._messenger.is_sharing(chat)
            return known.id, None
        started = await conversation.start(self._ports, CHANNEL, address=str(chat))
        await self._tell(chat, started.conversation, started.turn)
        return started.conversation, started.turn

    async def _tell(self, chat: int, known: str, turn: Turn) -> None:
        """Bring what was kept, after what still waited; what was not kept is said at once."""
        if reply.is_trouble(self._ports.texts, turn):
            await self._outbox.say(chat, words(turn))
        elif await self.courier.bring(known):
            await self._messenger.keyboards.tidy(chat, known, turn)

    async def _say(self, chat: int, key: str) -> None:
        try:
            text = self._ports.texts.render(key).text
        except IntakeError:
            log.error("text_missing", key=key)
            return
        await self._outbox.say(chat, text)

    async def too_busy(self, chat: int) -> None:
        """Say that more came from this chat than we can take."""
        if chat > 0:  # groups have negative numbers
            await self._say(chat, "utter_busy")

    def _is_first(self, thing: object) -> bool:
        """Whether this did not happen before, as far as we remember."""
        if thing in self._done_once:
            return False
        self._done_once.append(thing)
        return True
