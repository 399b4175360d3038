"""Hears facts: runs at every message, in or outside a form, and is the only setter of slots."""

from collections.abc import Mapping

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import Heard, hear, is_untouched, was_answered
from actions.speaking import Events, labels, say, sign, way_in_words
from bot.core.dialogue.memory import SLOTS as AIMS
from bot.core.dialogue.moves import CHANGE
from bot.core.questions import (
    CALLBACK,
    DETAILS,
    GIVEN,
    HIDDEN,
    NAME_BEFORE,
    NOT_ASKED,
    PROOF,
    SKIPPED,
    SLOTS,
)
from bot.services import callbacks, drafts
from bot.services.records import Draft

NOTE = CALLBACK[1]
KEEP_OFFER = frozenset({"affirm", "cancel", "repeat", "explain_question"})
TELLS = frozenset({"inform", "change_registration"})
"""What a message is that wants us to note something."""
NOT_OF_MINORS = (*(set(DETAILS) - callbacks.REACH), NAME_BEFORE, "city", "province")
QUIET = (None, NOT_ASKED)
"""Values that follow from another and are not said back."""


def as_slots(draft: Draft) -> dict[str, object]:
    """A draft as the engine may know it: of a personal value only that it is there."""
    return {
        item: GIVEN if item in HIDDEN and value != SKIPPED else value
        for item, value in draft.items()
        if item in SLOTS
    }


def mirrored(draft: Draft) -> Events:
    """The slots exactly as the draft is: what was erased or changed there is so here as well."""
    slots = as_slots(draft)
    return [SlotSet(item, slots.get(item)) for item in SLOTS]


def remembered(tracker: Tracker, heard: Heard) -> Events:
    """What the conversation remembers of itself, where the engine remembers something else.

    Of a conversation of before it was kept, the engine alone knows: then that is taken over. Once
    something was done in this turn the engine is ahead.
    """
    if not is_untouched(tracker):
        return []
    if heard.memory is None:
        return [SlotSet(name, tracker.get_slot(name)) for name in AIMS]
    known = heard.memory
    return [
        SlotSet(name, known.get(name)) for name in AIMS if known.get(name) != tracker.get_slot(name)
    ]


def keeps_offer(heard: Heard) -> bool:
    """Whether this message may be the answer to what we offered last; any other lets it lapse."""
    return heard.intent in KEEP_OFFER or heard.entity("sure") is not None


def is_news(item: str, value: object, before: Draft) -> bool:
    """Whether this was not known yet. A personal value is always news: the gateway has kept it."""
    return value == GIVEN or before.get(item) != value


class RememberWhatWasTold(Act):
    """Keeps what a message tells, says back what nobody asked, and fills the slots with it."""

    named = "action_validate_slot_mappings"
    speaks = False

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Set every slot that this message has a value for."""
        heard = hear(tracker)
        # A form that opens after something was done hears the same message a second time.
        values = dict(heard.told) if is_untouched(tracker) else {}
        forget = [*remembered(tracker, heard)]
        if not keeps_offer(heard):
            forget.append(SlotSet("offer", None))
        if not values:
            return forget
        before, own = await drafts.state(self.ports, tracker.sender_id)
        if values.get("adult", before.get("adult")) is False:
            values = await self._without_details(tracker.sender_id, values)
        new = {item: value for item, value in values.items() if is_news(item, value, before)}
        stands = own is not None and own.stands
        aside = heard.asked in CALLBACK or not set(new) - set(PROOF)
        if stands and not aside:
            if heard.intent != CHANGE:  # else the action for that says what is done with it
                await self._pass_on(dispatcher, tracker.sender_id, heard, new)
            return forget
        kept = {item: value for item, value in new.items() if value != GIVEN}
        if kept.get(NOTE) not in (None, SKIPPED) and not heard.is_command:
            kept[NOTE] = await callbacks.words(self.ports, tracker.sender_id) or kept[NOTE]
        draft = await drafts.remember(self.ports, tracker.sender_id, kept)
        self._say_back(dispatcher, heard, new)
        if not new and heard.intent in TELLS and not was_answered(tracker):
            self._say_known(dispatcher, values)
        await self._pass_on(dispatcher, tracker.sender_id, heard, new)
        slots = as_slots(draft)
        heard_well = [SlotSet("misunderstood", None)] if tracker.get_slot("misunderstood") else []
        told_slots = [SlotSet(item, slots.get(item)) for item in values if item in SLOTS]
        return [*forget, *heard_well, *told_slots]

    async def _without_details(
        self, conversation: str, values: Mapping[str, object]
    ) -> dict[str, object]:
        """Of who is under age nothing personal is kept, but how to be called back."""
        await drafts.remember(self.ports, conversation, dict.fromkeys(NOT_OF_MINORS))
        return {item: value for item, value in values.items() if item not in NOT_OF_MINORS}

    async def _pass_on(
        self,
        dispatcher: CollectingDispatcher,
        conversation: str,
        heard: Heard,
        new: Mapping[str, object],
    ) -> None:
        """Say it when a way to reach somebody went to a request; of a new one the form says so.

        Who asks for a person in the same message hears it from the action for that.
        """
        if "ask_human" in (heard.intent, *heard.topics):
            return
        kept = await callbacks.given(self.ports, conversation, heard.asked, set(new))
        if kept is None:
            return
        way = way_in_words(self.ports.texts, kept.callback)
        if not kept.is_new:
            say(dispatcher, "utter_callback_changed", way=way)
        elif heard.asked not in CALLBACK:
            say(dispatcher, "utter_callback_kept", way=way)
            sign(dispatcher, topics=["ask_human"])

    def _say_back(
        self, dispatcher: CollectingDispatcher, heard: Heard, new: Mapping[str, object]
    ) -> None:
        """Say what was understood beside the answer to the open question."""
        shown = ((item, value) for item, value in new.items() if item not in PROOF)
        beside = [pair for pair in shown if pair[0] != heard.asked and pair[1] not in QUIET]
        words = labels(self.ports.texts, beside)
        if words:
            say(dispatcher, "utter_noted", facts=", ".join(words))

    def _say_known(self, dispatcher: CollectingDispatcher, values: Mapping[str, object]) -> None:
        """Say that what was told stands noted already."""
        pairs = [pair for pair in values.items() if pair[1] not in QUIET]
        if words := labels(self.ports.texts, pairs):
            say(dispatcher, "utter_noted_before", facts=", ".join(words))


class StartSession(Act):
    """Begins a session in the engine with what this visitor told before."""

    named = "action_session_start"
    speaks = False

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
