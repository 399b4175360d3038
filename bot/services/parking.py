"""A question that is left open is asked again once; after that it waits, and does not insist.

What binds is asked in full each time, and so is what waits for a yes: a yes counts for the words
that are on the screen. Who answers another question of ours did not leave this one alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from bot.core.dialogue.likely import waiting
from bot.core.errors import TextUnknown
from bot.core.questions import ELIGIBILITY
from bot.services import reply
from bot.services.ports import Ports
from bot.services.records import Conversation, Draft, Exchange, Spoken
from bot.services.stores import UnitOfWork

BINDS: Final = frozenset({"consent", "confirm"})
WANTED: Final = frozenset({"repeat", "help", "explain_question"})
"""What a reply is about when the visitor wants to hear the question."""
ENDS: Final = "goodbye"
TWICE: Final = 2
IN_SIGHT: Final = 20
"""Messages that they can still see, more or less."""


async def ease(
    ports: Ports, work: UnitOfWork, known: Conversation, draft: Draft, spoken: Sequence[Spoken]
) -> list[Spoken]:
    """What is said, with a question that was asked twice in other words, and later not at all.

    `draft` is what the turn made of it.
    """
    asked = reply.question(spoken)
    if not asked or known.asks is None or known.asks in BINDS:
        return list(spoken)
    if waiting(draft) or reply.noted(known.draft, draft):
        return list(spoken)
    question = asked[-1]
    topics = {topic for each in spoken for topic in _topics(each)}
    if reply.item_asked(question) != known.asks or topics & WANTED:
        return list(spoken)
    times = _times(await work.conversations.exchanges(known.id, IN_SIGHT), known.asks)
    says_more = any(each.text for each in reply.without_question(spoken))
    if ENDS in topics or (times > TWICE and says_more):
        eased = replace(question, text="", buttons=())
    elif times >= TWICE:
        words = ports.texts.render("utter_parked", facts=_called(ports, known.asks))
        eased = replace(question, text=words.text)
    else:
        return list(spoken)
    return [eased if each is question else each for each in spoken]


def _topics(spoken: Spoken) -> list[str]:
    found = spoken.signs.get("topics")
    return [str(each) for each in found] if isinstance(found, list) else []


def _times(exchanges: Sequence[Exchange], item: str) -> int:
    """How often the last replies asked this and it was left alone since, the first time too."""
    replies = [each.reply for each in reversed(exchanges) if each.reply is not None]
    row = list(takewhile(lambda turn: turn.asks == item, replies))
    return bool(row) + sum(not turn.noted for turn in row[:-1])


def _called(ports: Ports, item: str) -> str | None:
    """What is asked, in a few words; None where there are none."""
    kind = "criterion" if item in ELIGIBILITY else "item"
    try:
        return ports.texts.render(f"label_{kind}_{item}").text
    except TextUnknown:
        return None
