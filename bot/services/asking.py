"""One turn of the engine: it hears what was decided of a message, and what it says is a reply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.core.dialogue.conditions import NO_CANDIDATE
from bot.core.dialogue.decided import as_message
from bot.core.dialogue.memory import Memory
from bot.core.dialogue.message import Meaning
from bot.core.dialogue.moves import Decision, Kind, Move
from bot.core.dialogue.reading import Reading
from bot.core.errors import EngineUnavailable
from bot.core.questions import BY_ITEM, CALLBACK, PROOF
from bot.core.turn import Turn, command_for
from bot.services import (
    briefly,
    callbacks,
    changes,
    drafts,
    erasing,
    evidence,
    parking,
    proposing,
    reply,
)
from bot.services.ports import Ports
from bot.services.records import Asked, Conversation, Exchange, Spoken

KEPT: Final = "…"


def _memory(known: Conversation) -> dict[str, object]:
    """What the actions have to remember; without it what the engine remembers is taken over."""
    memory = known.memory
    if memory is None:
        return {}
    return {
        "memory": memory.slots(),
        "who": memory.who,
        "missed": memory.missed,
        "is_hurried": memory.is_hurried,
    }


Answered = tuple[Turn, reply.Buttons, Mapping[str, object]]
"""What is said, and what the engine's memory has become."""


async def do(
    ports: Ports, known: Conversation, exchange: Exchange, reading: Reading, command: str
) -> Answered:
    """Carry out a command of ours; of what the words mean only the sides of a topic count."""
    sides = reading.meaning and Meaning("", facets=reading.meaning.facets)
    of_ours = replace(reading, command=command, pressed=None, meaning=sides, beside=None)
    return await ask(ports, known, exchange, of_ours, Decision("", Move(Kind.COMMAND, command)))


async def ask(
    ports: Ports, known: Conversation, exchange: Exchange, reading: Reading, decision: Decision
) -> Answered:
    """The answer that comes of what the engine says; raises EngineUnavailable.

    A claim without its evidence (bot/services/evidence.py) is as bad as no answer.
    """
    asked = Asked(
        known.id,
        str(exchange.id),
        known.channel,
        text=_words(reading, decision),
        command=reading.command,
        decided=as_message(reading, decision) | _memory(known),
    )
    spoken = await ports.engine.take_turn(asked)
    if decision.marks_try:
        await drafts.remember(ports, known.id, {drafts.TRIED: reading.asks})
    if any("erased" in each.signs for each in spoken):
        await erasing.forget(ports, {known.id})
    claims = reply.claims_in(ports.texts, spoken)
    held = await evidence.held(ports, known.id) if claims else ()
    if problem := reply.problem_of(ports.texts, spoken, held):
        raise EngineUnavailable(problem)
    async with ports.work() as work:
        now = await work.conversations.by_id(known.id)
        registration = await work.registrations.of_conversation(known.id)
        stands = registration if registration is not None and registration.stands else None
        if stands is not None and not await drafts.is_of_before(ports, work, stands):
            spoken = reply.without_buttons(spoken, command_for("register"))
        draft = now.draft if now else {}
        is_open = known.asks is not None and draft.get(changes.WANTED) == known.asks
        if is_open and stands and not reply.question(spoken) and not reply.proposes(spoken):
            spoken = [*spoken, _asked_anew(ports, known.asks)]
        spoken = await parking.ease(ports, work, known, draft, spoken)
        spoken = proposing.instead(ports.texts, draft, spoken)
        spoken = await briefly.said(ports, work, known, reading, spoken)
    if (reading.role or (known.memory or Memory()).who) in NO_CANDIDATE:
        spoken = reply.without_offers(spoken)
    turn, buttons = reply.compose(ports.texts, spoken, draft, registration, known.asks)
    turn, buttons, offers = await briefly.with_a_person(ports, known, turn, buttons)
    return turn, buttons, _remembered(spoken) | ({"offer": briefly.PERSON} if offers else {})


def _remembered(spoken: Sequence[Spoken]) -> dict[str, object]:
    """What the actions say of the engine's memory, the newest last."""
    found: dict[str, object] = {}
    for each in spoken:
        aims = each.signs.get("memory")
        found |= aims if isinstance(aims, dict) else {}
    return found


def _asked_anew(ports: Ports, item: str | None) -> Spoken:
    """The question that somebody on the list left open: no form asks it again."""
    words = ports.texts.render(f"utter_ask_{item}", is_new=True)
    return Spoken(words.text, words.buttons, words.key)


def _words(reading: Reading, decision: Decision) -> str | None:
    """What the engine hears: of an answer that is kept as it was typed nothing but that it is."""
    if reading.is_command:
        return None
    if decision.move.kind is Kind.KEEP_AS_TYPED:
        return BY_ITEM[str(reading.asks)].mask or KEPT
    return reading.text


async def keep_personal(
    ports: Ports,
    conversation: str,
    asks: str | None,
    told: Mapping[str, object],
    *,
    is_change: bool = False,
) -> None:
    """Once somebody is registered a change waits for a yes; what is told otherwise is not kept.

    How to reach them is kept all the same: a coordinator may have to.
    """
    by_person = changes.by_person(ports)
    async with ports.work() as work:
        found = await work.conversations.hold(conversation)
        own = await work.registrations.of_conversation(conversation)
        stands = own is not None and own.stands and not await drafts.is_of_before(ports, work, own)
        if stands and asks not in CALLBACK:
            new = changes.as_new(told, by_person) if is_change else {}
            kept = (*PROOF, *(by_person if is_change else callbacks.REACH))
            told = {**new, **{item: told[item] for item in kept if item in told}}
        if found is not None and told:
            draft = drafts.with_answers(found.draft, told)
            await work.conversations.set_draft(conversation, draft, ports.clock.now())
            await work.commit()


async def keep_as_typed(
    ports: Ports, conversation: str, reading: Reading, *, is_change: bool = False
) -> None:
    """Keep the answer to the open question to the letter; a change waits for a yes."""
    literal = reading.literal
    place = {"city": literal, "province": None} if reading.asks == "region" else {}
    told: dict[str, object] = {str(reading.asks): literal, **place}
    if is_change:
        by_person = changes.by_person(ports)
        given = {str(item): told[item] for item in by_person if item in told}
        told = changes.as_new(told, by_person) | given | {drafts.TRIED: None}
    await drafts.remember(ports, conversation, told)
