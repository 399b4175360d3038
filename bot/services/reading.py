"""Reads one message: what was pressed, the words with and without personal data, where we stand.

All of it in one transaction and once; what it means is decided by the policy alone
(`bot/core/dialogue/policy.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.answers.beside import answer_beside_question
from bot.core.answers.changes import changed_in, is_no_more
from bot.core.answers.pointing import pointed_at, points
from bot.core.answers.reading import answer_to, likely_answer
from bot.core.dialogue.likely import is_meant, is_refused
from bot.core.dialogue.memory import Memory
from bot.core.dialogue.moves import Decision
from bot.core.dialogue.reading import Pressed, Reading
from bot.core.dialogue.state import Call, State
from bot.core.errors import ButtonUnknown
from bot.core.intake import day_of
from bot.core.questions import DETAILS, ELIGIBILITY, PERSONAL, SKIPPED, YES_OR_NO
from bot.core.registration import Registration
from bot.core.turn import Said, Turn
from bot.services import agreeing, drafts, earlier, typed, wishes
from bot.services.callbacks import WANTED
from bot.services.changes import ADDRESS
from bot.services.ports import Ports
from bot.services.records import Conversation, Masked, ShownButton, Why
from bot.services.stores import UnitOfWork

TWO_PARTS: Final = (*ELIGIBILITY, *DETAILS)
"""Where an answer and then a question are both taken; a yes that binds is nothing but yes."""


@dataclass(frozen=True)
class Taken:
    """A message as it was taken in: what is kept of it, and what the policy is asked with."""

    title: str = field(repr=False)
    reading: Reading
    state: State
    personal: Masked
    shown: ShownButton | None = None


async def take(
    ports: Ports, work: UnitOfWork, known: Conversation, said: Said, last: Turn | None, text: str
) -> Taken:
    """Read what was said to the latest turn, or to an earlier one. Raises ButtonUnknown."""
    state = await _state(ports, work, known, last)
    blank = Reading(
        day_of(ports.clock.now()),
        state.asks,
        state.answers,
        before=state.topic,
        words=text,
        for_other=state.who == "for_somebody_else",
        stands=state.stands,
    )
    if earlier.is_missed(said, last):
        return Taken(text, replace(blank, is_missed=True), state, Masked(text))
    pressed = said.button or typed.named(last, text)
    if pressed is not None:
        shown = await work.conversations.button(known.id, pressed)
        if shown is None:
            raise ButtonUnknown
        reading = replace(blank, pressed=_pressed(shown, last, known))
        return Taken(shown.title, reading, state, Masked(text), shown)
    agreed = await agreeing.command(work, known.id, last, text)
    meant = await _pointed_at(ports, work, known, text) if points(text) else None
    words = replace(blank, words=meant or text, agreed=agreed)
    reading, personal = _read(ports, known, state, words)
    return Taken(text, reading, state, personal)


def _pressed(shown: ShownButton, last: Turn | None, known: Conversation) -> Pressed:
    if earlier.is_of(shown, last) or earlier.may_work(shown, known.asks):
        return Pressed(shown.payload)
    return Pressed(shown.payload, is_earlier=True, is_void=earlier.is_void(shown, known.draft))


def _read(
    ports: Ports, known: Conversation, state: State, blank: Reading
) -> tuple[Reading, Masked]:
    """The words, and the same without what is personal; nothing of what cannot be read."""
    text, asks = blank.words, blank.asks
    if len(text) > typed.MAX_TEXT:
        return replace(blank, is_too_long=True), Masked("")
    blank = replace(blank, is_readable=typed.is_readable(text))
    is_tried = asks is not None and state.tried == asks
    if state.is_registered and (changed := _changed(ports, known, text, asks)) is not None:
        blank, asks = replace(blank, changed=changed), changed
    parts = answer_beside_question(text) if asks in TWO_PARTS else None
    is_whole = asks in YES_OR_NO and likely_answer(asks, text, blank.today) is not None
    if parts and asks and not is_whole:  # "nee, waarom zou hij, hij staat te springen" asks nothing
        personal = ports.personal.mask(parts[0], asks, known.draft, again=is_tried)
        if asks in personal.known or answer_to(asks, parts[0], today=blank.today) is not None:
            more = ports.personal.mask(parts[1], None, {**known.draft, **personal.known})
            personal = _settled(
                Masked(
                    personal.text,
                    {**more.known, **personal.known},
                    {**more.doubt, **personal.doubt},
                    {**more.likely, **personal.likely},
                ),
                state,
            )
            return _masked(blank, personal, beside=typed.heard(more.text)), personal
    personal = ports.personal.mask(text, asks, known.draft, again=is_tried)
    personal = _without_old(personal, known, text) if blank.changed else personal
    personal = _settled(personal, state)
    return _masked(blank, personal), personal


def _settled(personal: Masked, state: State) -> Masked:
    """With what was said back before among what is known: who says it again, means it.

    To who is on the list every change is said back.
    """
    sure = {
        item: likely.written
        for item, likely in personal.likely.items()
        if state.stands
        or is_meant(state.answers, item, likely.value)
        or is_refused(state.answers, item, likely.value)
    }
    unsure = {item: likely for item, likely in personal.likely.items() if item not in sure}
    return replace(personal, known={**personal.known, **sure}, likely=unsure)


def _changed(ports: Ports, known: Conversation, text: str, asks: str | None) -> str | None:
    """What somebody on the list says is another now, unless it answers what is open."""
    if asks not in (None, *DETAILS):
        return None
    if asks and asks in ports.personal.mask(text, asks, known.draft).known:
        return None
    return None if asks and answer_to(asks, text) not in (None, SKIPPED) else changed_in(text)


def _without_old(personal: Masked, known: Conversation, text: str) -> Masked:
    """Of an old and a new value the new one: "nu 06 ..., niet meer 06 ..."."""
    values, doubt = dict(personal.known), dict(personal.doubt)
    for item, several in personal.doubt.items():
        new = [each for each in several if each != known.draft.get(item)]
        if len(new) == 1:
            values[item] = new[0]
            del doubt[item]
    if is_no_more(text):
        values = {item: told for item, told in values.items() if told != known.draft.get(item)}
    return replace(personal, known=values, doubt=doubt)


def _masked(blank: Reading, personal: Masked, beside: str | None = None) -> Reading:
    return replace(
        blank,
        masked=typed.heard(personal.text),
        beside=beside,
        found=frozenset(personal.known),
        doubt=tuple(personal.doubt),
        unsure=frozenset(personal.likely),
    )


async def _pointed_at(ports: Ports, work: UnitOfWork, known: Conversation, text: str) -> str | None:
    """The value that "de eerste" means, right after we asked which of several it is."""
    exchanges = await work.conversations.exchanges(known.id)
    answered = [each for each in exchanges if each.reply is not None]
    before = answered[-1].said if answered else None
    doubt = ports.personal.mask(before, known.asks, known.draft).doubt if before else {}
    return next((one for values in doubt.values() if (one := pointed_at(text, values))), None)


def why(reading: Reading, decision: Decision) -> Why:
    """What is kept of a decision: names, and no word of the visitor."""
    move = decision.move
    return Why(
        decision.rule,
        move.kind.value,
        move.about,
        reading.intent,
        round(reading.confidence, 3),
        reading.topics,
    )


async def _state(ports: Ports, work: UnitOfWork, known: Conversation, last: Turn | None) -> State:
    """Where the conversation stands, by what is kept of it."""
    own = await work.registrations.of_conversation(known.id)
    stands = own is not None and own.stands
    of_before = own is not None and stands and await drafts.is_of_before(ports, work, own)
    requests = await work.callbacks.all_of(known.id)
    tried, memory = known.draft.get(drafts.TRIED), known.memory or Memory()
    return State(
        asks=known.asks,
        answers=known.draft,
        topic=last.topics[-1] if last and last.topics else None,
        tried=tried if isinstance(tried, str) else None,
        call=Call(
            is_open=any(each.is_open for each in requests),
            was_made=bool(requests),
            is_wanted=WANTED in known.draft,
            was_spoken_of=wishes.is_about_call(last),
        ),
        is_registered=stands and not of_before,
        stands=stands,
        awaits_digits=_awaits_digits(ports, own, known.draft),
        proposal=memory.offer,
        who=memory.who,
        missed=memory.missed,
        noted=_noted(known.draft, own if stands and not of_before else None),
    )


def _awaits_digits(ports: Ports, own: Registration | None, draft: Mapping[str, object]) -> bool:
    """Whether digits that we mailed would still show that the address is theirs."""
    if own is None or not own.stands or ports.mailer is None:
        return False
    return (own.needs_proof and own.is_unconfirmed) or draft.get(ADDRESS) is not None


def _noted(draft: Mapping[str, object], own: Registration | None) -> frozenset[str]:
    """The items of which something stands noted: of whom is on the list, what stands there."""
    values = draft
    if own is not None:
        values = {"region": own.city, **{each: getattr(own, each) for each in PERSONAL}}
    return frozenset(item for item, value in values.items() if value not in (None, SKIPPED))
