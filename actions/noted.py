"""Tells what was noted for one item, with a way to change it."""

from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import label, labels, say
from bot.core.answers.mentions import item_checked
from bot.core.questions import ELIGIBILITY, PERSONAL, SKIPPED
from bot.services import drafts
from bot.services.ports import Ports, Texts
from bot.services.records import Draft


async def tell_checked(
    ports: Ports, dispatcher: CollectingDispatcher, conversation: str, text: str
) -> bool:
    """Answer who asks what stands noted of him, or whether it is right; gives whether he did."""
    item = item_checked(text)
    if item is None:
        return False
    draft, own = await drafts.state(ports, conversation)
    if own is not None and own.stands:
        draft = {"region": own.city, **{each: getattr(own, each) for each in PERSONAL}}
    return tell_item(ports.texts, dispatcher, item, draft)


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
