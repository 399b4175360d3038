"""Carries out what was decided of a message: with words of our own, else by the engine."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.core.dialogue.conditions import of_state
from bot.core.dialogue.likely import LIKELY, Likely, as_kept, waiting
from bot.core.dialogue.message import Meaning
from bot.core.dialogue.moves import CHANGE, Decision, Kind
from bot.core.dialogue.policy import FOLLOW_UP, KEEPS, decide
from bot.core.dialogue.reading import Reading
from bot.core.dialogue.sentences import is_unsure, of_sentences, sentences, spoken
from bot.core.turn import Turn, command_for
from bot.services import asking, drafts, earlier, passages, proposing, reply, typed
from bot.services.ports import Ports
from bot.services.reading import Taken
from bot.services.records import Conversation, Exchange, Words

REPEAT: Final = command_for("repeat")


async def understood(
    ports: Ports, known: Conversation, taken: Taken, decision: Decision
) -> tuple[Taken, Decision]:
    """What is decided once the model has said what the words may mean, where that is needed.

    Half a question has its topic already; only the model knows which side of that is asked.
    """
    is_follow_up = decision.rule == FOLLOW_UP
    if decision.move.kind is not Kind.UNDERSTAND and not is_follow_up:
        return taken, decision
    heard = taken.reading
    meaning = await _meaning(ports, known, heard.beside or heard.text)
    heard = replace(heard, meaning=of_state(meaning, taken.state))
    taken = replace(taken, reading=heard)
    return taken, decision if is_follow_up else decide(heard, taken.state)


async def _meaning(ports: Ports, known: Conversation, text: str) -> Meaning:
    """What the words may mean; of several sentences that say too little as one, each by itself."""
    said = spoken(text)
    whole = await ports.engine.read(known.id, said)
    if not is_unsure(whole):
        return whole
    return of_sentences(
        whole, [await ports.engine.read(known.id, each) for each in sentences(said)]
    )


async def carry_out(
    ports: Ports, known: Conversation, exchange: Exchange, taken: Taken, decision: Decision
) -> asking.Answered:
    """Carry out what was decided: with words of our own, else by the engine."""
    move, about, heard = decision.move.kind, decision.move.about, taken.reading
    likely = dict(_likely(taken)) if decision.rule in KEEPS else {}
    item, waits = next(iter(likely), None), _waits_on(known, decision)
    if item is not None and (item == known.asks or not waits):
        await drafts.remember(ports, known.id, {LIKELY: as_kept(item, likely[item])})
    elif not waits and LIKELY in known.draft:
        await drafts.remember(ports, known.id, {LIKELY: None})
    if move is Kind.PROPOSE and taken.shown is not None:
        turn, buttons = earlier.proposal(ports.texts, taken.shown, known.asks)
    elif move is Kind.PROPOSE:
        words = proposing.words(ports.texts, about, likely[about])
        turn, buttons = reply.say(words, asks=known.asks)
    elif move is Kind.WAIT:
        turn, buttons = reply.say(ports.texts.render(about), asks=known.asks)
    elif move is Kind.REFUSE:
        texts = ports.texts
        is_long = about == "utter_too_long"
        words = (
            texts.render("utter_too_long", limit=typed.MAX_TEXT) if is_long else texts.render(about)
        )
        return await _and_the_question(ports, known, exchange, heard, words)
    elif move is Kind.ELSEWHERE:
        turn, buttons = await passages.offer(ports, known, about)
    elif move is Kind.WHICH_ONE:
        item = about
        *others, last = taken.personal.doubt[item]
        words = ports.texts.render(f"utter_which_{item}", others=", ".join(others), last=last)
        return *reply.say(words, asks=known.asks), {}
    else:
        return await _by_engine(ports, known, exchange, taken, decision)
    return await _with_receipt(ports, known, turn), buttons, {}


def _waits_on(known: Conversation, decision: Decision) -> bool:
    """Whether what was said back still waits for a yes after this message.

    A contradiction waits for the answer to it alone: it is no question that has to be answered.
    """
    waits = waiting(known.draft)
    if waits is None or waits[1].instead is None:
        return waits is not None
    is_command = decision.move.kind is Kind.COMMAND
    return is_command and proposing.settled(known.draft, decision.move.about) is not None


def _likely(taken: Taken) -> Iterator[tuple[str, Likely]]:
    """What it likely tells: an item at a time can be asked, first the one of the open question."""
    found = taken.reading.likely
    for item in sorted(found, key=lambda each: each != taken.reading.asks):
        before = taken.state.answers.get(item)
        yield item, taken.personal.likely.get(item) or Likely(found[item], instead=before)


async def _by_engine(
    ports: Ports, known: Conversation, exchange: Exchange, taken: Taken, decision: Decision
) -> asking.Answered:
    """What the engine says, with everything kept that it has to know of."""
    if decision.rule in KEEPS and taken.personal.known:
        is_change = decision.move.about == CHANGE
        told = taken.personal.known
        await asking.keep_personal(ports, known.id, known.asks, told, is_change=is_change)
    if decision.move.kind is Kind.COMMAND:
        command = await _settled(ports, known, decision.move.about)
        return await asking.do(ports, known, exchange, taken.reading, command)
    if decision.move.kind is Kind.KEEP_AS_TYPED:
        is_change = decision.move.detail == CHANGE
        await asking.keep_as_typed(ports, known.id, taken.reading, is_change=is_change)
    turn, buttons, aims = await asking.ask(ports, known, exchange, taken.reading, decision)
    if taken.reading.mood is not None:
        heard = ports.texts.render(f"utter_heard_{taken.reading.mood}")
        turn, buttons = reply.around(turn, buttons, heard, None)
    return turn, buttons, aims


async def _settled(ports: Ports, known: Conversation, command: str) -> str:
    """The command, and of a yes or a no to what was likely meant the one that goes on from it."""
    settled = proposing.settled(known.draft, command)
    if settled is None:
        return command
    if settled[0]:
        await drafts.remember(ports, known.id, settled[0])
    return settled[1]


async def _and_the_question(
    ports: Ports, known: Conversation, exchange: Exchange, heard: Reading, words: Words
) -> asking.Answered:
    """Our own words, and then the question that is open: it is answered to what is on screen."""
    if known.asks is None:
        turn, buttons = reply.say(words)
        return await _with_receipt(ports, known, turn), buttons, {}
    turn, buttons, aims = await asking.do(ports, known, exchange, heard, REPEAT)
    turn, buttons = reply.around(turn, buttons, words, None)
    return replace(turn, topics=()), buttons, aims


async def _with_receipt(ports: Ports, known: Conversation, turn: Turn) -> Turn:
    async with ports.work() as work:
        registration = await work.registrations.of_conversation(known.id)
    return replace(turn, registration=reply.receipt_of(registration))
