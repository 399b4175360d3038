"""Why the assistant said what it said: each message of a conversation with what decided it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.errors import ConversationUnknown, RegistrationUnknown
from bot.core.questions import FREE
from bot.core.turn import Noted
from bot.log import get_logger
from bot.services.erasing import CODE
from bot.services.ports import Ports
from bot.services.records import Exchange, Why

HIDDEN = "…"
log = get_logger()


@dataclass(frozen=True)
class Explained:
    """One message: what was said, why it was answered so, with what, and what was noted."""

    said: str | None = field(repr=False)
    decided: Why | None
    replies: tuple[str, ...] = field(repr=False)
    asks: str | None
    topics: tuple[str, ...]
    noted: tuple[Noted, ...]


async def explain(ports: Ports, named: str, *, reveals: bool = False) -> Sequence[Explained]:
    """Every message of the conversation of a code or an id; personal values only if `reveals`.

    Raises RegistrationUnknown or ConversationUnknown. That somebody looked is logged.
    """
    is_code = CODE.fullmatch(named.upper()) is not None
    async with ports.work() as work:
        place = await work.registrations.conversation_of(named.upper()) if is_code else named
        if place is None:
            raise RegistrationUnknown(named)
        found = await work.conversations.by_id(place)
        if found is None:
            raise ConversationUnknown(named)
        exchanges = await work.conversations.exchanges(place)
    if reveals:
        log.warning("conversation_revealed", conversations=1)
    masks = _Masks(ports, found.draft, reveals)
    return [masks.explained(each) for each in exchanges]


class _Masks:
    """Takes out what is personal, unless it may be seen."""

    def __init__(self, ports: Ports, draft: dict[str, object], reveals: bool) -> None:
        self._ports, self._draft, self._reveals = ports, draft, reveals
        self._asked: str | None = None

    def explained(self, each: Exchange) -> Explained:
        """One message; the next one answers what this one asks."""
        turn = each.reply
        said = None if each.said is None else self._plain(each.said, self._asked)
        self._asked = turn.asks if turn else None
        messages = tuple(self._plain(one.text, None) for one in turn.messages) if turn else ()
        noted = tuple(map(self._noted, turn.noted)) if turn else ()
        return Explained(
            said, each.decided, messages, self._asked, turn.topics if turn else (), noted
        )

    def _plain(self, text: str, asks: str | None) -> str:
        if self._reveals:
            return text
        return self._ports.personal.mask(text, asks, self._draft).text

    def _noted(self, one: Noted) -> Noted:
        return one if self._reveals or one.item not in FREE else Noted(one.item, HIDDEN)
