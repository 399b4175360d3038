"""What a visitor said about a call before and when he asked for it: question, moment, role.

Read from what is stored of the conversation, sealed: the engine hears the words with holes in
them, and a coordinator needs them whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from bot.core.answers.callbacks import asks_when, takes_back
from bot.core.answers.clauses import clauses
from bot.core.answers.notes import TOKEN, read_note
from bot.core.answers.roles import CANDIDATE, role_in
from bot.core.answers.text import fold, squeeze
from bot.core.dialogue.moves import FOR_A_PERSON
from bot.core.questions import CALLBACK, ELIGIBILITY
from bot.core.turn import Turn
from bot.services.ports import Ports
from bot.services.records import Exchange

FAQ: Final = "faq/"
WISH: Final = "ask_human"
CONTACT: Final = frozenset({WISH, "faq/contact"})
CHANGE: Final = "change_registration"
UNKNOWN: Final = "out_of_scope"
BACK: Final = 12
"""Messages; what was asked longer ago is another matter."""
INVITED_FOR: Final = 4
"""Messages; for so long a number is an answer to who spoke of calling."""
LONGEST: Final = 2000


@dataclass(frozen=True)
class Told:
    """What was said about a call, in the visitor's own words."""

    moment: str | None = field(default=None, repr=False)
    question: str | None = field(default=None, repr=False)


def said_now(exchanges: Sequence[Exchange]) -> str | None:
    """What is being answered in this turn."""
    last = exchanges[-1] if exchanges else None
    return last.said if last is not None and last.reply is None else None


def is_about_call(turn: Turn | None) -> bool:
    """Whether our last words were about a call: what is said next may be too."""
    return turn is not None and (turn.asks in CALLBACK or WISH in turn.topics)


def is_invited(ports: Ports, exchanges: Sequence[Exchange]) -> bool:
    """Whether we spoke of contact with a person, or offered it, a few messages ago or less."""
    offer = ports.texts.render("label_ask_human").text
    replies = [each.reply for each in exchanges if each.reply is not None][-INVITED_FOR:]
    return any(
        CONTACT & set(reply.topics)
        or any(button.title == offer for each in reply.messages for button in each.buttons)
        for reply in replies
    )


def both(first: str | None, second: str | None) -> str | None:
    """What was said and what was added to it later."""
    if first and second and second in first:
        return first
    parts = [part for part in (first, second) if part]
    return "; ".join(dict.fromkeys(parts))[:LONGEST] or None


def words_of(ports: Ports, said: str, draft: Mapping[str, object]) -> str:
    """The words without a number, an address or a name: those stand elsewhere."""
    return squeeze(TOKEN.sub(" ", ports.personal.mask(said, None, draft).text))


def since(exchanges: Sequence[Exchange], moment: datetime | None) -> Sequence[Exchange]:
    """What was said after that: an earlier request has its own words."""
    return [each for each in exchanges if moment is None or each.at is None or each.at > moment]


def told_before(ports: Ports, exchanges: Sequence[Exchange], draft: Mapping[str, object]) -> Told:
    """What was said with the wish, and what was asked before it.

    All that we had no answer to; else the last question that was asked at all.
    """
    moment = question = unanswered = asked = None
    for each, said, is_tapped in _said(exchanges)[-BACK:]:
        words = words_of(ports, said, draft)
        if each.reply is None or asks_when(words) or takes_back(words):
            continue
        note = read_note(words)
        if any(topic.startswith(FAQ) for topic in set(each.reply.topics) - CONTACT):
            asked = note.question or asked
        elif is_tapped:
            continue
        elif _is_for_a_person(each.reply):
            unanswered = both(unanswered, words)
        elif is_about_call(each.reply) or CONTACT & set(each.reply.topics):
            moment, question = note.moment or moment, both(question, note.question)
        elif _has_no_answer(each.reply, words):
            unanswered = both(unanswered, note.question)
    return Told(moment, both(unanswered or asked, question))


def _is_for_a_person(reply: Turn) -> bool:
    """Whether a coordinator has to see to it: nothing of ours took it up."""
    return bool(FOR_A_PERSON & set(reply.topics)) or (CHANGE in reply.topics and not reply.asks)


def _has_no_answer(reply: Turn, words: str) -> bool:
    """Whether this asked something, and we did not know."""
    asks = any(clause.is_question for clause in clauses(fold(words)))
    return bool(reply.clarify) or UNKNOWN in reply.topics or (asks and not reply.topics)


def _said(exchanges: Sequence[Exchange]) -> list[tuple[Exchange, str, bool]]:
    """What was said, and whether it is the title of a button of ours."""
    found: list[tuple[Exchange, str, bool]] = []
    for before, each in pairwise((None, *exchanges)):
        if each is None or each.said is None:
            continue
        last = before.reply if before is not None else None
        titles = {
            one.title for message in (last.messages if last else ()) for one in message.buttons
        }
        found.append((each, each.said, each.said in titles))
    return found


def role_of(
    exchanges: Sequence[Exchange], draft: Mapping[str, object], *, is_registered: bool
) -> str | None:
    """Who asks, as he said last; who answered our questions about himself is a candidate."""
    named = (role_in(each.said) for each in reversed(exchanges) if each.said)
    role = next((role for role in named if role is not None), None)
    if role is None and (is_registered or any(item in draft for item in ELIGIBILITY)):
        return CANDIDATE
    return role
