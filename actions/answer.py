"""Answers questions, and asks what was meant."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.doubt import OTHER, ask_what_was_meant, pass_on
from actions.hearing import Heard, hear
from actions.moves import AGAIN
from actions.speaking import (
    Events,
    intake_in_words,
    resume,
    say,
    sign,
    tell_standing,
)
from actions.wishes import keep_for_later, wishes_in
from bot.core.dialogue.audience import SPOKEN_TO
from bot.core.dialogue.moves import FOR_A_PERSON, TO_A_PERSON
from bot.services import drafts, intakes
from bot.services.ports import Ports

CONTACT = "faq/contact"
AT_ONCE = {"ask_human": "action_ask_human", "help": "action_small_talk"}
"""What is taken up in any state, by which action."""
KEPT = ("calendar", "summary")
"""Files that everybody may have; the one with somebody's own data is asked for otherwise."""


PLACES = "faq/places"


async def answer(
    ports: Ports, dispatcher: CollectingDispatcher, conversation: str, heard: Heard
) -> bool:
    """Answer each question of a message once, in order; all may speak of the next intake.

    Gives whether there was any.
    """
    named = [topic for topic in dict.fromkeys(heard.topics) if topic.startswith("faq/")]
    intake = await intakes.next_intake(ports)
    room = await intakes.room(ports, intake) if PLACES in named else intakes.Room()
    _, own = await drafts.state(ports, conversation)
    spoken_to = SPOKEN_TO.get(heard.who or "")
    sides = [side for topic in named for side in heard.sides(topic)]
    for side in sides:
        say(
            dispatcher,
            f"utter_{side}",
            next_intake=intake_in_words(ports.texts, intake.id),
            start_date=intake.starts_on and intake.starts_on.isoformat(),
            registration_deadline=intake.closes_on and intake.closes_on.isoformat(),
            places_left=room.places_left,
            waiting=room.waiting,
            is_listed=(own is not None and own.stands) or None,
            is_employer=(spoken_to == "employer") or None,
            is_school=(spoken_to == "school") or None,
            is_other=(spoken_to in ("other", "school")) or None,
        )
    if named:
        sign(dispatcher, topics=named, facets=[side for side in sides if side not in named])
    return bool(named)


class Answer(Act):
    """Answers every question of a message; a request in it is taken up after that."""

    named = "action_answer"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The answers, and then back to where we were."""
        heard = hear(tracker)
        topics, file = heard.topics, heard.entity("file")
        if heard.is_command and file in KEPT:
            say(dispatcher, f"utter_file_{file}")
            sign(dispatcher, files=[file], topics=list(topics))
            return resume(tracker)
        await answer(self.ports, dispatcher, tracker.sender_id, heard)
        for wish in topics:
            if wish in FOR_A_PERSON:
                say(dispatcher, f"utter_{wish}")
                sign(dispatcher, topics=[wish])
        if PLACES in topics:
            await self._tell_own_place(dispatcher, tracker)
        return self._take_up(dispatcher, tracker, wishes_in(topics))

    async def _tell_own_place(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Who is on the list asks about his own place first of all."""
        _, own = await drafts.state(self.ports, tracker.sender_id)
        if own is not None and own.stands:
            tell_standing(self.ports.texts, dispatcher, own)

    def _take_up(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wishes: list[str]
    ) -> Events:
        """Do one thing that was asked for as well; in a form only what can be done within it."""
        loop = tracker.active_loop.get("name")
        waits = loop or hear(tracker).only_supposes
        at_once = [wish for wish in AT_ONCE if wish in wishes] or ([] if waits else wishes[:1])
        rest = [wish for wish in wishes if wish not in (*at_once[:1], AGAIN.get(loop))]
        keep_for_later(self.ports.texts, dispatcher, rest)
        if at_once:
            return [FollowupAction(AT_ONCE.get(at_once[0], f"action_{at_once[0]}"))]
        if {CONTACT, *FOR_A_PERSON} & {*hear(tracker).topics} and not loop:
            return [SlotSet("offer", "ask_human")]  # there a person is offered: "ja graag"
        return resume(tracker)


class Clarify(Act):
    """Offers what the visitor may have meant."""

    named = "action_clarify"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Two or three readable options and "iets anders"."""
        heard = hear(tracker)
        if heard.entity("topic") == OTHER:
            say(dispatcher, "utter_clarify_other")
            return resume(tracker)
        return ask_what_was_meant(self.ports.texts, dispatcher, heard)


class NotUnderstood(Act):
    """Says that this is none of ours."""

    named = "action_not_understood"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Always with a way to a person."""
        if hear(tracker).detail == TO_A_PERSON:
            return pass_on(dispatcher)
        say(dispatcher, "utter_out_of_scope")
        sign(dispatcher, topics=["out_of_scope"])
        return resume(tracker)
