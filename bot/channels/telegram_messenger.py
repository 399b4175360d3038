"""An answer as Telegram shows it: messages, the keyboard under the last one, and files."""

from collections.abc import Sequence
from functools import partial

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.channels.telegram_keyboards import Keyboards
from bot.channels.telegram_outbox import Keyboard, Outbox, contact_keyboard, keyboard
from bot.core.turn import Turn
from bot.services.files import FILES
from bot.services.ports import Part, Ports
from bot.services.records import Unsent


def words(turn: Turn) -> str:
    """A turn as one text: its bubbles and links, parted by blank lines."""
    links = (f"{link.title}:\n{link.url}" for link in turn.links)
    return "\n\n".join((*(message.text for message in turn.messages), *links))


class TelegramMessenger:
    """The port `Messenger`: the address is the number of a chat."""

    def __init__(self, ports: Ports, outbox: Outbox) -> None:
        self._ports = ports
        self._outbox = outbox
        self.keyboards = Keyboards(ports, outbox)
        self._sharing: set[int] = set()  # chats that show the button to share one's number

    def is_sharing(self, chat: int) -> None:
        """The button to share one's number may stand there, also of before we were started."""
        self._sharing.add(chat)

    def parts(self, unsent: Unsent) -> Sequence[Part]:
        """The messages and then the files of an answer."""
        chat, turn = int(unsent.address), unsent.turn
        under = self._keyboard(chat, turn)
        files = [
            self._outbox.document(chat, partial(FILES[name], self._ports, unsent.conversation))
            for name in turn.files
        ]
        *first, last = self._outbox.messages(chat, words(turn), under)
        return [*first, partial(self._show, chat, last, under, turn), *files]

    async def warn(self, address: str) -> None:
        """Say that what follows is late."""
        for part in self._outbox.messages(
            int(address), self._ports.texts.render("utter_late").text
        ):
            await part()

    async def _show(self, chat: int, part: Part, under: Keyboard | None, turn: Turn) -> int | None:
        """Send what has the keyboard, and remember which one stands there now."""
        place = await part()
        if isinstance(under, InlineKeyboardMarkup) and place is not None:
            self.keyboards.stands(chat, place, turn)
        elif isinstance(under, ReplyKeyboardMarkup):
            self._sharing.add(chat)
        elif isinstance(under, ReplyKeyboardRemove):
            self._sharing.discard(chat)
        return place

    def _keyboard(self, chat: int, turn: Turn) -> Keyboard | None:
        """What stands under a turn.

        A message has one keyboard, and buttons go first: a number can always be typed, and the
        button to share it is taken away with the next message that has none.
        """
        buttons = [button for message in turn.messages for button in message.buttons]
        if buttons:
            return keyboard(buttons)
        if turn.asks == "phone":
            return contact_keyboard(self._ports.texts.render("label_share_number").text)
        return ReplyKeyboardRemove() if chat in self._sharing else None
