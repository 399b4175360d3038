"""The last word of a turn: whoever wrote something hears something, whatever an action forgot."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import hear, loop_of, was_answered
from actions.speaking import Events, resume, say
from bot.log import get_logger
from bot.services import registration
from bot.services.ports import Ports

GOES_ON: Final = "followup"
"""The event that hands the turn on to another action or to a form."""
LOOP: Final = "active_loop"
log = get_logger()


def ends_without_words(dispatcher: CollectingDispatcher, tracker: Tracker, events: Events) -> bool:
    """Say whether nothing was said in this turn so far, and nobody else will speak."""
    says = any(each.get("text") or each.get("response") for each in dispatcher.messages)
    goes_on = any(each["event"] == GOES_ON for each in events)
    return not (says or goes_on or was_answered(tracker))


async def last_word(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, name: str, events: Events
) -> Events:
    """Say something fitting, with the open question or what one can do; log names only."""
    heard = hear(tracker)
    left = any(each["event"] == LOOP and each.get("name") is None for each in events)
    loop = None if left else loop_of(tracker)
    own = await registration.of_conversation(ports, tracker.sender_id)
    state = loop or (own.status.value if own is not None else "none")
    items = sorted({entity for entity, _ in heard.entities})
    log.warning(
        "action_without_words",
        action=name,
        intent=heard.intent,
        items=items,
        state=state,
        asked=heard.asked,
    )
    if loop is not None:
        say(dispatcher, "utter_not_followed")
        return resume(tracker)
    stands = own is not None and own.stands
    say(dispatcher, "utter_not_followed_registered" if stands else "utter_not_understood")
    return []
