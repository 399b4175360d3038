"""Tells what was noted for one item, with a way to change it."""

from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import label, labels, say
from bot.core.items import ELIGIBILITY, PERSONAL, SKIPPED
from bot.services.ports import Texts
from bot.services.records import Draft


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
