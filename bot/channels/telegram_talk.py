"""The talk on Telegram: what people do there becomes turns, and turns become messages."""

import contextlib
from collections import deque
from typing import Final

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext.filters import StatusUpdate

from bot.channels.telegram_commands import START, phone_number, read
from bot.channels.telegram_outbox import LIMIT, Outbox, size
from bot.core.errors import ButtonUnknown, IntakeError
from bot.core.turn import Said, Turn
from bot.log import get_logger
from bot.services import conversation, reply
from bot.services.my_data import FILES
from bot.services.ports import Ports

CHANNEL: Final = "telegram"
TROUBLE: Final = ("utter_trouble", "utter_trouble_registration")
REMEMBERED: Final = 5000

log = get_logger()


def words(turn: Turn) -> str:
    """A turn as one text: its bubbles, parted by blank lines."""
    return "\n\n".join(message.text for message in turn.messages)


class Talk:
    """Answers updates, one after another within a chat."""

    def __init__(self, ports: Ports, outbox: Outbox) -> None:
        self._ports = ports
        self._outbox = outbox
        self._done_once: deque[object] = deque(maxlen=REMEMBERED)

    async def handle(self, update: Update) -> None:
        """The edge: whatever breaks, somebody hears that it did."""
        try:
            await self._answer(update)
        except Exception as error:  # noqa: BLE001  one visitor's trouble must not close the door
            log.error("telegram_turn_broke", error=type(error).__name__, update=update.update_id)
            if update.effective_chat is not None:
                await self._say(update.effective_chat.id, "utter_trouble")

    async def _answer(self, update: Update) -> None:
        message, chat = update.effective_message, update.effective_chat
        client_id = f"tg:{update.update_id}"
        if chat is not None and chat.type != ChatType.PRIVATE:
            if self._is_first(("group", chat.id)):
                await self._say(chat.id, "utter_private_chats_only")
        elif update.callback_query is not None:
            await self._press(update.callback_query, client_id)
        elif update.edited_message is not None:
            if update.edited_message.text:  # a live location is "edited" all the time
                await self._say(update.edited_message.chat_id, "utter_edited")
        elif message is not None and (text := _text_of(message)) is not None:
            await self._read(message.chat_id, text, client_id)
        elif message is not None and not StatusUpdate.ALL.check_update(update):
            album = message.media_group_id
            if album is None or self._is_first(("album", album)):
                await self._say(message.chat_id, "utter_text_only")

    async def _read(self, chat: int, text: str, client_id: str) -> None:
        """Somebody typed something, maybe a command."""
        command, meant = read(text)
        known, opening = await self._conversation(chat)
        if opening is None or command != START:
            await self._take(chat, known, Said(text=meant), client_id, opening)

    async def _take(
        self, chat: int, known: str, said: Said, client_id: str, opening: Turn | None
    ) -> Turn:
        async with self._outbox.typing(chat):
            turn = await conversation.take_turn(self._ports, known, said, client_id)
        if opening is None or words(turn) != words(opening):  # no greeting twice for a "hallo"
            await self._tell(chat, known, turn)
        return turn

    async def _press(self, query: CallbackQuery, client_id: str) -> None:
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
                said = Said(button=query.data)
                turn = await conversation.take_turn(self._ports, known, said, client_id)
        except ButtonUnknown:
            self._is_first(place)
            await self._put_away(query, None)
            await self._say(chat, "utter_old_button")
            return
        if not self._is_trouble(turn):  # else it can be tapped again
            self._is_first(place)
            await self._put_away(query, query.data)
        await self._tell(chat, known, turn)

    async def _put_away(self, query: CallbackQuery, chosen: str | None) -> None:
        """Take the buttons away, and leave in the chat what was chosen."""
        message = query.message
        if not isinstance(message, Message):
            return
        title = _title_of(message, chosen)
        text = f"{message.text}\n\n➜ {title}"
        with contextlib.suppress(TelegramError):
            if message.text and title and size(text) <= LIMIT:
                await message.edit_text(text, reply_markup=None)
            else:
                await message.edit_reply_markup(None)

    async def _conversation(self, chat: int) -> tuple[str, Turn | None]:
        """The conversation with this chat; a new one begins with its opening words."""
        async with self._ports.work() as work:
            known = await work.conversations.by_address(CHANNEL, str(chat))
        if known is not None:
            return known.id, None
        started = await conversation.start(self._ports, CHANNEL, address=str(chat))
        await self._tell(chat, started.conversation, started.turn)
        return started.conversation, started.turn

    async def _tell(self, chat: int, known: str, turn: Turn) -> None:
        buttons = [button for message in turn.messages for button in message.buttons]
        if await self._outbox.send(chat, words(turn), buttons):
            for name in turn.files:
                await self._outbox.send_file(chat, await FILES[name](self._ports, known))

    async def _say(self, chat: int, key: str) -> None:
        try:
            text = self._ports.texts.render(key).text
        except IntakeError:
            log.error("text_missing", key=key)
            return
        await self._outbox.send(chat, text)

    async def too_busy(self, chat: int) -> None:
        """Say that more came from this chat than we can take."""
        if chat > 0:  # groups have negative numbers
            await self._say(chat, "utter_busy")

    def _is_trouble(self, turn: Turn) -> bool:
        """Whether these are our words for a message that was not answered."""
        ours = (reply.say(self._ports.texts.render(key))[0] for key in TROUBLE)
        return words(turn) in {words(each) for each in ours}

    def _is_first(self, thing: object) -> bool:
        """Whether this did not happen before, as far as we remember."""
        if thing in self._done_once:
            return False
        self._done_once.append(thing)
        return True


def _text_of(message: Message) -> str | None:
    """What somebody typed, or the own telephone number that somebody shared."""
    contact, sender = message.contact, message.from_user
    if contact is not None and sender is not None and contact.user_id == sender.id:
        return phone_number(contact.phone_number)
    return message.text


def _title_of(message: Message, button: str | None) -> str | None:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return next((each.text for row in rows for each in row if each.callback_data == button), None)
