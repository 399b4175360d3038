"""Who asks for another is welcome as he is: no check of his own, and no "wat bedoelt u?"."""

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import say, sign

WELCOME: Final = {
    "employer": "utter_who_employer",
    "school": "utter_who_school",
    "adviser": "utter_who_other",
    "for_somebody_else": "utter_who_other",
}
"""What is said to who is no candidate."""


def welcome(dispatcher: CollectingDispatcher, role: str | None) -> bool:
    """Welcome who is no candidate as who they are; gives whether there is a welcome for that."""
    if role not in WELCOME:
        return False
    say(dispatcher, WELCOME[role])
    sign(dispatcher, topics=["inform"])
    return True
