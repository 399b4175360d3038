"""A person, always: how to reach one, and a request that one gets in touch."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear, loop_of
from actions.moves import AGAIN
from actions.speaking import Events, resume, say, sign, way_in_words
from bot.core.callback import Callback, CallbackStatus
from bot.core.dialogue.moves import MOMENT, ONLY
from bot.core.intake import day_of
from bot.core.questions import CALLBACK, SKIPPED
from bot.services import callbacks, drafts

FORM: Final = "callback_form"
STATUS: Final = "callback_status"
NOTED: Final = "callback_noted"
AT_THE_QUESTION: Final = {MOMENT: "utter_callback_moment", ONLY: "utter_callback_only"}
"""What is said to who speaks of the call where we ask how to reach them."""


class AskHuman(Act):
    """Says how to reach a person, and sees to it that one can get in touch."""

    named = "action_ask_human"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Who can be reached is on the list at once; who is in a form stays in it."""
        sign(dispatcher, topics=["ask_human"])
        heard, loop = hear(tracker), loop_of(tracker)
        item = heard.entity("item")
        if item == STATUS:
            return await self._tell_status(dispatcher, tracker)
        if item == NOTED:
            return await self._add_note(dispatcher, tracker)
        if item == CALLBACK[1]:
            goal = tracker.get_slot("goal") or AGAIN.get(loop or "")
            there = await callbacks.newest(self.ports, tracker.sender_id)
            return [SlotSet("goal", goal), *ask_how(known=there is not None and there.is_open)]
        if heard.detail in AT_THE_QUESTION:
            say(dispatcher, AT_THE_QUESTION[heard.detail])
            return resume(tracker)
        was_offered = (heard.memory or {}).get("offer") == self.named.removeprefix("action_")
        if not was_offered:
            say(dispatcher, "utter_ask_human")
        note = await callbacks.words(self.ports, tracker.sender_id)
        kept = await callbacks.request(self.ports, tracker.sender_id, note)
        if loop in (None, FORM) and not (kept and note):
            return ask_how(known=kept is not None)
        if kept is None:
            say(dispatcher, "utter_callback_how")
        else:
            say(dispatcher, "utter_callback_kept", way=way_in_words(self.ports.texts, kept))
        return resume(tracker)

    async def _add_note(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What was said after the request stands with it."""
        note = await callbacks.words(self.ports, tracker.sender_id)
        await callbacks.request(self.ports, tracker.sender_id, note)
        say(dispatcher, "utter_callback_noted")
        return resume(tracker)

    async def _tell_status(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What became of the request, as the list says; nobody promises an hour."""
        found = await callbacks.newest(self.ports, tracker.sender_id)
        if found is None:
            return ask_how(known=False)
        if found.status is CallbackStatus.OPEN:
            say(dispatcher, "utter_callback_since", day=_day(found))
        elif found.status is CallbackStatus.DONE:
            say(dispatcher, "utter_callback_was_done", day=_day(found))
        else:
            say(dispatcher, "utter_callback_not_listed")
        return resume(tracker)


def ask_how(*, known: bool) -> Events:
    """The call-back form, from what is not known yet."""
    how, note = CALLBACK
    slots = [SlotSet(how, "known" if known else None), SlotSet(note, None)]
    return [*slots, SlotSet("offer", None), FollowupAction(FORM)]


class RequestCallback(Act):
    """Puts the request on the list with everything that was said, and goes back to the task."""

    named = "action_request_callback"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What a coordinator will see stands in the database before it is said."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        told = draft.get(CALLBACK[1])
        note = str(told) if told not in (None, SKIPPED) else None
        kept = await callbacks.request(self.ports, tracker.sender_id, note)
        await drafts.remember(self.ports, tracker.sender_id, dict.fromkeys(CALLBACK))
        if kept is not None:
            sign(dispatcher, topics=["ask_human"])
            say(dispatcher, "utter_callback_done", way=way_in_words(self.ports.texts, kept))
        goal = tracker.get_slot("goal")
        goes_on = [FollowupAction(f"action_{goal}")] if goal else []
        return [*(SlotSet(item, None) for item in CALLBACK), *goes_on]


def _day(found: Callback) -> str:
    """The day since which it waits, or on which it was done."""
    return day_of(found.done_at or found.created_at).isoformat()
