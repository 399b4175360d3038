"""A person, always: how to reach one, and a request that one gets in touch."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear, loop_of
from actions.moves import AGAIN
from actions.speaking import Events, resume, say, sign, way_in_words
from actions.telling import note_in
from bot.core.items import CALLBACK, SKIPPED
from bot.services import callbacks, drafts

FORM: Final = "callback_form"


class AskHuman(Act):
    """Says how to reach a person, and sees to it that one can get in touch."""

    named = "action_ask_human"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Who can be reached is on the list at once; who is in a form stays in it."""
        sign(dispatcher, topics=["ask_human"])
        heard, loop = hear(tracker), loop_of(tracker)
        if heard.entity("item") == CALLBACK[1]:
            goal = tracker.get_slot("goal") or AGAIN.get(loop or "")
            return [SlotSet("goal", goal), *self._ask(known=True)]
        say(dispatcher, "utter_ask_human")
        note = note_in(heard)
        kept = await callbacks.request(self.ports, tracker.sender_id, note)
        if loop in (None, FORM) and not (kept and note):
            return self._ask(known=kept is not None)
        if kept is None:
            say(dispatcher, "utter_callback_how")
        else:
            say(dispatcher, "utter_callback_kept", way=way_in_words(self.ports.texts, kept))
        return resume(tracker)

    def _ask(self, *, known: bool) -> Events:
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
            say(dispatcher, "utter_callback_done", way=way_in_words(self.ports.texts, kept))
        goal = tracker.get_slot("goal")
        goes_on = [FollowupAction(f"action_{goal}")] if goal else []
        return [*(SlotSet(item, None) for item in CALLBACK), *goes_on]
