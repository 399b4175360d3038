"""Who asks for another is welcome as he is: no check of his own, and no "wat bedoelt u?"."""

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import say, sign
from bot.core.dialogue.moves import TOLD

WELCOME: Final = {
    "employer": "utter_who_employer",
    "school": "utter_who_school",
    "adviser": "utter_who_other",
    "for_somebody_else": "utter_who_other",
}
"""What is said to who is no candidate."""

NEXT: Final = {
    "employer": "utter_told_employer",
    "school": "utter_told_school",
    "adviser": "utter_told_other",
    "for_somebody_else": "utter_told_other",
}
"""What they can do next, for who tells us more."""


def welcome(dispatcher: CollectingDispatcher, role: str | None, known: str | None = None) -> bool:
    """Welcome who is no candidate as who they are; who was welcomed and tells more hears what next.

    Gives whether there are words for that.
    """
    words, who = (NEXT, known) if role == TOLD else (WELCOME, role)
    if who not in words:
        return False
    say(dispatcher, words[who])
    sign(dispatcher, topics=["inform"])
    return True
