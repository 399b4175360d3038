"""Who is there, and who goes: an introduction, a question for another, a goodbye."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear
from actions.speaking import Events, resume, say, sign, tell_other
from actions.who import welcome
from bot.core.dialogue.conditions import PERSON
from bot.core.dialogue.moves import FITS, LEAVES, TOLD


class ForSomebodyElse(Act):
    """Tells whom it is for, or that people register themselves."""

    named = "action_for_somebody_else"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """And from what age."""
        heard = hear(tracker)
        if heard.detail == FITS:
            say(dispatcher, "utter_other_fits")
            sign(dispatcher, topics=["check_eligibility"])
        else:
            tell_other(dispatcher, heard)
            sign(dispatcher, topics=["register"])
        return [SlotSet("offer", None)]


class Introduce(Act):
    """Welcomes who says who they are or what they think of; says goodbye to who leaves."""

    named = "action_introduce"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """To a candidate the check is offered."""
        heard = hear(tracker)
        detail = heard.detail
        if detail in LEAVES:
            say(dispatcher, "utter_thank" if detail == "thank" else "utter_leave")
            sign(dispatcher, topics=[detail])
            return resume(tracker) or [SlotSet("offer", None)]
        if welcome(dispatcher, detail, heard.who):
            return [SlotSet("offer", PERSON if detail == TOLD else None)]
        say(dispatcher, "utter_interest")
        sign(dispatcher, topics=["inform"])
        return [SlotSet("offer", "check_eligibility")]
