"""Who one is: a code of a registration, then the digits that were mailed to its address."""

from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.forms import ValidateForm
from actions.speaking import Events, say
from bot.core.items import PROOF
from bot.services import drafts, identity

FORM: Final = "proof_form"
CODE, DIGITS = PROOF
MAILED_FOR: Final = "digits_for"
"""In the draft: the code for which digits were mailed."""


async def forget_proof(act: Act, tracker: Tracker) -> Events:
    """As if no code was ever typed here."""
    await drafts.remember(act.ports, tracker.sender_id, dict.fromkeys((*PROOF, MAILED_FOR)))
    return [SlotSet(item, None) for item in PROOF]


class ValidateProofForm(ValidateForm):
    """Has digits mailed once for each code that is typed."""

    named = "validate_proof_form"
    form = FORM

    async def is_done(self, tracker: Tracker) -> bool:
        """No further when this was asked too often."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        code = draft.get(CODE)
        if code is None or code == draft.get(MAILED_FOR):
            return False
        if not await identity.ask(self.ports, tracker.sender_id, str(code)):
            return True
        await drafts.remember(self.ports, tracker.sender_id, {MAILED_FOR: code})
        return False


class Prove(Act):
    """Opens the registration to whoever typed the right digits."""

    named = "action_prove"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Wrong ones can be typed again; nothing says whether the code exists."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        digits = draft.get(DIGITS)
        if digits is None:
            say(dispatcher, "utter_proof_too_often")
            return await forget_proof(self, tracker)
        if await identity.prove(self.ports, tracker.sender_id, str(digits)):
            forgotten = await forget_proof(self, tracker)
            return [*forgotten, FollowupAction("action_registration_status")]
        await drafts.remember(self.ports, tracker.sender_id, {DIGITS: None})
        say(dispatcher, "utter_proof_wrong")
        return [SlotSet(DIGITS, None), FollowupAction(FORM)]
