"""Who asks for another is welcome as he is: no check of his own, and no "wat bedoelt u?"."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import say, sign
from bot.services import callbacks
from bot.services.ports import Ports

WELCOME: Final = {
    "employer": "utter_who_employer",
    "school": "utter_who_school",
    "adviser": "utter_who_other",
    "for_somebody_else": "utter_who_other",
}
"""What is said to who is no candidate."""


def welcome(dispatcher: CollectingDispatcher, role: str) -> bool:
    """Welcome who told for whom they ask; gives whether there is a welcome for that."""
    return _say(dispatcher, role)


async def welcome_known(ports: Ports, dispatcher: CollectingDispatcher, conversation: str) -> bool:
    """The same for who told so in this conversation."""
    return _say(dispatcher, await callbacks.role(ports, conversation))


async def is_for_another(ports: Ports, tracker: Tracker) -> bool:
    """Whether somebody said before that he is no candidate himself."""
    return await callbacks.role(ports, tracker.sender_id) in WELCOME


def _say(dispatcher: CollectingDispatcher, role: str | None) -> bool:
    if role not in WELCOME:
        return False
    say(dispatcher, WELCOME[role])
    sign(dispatcher, topics=["inform"])
    return True
