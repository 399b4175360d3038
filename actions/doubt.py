"""What is said when a message was not understood: another thing each time, and never the absurd."""

from typing import Final

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Heard
from actions.speaking import Events, label, option, say, sign
from bot.core.dialogue.conditions import PERSON
from bot.services.ports import Texts

OTHER: Final = "other"


def ask_what_was_meant(texts: Texts, dispatcher: CollectingDispatcher, heard: Heard) -> Events:
    """Offer what may have been meant; at first also something else, then a person."""
    other = [] if heard.missed else [_other(texts)]
    buttons = [*(option(texts, name) for name in heard.clarify), *other]
    key = "utter_clarify_again" if heard.missed else "utter_clarify"
    dispatcher.utter_message(response=key, buttons=buttons)
    sign(dispatcher, clarify=list(heard.clarify))
    return []


def pass_on(dispatcher: CollectingDispatcher) -> Events:
    """Offer that a person reads what was said: with a request it goes along by itself."""
    say(dispatcher, "utter_pass_on")
    sign(dispatcher, topics=["out_of_scope"])
    return [SlotSet("offer", PERSON)]


def _other(texts: Texts) -> dict[str, str]:
    return {"title": label(texts, OTHER), "payload": '/nlu_fallback{"topic": "other"}'}
