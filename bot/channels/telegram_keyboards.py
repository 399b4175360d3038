"""The buttons that stand in a chat: those of earlier questions are taken away."""

from typing import Final

from bot.channels.telegram_outbox import MANY_CHATS, Outbox
from bot.core.turn import Turn
from bot.services.ports import Ports

FROM_BEFORE: Final = 3
"""As many keyboards of before we were started are looked for; older ones went then."""

Standing = dict[int, str | None]
"""Place in the chat -> the item that was asked there, oldest first."""


class Keyboards:
    """Knows which messages still have buttons, as well as can be told."""

    def __init__(self, ports: Ports, outbox: Outbox) -> None:
        self._ports = ports
        self._outbox = outbox
        self._standing: dict[int, Standing] = {}
        self._looked: set[int] = set()

    def stands(self, chat: int, place: int, turn: Turn) -> None:
        """Buttons were shown there."""
        if len(self._standing) > MANY_CHATS:  # what is forgotten is found in the database
            self._standing.clear()
            self._looked.clear()
        self._standing.setdefault(chat, {})[place] = turn.asks

    def is_gone(self, chat: int, place: int) -> None:
        """The buttons there were taken away."""
        self._standing.get(chat, {}).pop(place, None)

    async def tidy(self, chat: int, conversation: str, turn: Turn) -> None:
        """Take away all buttons but those of this turn, or of the question that it leaves open."""
        standing = await self._of_before(conversation) if chat not in self._looked else {}
        self._looked.add(chat)
        standing |= self._standing.get(chat, {})
        self._standing[chat] = standing
        kept = _kept(standing, turn)
        for place in [each for each in standing if each != kept]:
            if not await self._outbox.clear(chat, place):
                return
            self.is_gone(chat, place)

    async def _of_before(self, conversation: str) -> Standing:
        async with self._ports.work() as work:
            placed = await work.deliveries.placed(conversation, FROM_BEFORE)
        return {place: turn.asks for place, turn in reversed(placed) if _has_buttons(turn)}


def _has_buttons(turn: Turn) -> bool:
    """Whether there is anything to tap under a turn."""
    return any(message.buttons for message in turn.messages)


def _kept(standing: Standing, turn: Turn) -> int | None:
    places = sorted(standing, reverse=True)
    if _has_buttons(turn):
        return next(iter(places), None)
    return next((each for each in places if turn.asks and standing[each] == turn.asks), None)
