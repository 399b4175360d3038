"""What a message of a visitor stands for: a button, a command of ours, words; or nothing."""

from dataclasses import dataclass

from bot.core.errors import ButtonUnknown
from bot.core.turn import Said, Turn
from bot.services import agreeing, earlier, typed
from bot.services.records import Conversation, ShownButton
from bot.services.stores import UnitOfWork


@dataclass(frozen=True)
class Meant:
    """What a message says, and the command of ours that it stands for.

    `earlier` is a button of an earlier turn; with `is_void` nothing of it is done.
    """

    title: str
    command: str | None = None
    earlier: ShownButton | None = None
    is_void: bool = False


async def read(
    work: UnitOfWork, known: Conversation, said: Said, last: Turn | None, text: str
) -> Meant:
    """What a message says to the latest turn; what is said to an earlier one may be void.

    Raises ButtonUnknown.
    """
    if earlier.is_missed(said, last):
        return Meant(text, is_void=True)
    pressed = said.button or typed.named(last, text)
    if pressed is None:
        agreed = await agreeing.command(work, known.id, last, text)
        return Meant(text, agreed or typed.followed(last, text))
    shown = await work.conversations.button(known.id, pressed)
    if shown is None:
        raise ButtonUnknown
    if earlier.is_of(shown, last) or earlier.may_work(shown, known.asks):
        return Meant(shown.title, shown.payload)
    return Meant(shown.title, earlier=shown, is_void=earlier.is_void(shown, known.draft))
