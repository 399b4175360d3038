"""When an answer could not be read: say so, then explain, then offer a person."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import Events, resume, say

EXPLAIN_AT = 2
PERSON_AT = 3


def misheard(dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> Events:
    """Say it in another way each time in a row that the open question got no answer."""
    times = int(tracker.get_slot("misunderstood") or 0) + 1
    if times == EXPLAIN_AT:
        say(dispatcher, f"utter_explain_{asked}")
    else:
        say(dispatcher, f"utter_invalid_{asked}")
    if times >= PERSON_AT:
        say(dispatcher, "utter_offer_person")
    return [SlotSet("misunderstood", times), *resume(tracker)]
