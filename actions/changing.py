"""A change that somebody on the list wants: what is new is asked, and passed on to a coordinator.

What stands on the list is changed by a person. Nobody has to ask for one: the wish and the new
number or address go to the coordinator's list.
"""

from collections.abc import Collection
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
    if set(heard.told) & set(REACH):
        return resume(tracker)  # what is new came along, and was passed on
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


async def wanted(ports: Ports, conversation: str) -> str:
    """The item of which somebody on the list was asked what is new."""
    return str((await drafts.recall(ports, conversation)).get(CHANGES) or REACH[0])


async def pass_on(
    ports: Ports,
    dispatcher: CollectingDispatcher,
    conversation: str,
    new: Collection[str],
    *,
    is_for_call: bool,
) -> bool:
    """Pass on the number and the address that somebody on the list gives; say what was done.

    `is_for_call`: it went to a request to be called; then it is a change only where one is wanted.
    Gives whether there was anything to say.
    """
    given = [item for item in REACH if item in new]
    if not given:
        return False
    draft, own = await drafts.state(ports, conversation)
    if own is None or not own.stands or (is_for_call and CHANGES not in draft):
        return False
    await drafts.remember(ports, conversation, {CHANGES: None})
    for item in given:
        if draft.get(item) == getattr(own, item):
            say(dispatcher, f"utter_change_same_{item}")
            continue
        note = ports.texts.render(f"label_change_{item}").text
        await callbacks.request(ports, conversation, note)
        say(dispatcher, f"utter_change_passed_{item}")
    return True
