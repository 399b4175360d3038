"""When an answer could not be read: say so, then explain, then offer a person."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.changing import wanted
from actions.hearing import hear
from actions.speaking import Events, option, resume, say

EXPLAIN_AT: Final = 2
PERSON_AT: Final = 3


class Misheard(Act):
    """Asks the open question again, in another way each time in a row."""

    named = "action_misheard"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What may have been meant instead is one tap away."""
        heard = hear(tracker)
        buttons = [option(self.ports.texts, heard.detail)] if heard.detail else []
        times = int(tracker.get_slot("misunderstood") or 0) + 1
        # Somebody on the list is asked what is new outside any form.
        asked = heard.asked or await wanted(self.ports, tracker.sender_id)
        if times == EXPLAIN_AT:
            say(dispatcher, f"utter_explain_{asked}", buttons=buttons)
        else:
            say(dispatcher, f"utter_invalid_{asked}", buttons=buttons)
        if times >= PERSON_AT:
            say(dispatcher, "utter_offer_person")
        if heard.asked is None:
            say(dispatcher, f"utter_ask_{asked}", is_new=True)
        return [SlotSet("misunderstood", times), *resume(tracker)]
