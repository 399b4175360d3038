"""An answer is short for who is in a hurry, and is not said a second time as it was.

Whoever asks on about what was answered gets the sentences that touch the question, if there are
any, that this is all we know, and a way to a person who may know more. Who asks the very same
question again gets the same answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from os.path import commonprefix
from typing import Final

from bot.core.answers.text import WORD, fold
from bot.core.dialogue.memory import Memory
from bot.core.dialogue.reading import Reading
from bot.core.turn import Turn
from bot.services import reply
from bot.services.parking import IN_SIGHT, WANTED
from bot.services.ports import Ports
from bot.services.records import Conversation, Spoken
from bot.services.stores import UnitOfWork

PERSON: Final = "ask_human"
STANDS_STILL: Final = frozenset({"export_my_data", "help", "inform", "registration_status"})
"""Topics of what is said by where somebody stands: as long as that is so, in the same words."""
JUST_NOW: Final = 3
"""Messages; what was said longer ago may well be asked again."""
STEM: Final = 4
"""Letters with which two words begin that speak of one thing."""
SHORT: Final = 5
"""Letters; a shorter word points at nothing."""
COMMON: Final = frozenset(
    WORD.findall(
        "coördinator traject kunnen kunt weten vinden nagaan precies opleiding hebben worden"
    )
)
"""Words in so many answers that they point at none."""


async def said(
    ports: Ports,
    work: UnitOfWork,
    known: Conversation,
    reading: Reading,
    spoken: Sequence[Spoken],
) -> list[Spoken]:
    """What is said, with an answer of before in other words; what a button asks for is whole."""
    memory = known.memory or Memory()
    is_hurried = memory.is_hurried or reading.is_hurried
    if reading.meaning is None or not any(reply.is_answer(each) for each in spoken):
        return list(spoken)
    if WANTED & {*reading.topics, reading.intent}:
        return list(spoken)
    earlier = await _earlier(work, known)
    before = {message.text for _, turn in earlier for message in turn.messages}
    is_same = _plain(reading.words) in [_plain(words) for words, _ in earlier]
    made: list[Spoken] = []
    is_again, last = False, 0
    for each in spoken:
        parts = _bubbles(each.text) if reply.is_answer(each) else []
        if parts and before.issuperset(parts):
            made += _again(ports, reading, each) or ([each] if is_same else [])
            is_again = True
        elif parts and is_hurried:
            made.append(replace(each, text=_short(reading, parts)))
        else:
            made.append(each)
        last = len(made) if parts else last
    return [*made[:last], *_way_on(ports, known, spoken), *made[last:]] if is_again else made


def _plain(text: str) -> list[str]:
    return WORD.findall(fold(text))


async def with_a_person(
    ports: Ports, known: Conversation, turn: Turn, buttons: reply.Buttons
) -> tuple[Turn, reply.Buttons, bool]:
    """Offer a person where a turn says what was just said; give whether that was done.

    What asked something gives way to it: one thing is asked at a time.
    """
    if turn.asks or known.asks or not STANDS_STILL & {*turn.topics}:
        return turn, buttons, False
    async with ports.work() as work:
        exchanges = await work.conversations.exchanges(known.id, JUST_NOW)
        is_wanted = await work.callbacks.open_of(known.id) is not None
    seen = {each.text for one in exchanges if one.reply for each in one.reply.messages}
    if is_wanted or not seen.issuperset(each.text for each in turn.messages):
        return turn, buttons, False
    is_told = "inform" in turn.topics
    words = ports.texts.render("utter_tell_a_person" if is_told else "utter_no_more_known")
    if is_told or any("?" in each.text for each in turn.messages):
        instead, kept = reply.say(words)
        return replace(turn, messages=instead.messages), kept, True
    return *reply.around(turn, buttons, None, words), True


def _bubbles(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


async def _earlier(work: UnitOfWork, known: Conversation) -> list[tuple[str, Turn]]:
    """What they said and what we answered, as far back as they can still see, more or less."""
    exchanges = await work.conversations.exchanges(known.id, IN_SIGHT)
    return [(each.said or "", each.reply) for each in exchanges if each.reply]


def _short(reading: Reading, parts: Sequence[str]) -> str:
    """The first lines of an answer, and what touches the question in the others."""
    rest = [line for part in parts[1:] for line in part.splitlines()]
    return "\n".join([parts[0], *_touched(reading, rest)])


def _touched(reading: Reading, lines: Sequence[str]) -> list[str]:
    asked = _stems(reading.beside or reading.masked)
    return [line for line in lines if any(_is_same(a, b) for a in asked for b in _stems(line))]


def _again(ports: Ports, reading: Reading, one: Spoken) -> list[Spoken]:
    """The sentences of an answer that touch the question, if any do."""
    lines = [line for part in _bubbles(one.text) for line in part.splitlines()]
    touched = _touched(reading, lines)
    if not touched:
        return []
    words = ports.texts.render("utter_again", facts="\n".join(touched))
    return [replace(one, text=words.text, buttons=())]


def _stems(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(fold(text)) if len(word) >= SHORT) - {
        fold(word) for word in COMMON
    }


def _is_same(one: str, other: str) -> bool:
    return len(commonprefix((one, other))) >= STEM


def _way_on(ports: Ports, known: Conversation, spoken: Sequence[Spoken]) -> list[Spoken]:
    """That this is all we know; at a question of ours nothing is asked."""
    is_free = known.asks is None and not (reply.question(spoken) or reply.proposes(spoken))
    words = ports.texts.render("utter_again_person" if is_free else "utter_again_type")
    offer: dict[str, object] = {"memory": {"offer": PERSON}} if is_free else {}
    return [Spoken(words.text, words.buttons, words.key, offer)]
