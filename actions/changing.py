"""A change that somebody on the list wants: what is new is asked, and passed on to a coordinator.

What stands on the list is changed by a person. Nobody has to ask for one: the wish and the new
number or address go to the coordinator's list.
"""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hearing import Heard
from actions.speaking import Events, resume, say
from bot.services import callbacks, drafts
from bot.services.ports import Ports

CHANGES: Final = "change_wanted"
"""In a draft: the item of a registration that somebody wants to be another."""

REACH: Final = ("phone", "email")


async def ask_what_is_new(
    ports: Ports, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard
) -> Events:
    """Ask the new number or address; of anything else a coordinator is offered to tell it to."""
    named = [heard.entity("item")] if heard.is_command else list(heard.named)
    before = (await drafts.recall(ports, tracker.sender_id)).get(CHANGES)
    item = next((each for each in named or [before] if each in REACH), None)
    if item is None:
        say(dispatcher, "utter_change_after")
        return resume(tracker) or [SlotSet("offer", "ask_human")]
    wanted = {CHANGES: item, callbacks.WANTED: "yes"}
    await drafts.remember(ports, tracker.sender_id, wanted)
    say(dispatcher, "utter_change_by_person")
    if open_one := resume(tracker):
        return open_one
    say(dispatcher, f"utter_ask_{item}")
    return []


async def pass_on(ports: Ports, dispatcher: CollectingDispatcher, conversation: str) -> bool:
    """Say that a change was passed on, with what it is for; gives whether one was wanted."""
    item = (await drafts.recall(ports, conversation)).get(CHANGES)
    if item is None:
        return False
    await drafts.remember(ports, conversation, {CHANGES: None})
    note = ports.texts.render(f"label_change_{item}").text
    await callbacks.request(ports, conversation, note)
    say(dispatcher, f"utter_change_passed_{item}")
    return True
