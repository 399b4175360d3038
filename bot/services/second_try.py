"""Nobody is refused for good: the second answer that is not read is kept as it was typed.

An answer that could not be read is no answer once. Whoever is asked the same again and answers
again is taken at his word, when the question is for a name, a company or a town.
"""

from collections.abc import Sequence
from typing import Final

from bot.core.answers import as_typed, name_as_typed
from bot.core.questions import BY_ITEM, GIVEN, LITERAL
from bot.services import drafts, reply
from bot.services.ports import Ports
from bot.services.records import Asked, Conversation, Spoken

SAID_BESIDE: Final = frozenset({"utter_offer_person", "utter_skip_not_possible"})


def is_tried(known: Conversation, asks: str | None) -> bool:
    """Whether this question was answered before with what could not be read."""
    return asks is not None and known.draft.get(drafts.TRIED) == asks


def is_unread(spoken: Sequence[Spoken], asks: str | None, text: str) -> bool:
    """Whether what may well be an answer was heard as nothing at all: the question stands."""
    if asks is None or _literal(asks, text) is None:
        return False
    if any("topics" in each.signs or "clarify" in each.signs for each in spoken):
        return False
    keys = [each.key or "" for each in spoken if each.text]
    is_about_it = all(key.endswith(f"_{asks}") or key in SAID_BESIDE for key in keys)
    return is_about_it and bool(reply.question(spoken))


async def take_at_his_word(
    ports: Ports, known: Conversation, turn: str, text: str
) -> Sequence[Spoken] | None:
    """Keep it, and give what the engine says then; None at the first try, which is remembered."""
    asks = str(known.asks)
    literal = _literal(asks, text)
    if not is_tried(known, asks):
        await drafts.remember(ports, known.id, {drafts.TRIED: asks})
        return None
    place = {"city": literal, "province": None} if asks == "region" else {}
    await drafts.remember(ports, known.id, {asks: literal, **place})
    mask = BY_ITEM[asks].mask
    command = None if mask else f'/inform{{"city": "{GIVEN}"}}'
    heard = Asked(known.id, f"{turn}-2", known.channel, text=mask, command=command)
    return await ports.engine.take_turn(heard)


def _literal(asks: str, text: str) -> str | None:
    """The answer to the open question as it was typed, where it can be kept like that."""
    longest = BY_ITEM[asks].literal if asks in LITERAL else None
    if longest is None:
        return None
    return name_as_typed(text) if asks == "name" else as_typed(text, longest)
