"""Who one is: a code of a registration, then the digits that were mailed to its address."""

from datetime import datetime
from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.forms import ValidateForm
from actions.speaking import Events, say
from bot.core.intake import AMSTERDAM
from bot.core.questions import AGAIN, PROOF
from bot.services import drafts, identity

FORM: Final = "proof_form"
CODE, DIGITS = PROOF
MAILED_FOR: Final = "digits_for"
"""In the draft: the code for which digits were mailed."""


ANEW: Final = {DIGITS: None, MAILED_FOR: None}
"""What is forgotten of a code for which other digits have to be mailed."""


async def forget_proof(act: Act, tracker: Tracker) -> Events:
    """As if no code was ever typed here."""
    await drafts.remember(act.ports, tracker.sender_id, dict.fromkeys((*PROOF, MAILED_FOR)))
    return [SlotSet(item, None) for item in PROOF]


class ValidateProofForm(ValidateForm):
    """Has digits mailed for the code that was typed, and says when that was."""

    named = "validate_proof_form"
    form = FORM

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Digits that are too old or used up are mailed anew; no further when that is too often."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        code = draft.get(CODE)
        if isinstance(code, str) and not draft.get(DIGITS):
            at = await self._mailed_at(tracker.sender_id, code, draft.get(MAILED_FOR))
            if at is None:
                return [SlotSet("requested_slot", None)]
            say(dispatcher, "utter_digits_mailed", time=f"{at.astimezone(AMSTERDAM):%H:%M}")
        return await super().act(dispatcher, tracker)

    async def _mailed_at(self, conversation: str, code: str, before: object) -> datetime | None:
        """When digits went for this code that are still good; None when it was too often."""
        at = await identity.mailed_at(self.ports, conversation) if code == before else None
        if at is not None:
            return at
        if not await identity.ask(self.ports, conversation, code):
            return None
        await drafts.remember(self.ports, conversation, {MAILED_FOR: code})
        return await identity.mailed_at(self.ports, conversation)


class Prove(Act):
    """Opens the registration to whoever typed the right digits."""

    named = "action_prove"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Wrong ones can be typed again; nothing says whether the code exists."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        digits = draft.get(DIGITS)
        if digits == AGAIN:
            await drafts.remember(self.ports, tracker.sender_id, ANEW)
            return [SlotSet(DIGITS, None), FollowupAction(FORM)]
        if digits is None:
            say(dispatcher, "utter_proof_too_often")
            return await forget_proof(self, tracker)
        if await identity.prove(self.ports, tracker.sender_id, str(digits)):
            forgotten = await forget_proof(self, tracker)
            return [*forgotten, FollowupAction("action_registration_status")]
        await drafts.remember(self.ports, tracker.sender_id, {DIGITS: None})
        say(dispatcher, "utter_proof_wrong")
        return [SlotSet(DIGITS, None), FollowupAction(FORM)]
