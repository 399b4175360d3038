"""What the engine is asked: what is personal is kept here, and it hears the rest."""

from collections.abc import Mapping, Sequence

from bot.core.answers.beside import answer_beside_question
from bot.core.answers.pointing import pointed_at, points
from bot.core.answers.reading import answer_to
from bot.core.errors import EngineUnavailable
from bot.core.intake import day_of
from bot.core.questions import CALLBACK, DETAILS, ELIGIBILITY, PROOF
from bot.core.turn import Turn, command_for
from bot.services import callbacks, drafts, erasing, evidence, parking, reply, second_try, typed
from bot.services.ports import Ports
from bot.services.records import Asked, Conversation, Exchange, Spoken, Words


async def ask(
    ports: Ports,
    known: Conversation,
    exchange: Exchange,
    text: str,
    command: str | None,
) -> tuple[Turn, reply.Buttons]:
    """The answer that comes of what the engine says; raises EngineUnavailable.

    A claim without its evidence (bot/services/evidence.py) is as bad as no answer.
    """
    name = str(exchange.id)
    if command is None and points(text):
        text = await _pointed_at(ports, known, text) or text
    if command is None and (words := _which_one(ports, known, text)):
        return reply.say(words, asks=known.asks)
    if command is not None:
        spoken = await ports.engine.take_turn(Asked(known.id, name, known.channel, command=command))
    elif parts := _answer_beside(ports, known, text):
        first = await _say_to_engine(ports, known, name, parts[0], known.asks)
        try:
            then = await _say_to_engine(ports, known, f"{name}-2", parts[1], None)
        except EngineUnavailable:  # the answer was heard: sent again, it would be heard twice
            sorry = ports.texts.render("utter_trouble")
            then = [Spoken(sorry.text, sorry.buttons), *reply.question(first)]
        spoken = [*reply.without_question(first), *then]
    else:
        spoken = await _say_to_engine(ports, known, name, text, known.asks)
        if second_try.is_unread(spoken, known.asks, text):
            spoken = await second_try.take_at_his_word(ports, known, name, text) or spoken
    if any("erased" in each.signs for each in spoken):
        await erasing.forget(ports, {known.id})
    async with ports.work() as work:
        now = await work.conversations.by_id(known.id)
        registration = await work.registrations.of_conversation(known.id)
        stands = registration if registration is not None and registration.stands else None
        if stands is not None and not await drafts.is_of_before(ports, work, stands):
            spoken = reply.without_buttons(spoken, command_for("register"))
    draft = now.draft if now else {}
    claims = reply.claims_in(ports.texts, spoken)
    held = await evidence.held(ports, known.id) if claims else ()
    if problem := reply.problem_of(ports.texts, spoken, held):
        raise EngineUnavailable(problem)
    spoken = await parking.ease(ports, known, spoken)
    return reply.compose(ports.texts, spoken, draft, registration, known.asks)


def _answer_beside(ports: Ports, known: Conversation, text: str) -> tuple[str, str] | None:
    """An answer and then a question are taken one after the other; a yes that binds is not."""
    if known.asks not in (*ELIGIBILITY, *DETAILS):
        return None
    parts = answer_beside_question(text)
    if parts is None:
        return None
    told = ports.personal.mask(parts[0], known.asks, known.draft).known
    today = day_of(ports.clock.now())
    is_answer = known.asks in told or answer_to(known.asks, parts[0], today=today) is not None
    return parts if is_answer else None


def _which_one(ports: Ports, known: Conversation, text: str) -> Words | None:
    """The question which of two addresses or numbers is meant, when a message leaves that open."""
    doubt = ports.personal.mask(text, known.asks, known.draft).doubt
    for item, values in doubt.items():
        *others, last = values
        return ports.texts.render(f"utter_which_{item}", others=", ".join(others), last=last)
    return None


async def _pointed_at(ports: Ports, known: Conversation, text: str) -> str | None:
    """The value that "de eerste" means, right after we asked which of several it is."""
    async with ports.work() as work:
        answered = [
            each for each in await work.conversations.exchanges(known.id) if each.reply is not None
        ]
    before = answered[-1].said if answered else None
    doubt = ports.personal.mask(before, known.asks, known.draft).doubt if before else {}
    return next((one for values in doubt.values() if (one := pointed_at(text, values))), None)


async def _say_to_engine(
    ports: Ports, known: Conversation, turn: str, text: str, asks: str | None
) -> Sequence[Spoken]:
    """Keep what is personal, and let the engine hear the rest."""
    again = second_try.is_tried(known, asks)
    masked = ports.personal.mask(text, asks, known.draft, again=again)
    if masked.known:
        await _keep_personal(ports, known.id, asks, masked.known)
    if PROOF[1] in masked.known and asks != PROOF[1]:  # mailed digits say what they are for
        status = command_for("registration_status")
        return await ports.engine.take_turn(Asked(known.id, turn, known.channel, command=status))
    words = (typed.COMMAND.sub("", masked.text) or "?")[: typed.MOST_HEARD]
    return await ports.engine.take_turn(Asked(known.id, turn, known.channel, text=words))


async def _keep_personal(
    ports: Ports, conversation: str, asks: str | None, told: Mapping[str, object]
) -> None:
    """Not once he is registered: what stands on the list is changed by a person.

    How to reach him is kept all the same: a coordinator may have to.
    """
    async with ports.work() as work:
        found = await work.conversations.hold(conversation)
        own = await work.registrations.of_conversation(conversation)
        stands = own is not None and own.stands and not await drafts.is_of_before(ports, work, own)
        if stands and asks not in CALLBACK:
            told = {item: told[item] for item in (*PROOF, *callbacks.REACH) if item in told}
        if found is not None and told:
            draft = {**found.draft, **told}
            if draft.get(drafts.TRIED) in told:
                del draft[drafts.TRIED]
            await work.conversations.set_draft(conversation, draft, ports.clock.now())
            await work.commit()
