"""Tells whether somebody qualifies, provisionally, with the reason of each criterion."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import what_if
from actions.act import Act
from actions.hearing import hear
from actions.receipt import receipt
from actions.slot_mappings import mirrored
from actions.speaking import Events, resume, say, sign
from bot.core.eligibility import CLOSED, Reason, Verdict
from bot.core.questions import ELIGIBILITY
from bot.services import drafts, eligibility
from bot.services.records import Draft


class CheckEligibility(Act):
    """Asks what is missing, then tells the outcome."""

    named = "action_check_eligibility"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The questions first; with all answers the verdict, and on to what was wanted."""
        sign(dispatcher, topics=["check_eligibility"])
        draft, own = await drafts.state(self.ports, tracker.sender_id)
        if own is not None and own.stands:
            self._tell(dispatcher, own.verdict)
            return resume(tracker)
        values = self._supposed(tracker)
        if values:
            await what_if.tell(self.ports, dispatcher, tracker.sender_id, values)
        if eligibility.open_questions(draft):
            if hear(tracker).is_for_other:
                say(dispatcher, "utter_eligibility_other")
            elif not any(item in draft for item in ELIGIBILITY):
                say(dispatcher, "utter_eligibility_intro")
            return [*mirrored(draft), SlotSet("offer", None), FollowupAction("eligibility_form")]
        if values:
            return [SlotSet("offer", "register"), *resume(tracker)]
        verdict = eligibility.check(self.ports, draft)
        self._tell(dispatcher, verdict)
        if Reason.UNDER_18 in verdict.reasons:
            return [SlotSet("offer", None), SlotSet("goal", None)]
        goes_on = tracker.get_slot("goal") == "register" and verdict.outcome != "not_eligible"
        next_step = [FollowupAction("action_register")] if goes_on else []
        return [SlotSet("offer", "register"), *next_step]

    def _supposed(self, tracker: Tracker) -> Draft:
        """What "kom ik in aanmerking als ...?" supposes; any other message only ends the form."""
        heard = hear(tracker)
        return dict(heard.supposed) if "check_eligibility" in heard.topics else {}

    def _tell(self, dispatcher: CollectingDispatcher, verdict: Verdict) -> None:
        for reason in verdict.reasons:
            if reason in CLOSED:
                say(dispatcher, f"utter_route_{reason.value}")
        criteria = receipt(self.ports.texts, verdict)
        if Reason.UNDER_18 in verdict.reasons:  # no way to registering is offered
            say(dispatcher, "utter_eligibility_under_18", criteria=criteria)
        else:
            say(dispatcher, f"utter_eligibility_{verdict.outcome.value}", criteria=criteria)
        sign(dispatcher, outcome=verdict.outcome.value)
