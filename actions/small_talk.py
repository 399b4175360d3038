"""Moves that get one text and change nothing."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear
from actions.next_step import STEERS, steer
from actions.speaking import Events, resume, say, sign
from bot.core.dialogue.conditions import PERSON
from bot.core.dialogue.moves import FOR_A_PERSON

OWN_WORDS = {"greet": "utter_hello_again"}


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
        say(dispatcher, OWN_WORDS.get(intent, f"utter_{intent}"))
        sign(dispatcher, topics=[intent])
        offered = [SlotSet("offer", PERSON)] if intent in FOR_A_PERSON else []
        return resume(tracker) or offered
