"""When an answer could not be read: say so, then explain, then offer a person."""

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear, was_answered
from actions.speaking import Events, option, resume, say

EXPLAIN_AT = 2
PERSON_AT = 3


def misheard(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    asked: str,
    buttons: Sequence[dict[str, str]] = (),
) -> Events:
    """Say it in another way each time in a row that the open question got no answer.

    `buttons` are for what may have been meant instead.
    """
    times = int(tracker.get_slot("misunderstood") or 0) + 1
    if times == EXPLAIN_AT:
        say(dispatcher, f"utter_explain_{asked}", buttons=list(buttons))
    else:
        say(dispatcher, f"utter_invalid_{asked}", buttons=list(buttons))
    if times >= PERSON_AT:
        say(dispatcher, "utter_offer_person")
    return [SlotSet("misunderstood", times), *resume(tracker)]


Acts = Callable[[Any, CollectingDispatcher, Tracker], Coroutine[Any, Any, Events]]


def held_back(act: Act, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask the open question again where an act is only guessed; it is one tap away."""
    heard = hear(tracker)
    if not heard.asked or not heard.is_guess or was_answered(tracker):
        return []
    meant = option(act.ports.texts, act.named.removeprefix("action_"))
    return misheard(dispatcher, tracker, heard.asked, [meant])


def unless_guess(act: Acts) -> Acts:
    """Hold a heavy act back that is only guessed while a question is open."""

    @wraps(act)
    async def wrapper(own: Act, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        return held_back(own, dispatcher, tracker) or await act(own, dispatcher, tracker)

    return wrapper
