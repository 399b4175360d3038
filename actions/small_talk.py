"""Moves that get one text and change nothing."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.callback import ask_how
from actions.hearing import hear, loop_of
from actions.next_step import STEERS, shorten, steer
from actions.speaking import Events, resume, say, sign
from bot.core.dialogue.conditions import PERSON
from bot.core.dialogue.message import HURRIED
from bot.core.dialogue.moves import FOR_A_PERSON
from bot.core.questions import DETAILS, ELIGIBILITY
from bot.services import callbacks

UNHAPPY: Final = frozenset({"complaint", "feedback_negative"})
OWN_WORDS: Final = {"greet": "utter_hello_again"}


class SmallTalk(Act):
    """Says `utter_<intent>` and goes back to the open question."""

    named = "action_small_talk"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """One text, by the name of the intent."""
        heard = hear(tracker)
        if heard.entity("item") in STEERS:
            return await steer(self.ports, dispatcher, tracker, heard)
        intent = "help" if "help" in heard.topics else heard.intent
        if intent in FOR_A_PERSON and PERSON in heard.topics:
            sign(dispatcher, topics=[intent])
            return [FollowupAction("action_ask_human")]
        if intent in UNHAPPY and (step := await self._pass_on(dispatcher, tracker, intent)):
            return step
        sign(dispatcher, topics=[intent])
        if intent == HURRIED and heard.asked in (*ELIGIBILITY, *DETAILS):
            return await shorten(self.ports, dispatcher, tracker, heard.asked)
        say(dispatcher, OWN_WORDS.get(intent, f"utter_{intent}"))
        offered = [SlotSet("offer", PERSON)] if intent in FOR_A_PERSON else []
        return resume(tracker) or offered

    async def _pass_on(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, intent: str
    ) -> Events:
        """Who is not content: it goes to the person who calls, or how to reach them is asked."""
        if loop_of(tracker) is not None:
            return []
        there = await callbacks.newest(self.ports, tracker.sender_id)
        if there is not None and there.is_open:
            note = await callbacks.words(self.ports, tracker.sender_id)
            await callbacks.request(self.ports, tracker.sender_id, note)
            sign(dispatcher, topics=[intent])
            say(dispatcher, "utter_callback_noted")
            return [SlotSet("offer", None)]
        if intent not in FOR_A_PERSON or await callbacks.is_reachable(
            self.ports, tracker.sender_id
        ):
            return []
        sign(dispatcher, topics=[intent])
        say(dispatcher, f"utter_{intent}")
        return ask_how(known=False)
