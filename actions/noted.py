"""Tells what was noted for one item, with a way to change it; or that half an address is none."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear
from actions.speaking import Events, label, labels, resume, say
from bot.core.questions import ELIGIBILITY, PERSONAL, SKIPPED
from bot.services import drafts
from bot.services.ports import Texts
from bot.services.records import Draft


class TellNoted(Act):
    """Tells how one item stands noted, of whoever is on the list as it stands there."""

    named = "action_tell_noted"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Nothing is forgotten."""
        item = hear(tracker).checked
        draft, own = await drafts.state(self.ports, tracker.sender_id)
        if own is not None and own.stands:
            draft = {"region": own.city, **{each: getattr(own, each) for each in PERSONAL}}
        if item is not None:
            tell_item(self.ports.texts, dispatcher, item, draft)
        return resume(tracker) or [SlotSet("offer", None)]


class TellSlip(Act):
    """Says that half an address, or half a number, is none."""

    named = "action_tell_slip"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """And asks the open question again."""
        return tell_slip(dispatcher, tracker, str(hear(tracker).slip))


def tell_slip(dispatcher: CollectingDispatcher, tracker: Tracker, item: str) -> Events:
    """Say that what was meant as this item is none."""
    say(dispatcher, f"utter_invalid_{item}")
    return resume(tracker)


def tell_item(texts: Texts, dispatcher: CollectingDispatcher, item: str, draft: Draft) -> bool:
    """Say what stands noted for an item; gives whether anything does. Nothing is forgotten."""
    value = draft.get(item)
    if value in (None, SKIPPED):
        return False
    # What is personal the gateway fills in.
    words = [f"⟦{item}⟧"] if item in PERSONAL else labels(texts, [(item, value)])
    what = label(texts, f"criterion_{item}" if item in ELIGIBILITY else f"item_{item}")
    change = {
        "title": label(texts, "change"),
        "payload": f'/change_registration{{"item": "{item}"}}',
    }
    say(dispatcher, "utter_noted_as", facts=what, answer=", ".join(words), buttons=[change])
    return bool(words)
