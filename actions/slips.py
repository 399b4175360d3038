"""An address or a number with a slip in it is told to be so, whatever question is open."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Heard
from actions.speaking import Events, resume, say
from bot.core.answers.mentions import items_in

SLIPS: Final = {"email": "[email onjuist]", "phone": "[nummer onjuist]"}
FEW: Final = 3
"""Words; a birthday in a longer sentence is no telephone number with a slip in it."""


def slipped(dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard) -> Events | None:
    """Say that half an address is none, where nobody asked for one; None when there is none."""
    for item, token in SLIPS.items():
        rest = heard.text.replace(token, " ")
        is_meant = len(rest.split()) <= FEW or item in items_in(rest)
        if token in heard.text and item != heard.asked and is_meant:
            say(dispatcher, f"utter_invalid_{item}")
            return resume(tracker)
    return None
