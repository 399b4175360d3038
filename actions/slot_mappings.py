"""Hears facts: runs at every message, in or outside a form, and is the only setter of slots."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear, told
from actions.speaking import Events
from bot.core.intake import AMSTERDAM
from bot.core.items import ELIGIBILITY, GIVEN, PERSONAL, REGISTRATION
from bot.services import drafts
from bot.services.ports import Draft

SLOTS = (*ELIGIBILITY, *REGISTRATION)


def as_slots(draft: Draft) -> dict[str, object]:
    """A draft as the engine may know it: of a personal value only that it is there."""
    return {
        item: GIVEN if item in PERSONAL and value != "skip" else value
        for item, value in draft.items()
        if item in SLOTS
    }


class RememberWhatWasTold(Act):
    """Keeps what a message tells, and fills the slots with it."""

    named = "action_validate_slot_mappings"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Set every slot that this message has a value for."""
        today = self.ports.clock.now().astimezone(AMSTERDAM).date()
        values = told(hear(tracker), today)
        if not values:
            return []
        kept = {
            item: value for item, value in values.items() if item not in PERSONAL or value != GIVEN
        }
        draft = await drafts.remember(self.ports, tracker.sender_id, kept)
        slots = as_slots(draft)
        return [SlotSet(item, slots.get(item)) for item in values if item in SLOTS]


class StartSession(Act):
    """Begins a session in the engine with what this visitor told before."""

    named = "action_session_start"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The slots as the draft has them; a half-made confirmation is asked again."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        slots = as_slots(draft)
        slots.pop("confirm", None)
        return [
            SessionStarted(),
            *(SlotSet(item, value) for item, value in slots.items()),
            ActionExecuted("action_listen"),
        ]
