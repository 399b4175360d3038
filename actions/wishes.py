"""A wish beside a question or an answer: taken up, or said to be there for later; never dropped."""

from collections.abc import Iterable
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import label, option
from bot.services.ports import Texts

WISHES: Final = frozenset(
    {
        "ask_human",
        "check_eligibility",
        "register",
        "registration_status",
        "change_registration",
        "withdraw_registration",
        "export_my_data",
        "delete_my_data",
        "help",
    }
)
"""What can be asked for beside something else; the names of the catalogue."""


def wishes_in(topics: Iterable[str]) -> list[str]:
    """What is asked for in a message, in order."""
    return [topic for topic in dict.fromkeys(topics) if topic in WISHES]


def keep_for_later(texts: Texts, dispatcher: CollectingDispatcher, wishes: Iterable[str]) -> None:
    """Say which wishes were heard and wait, each one tap away."""
    if buttons := [option(texts, wish) for wish in wishes]:
        named = ", ".join(label(texts, wish) for wish in wishes)
        dispatcher.utter_message(response="utter_wish_later", facts=named, buttons=buttons)
