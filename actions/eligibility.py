"""Tells whether somebody qualifies, provisionally, with the reason of each criterion."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.slot_mappings import mirrored
from actions.speaking import Events, say, sign
from bot.core.eligibility import CLOSED, DOUBT, Outcome, Reason
from bot.services import drafts, eligibility

TO_DO = frozenset({Reason.CONSENT_NOT_ASKED, Reason.SCHOOL_UNDECIDED})


def mark(reason: Reason) -> str:
    """A criterion that is met, that is not, or that a person has to look at."""
    if reason in CLOSED:
        return "✗"
    if reason in TO_DO:
        return "•"
    return "?" if reason in DOUBT else "✓"


class CheckEligibility(Act):
    """Asks what is missing, then tells the outcome."""

    named = "action_check_eligibility"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The questions first; with all answers the verdict, and on to what was wanted."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        sign(dispatcher, topics=["check_eligibility"])
        if eligibility.open_questions(draft):
            if tracker.active_loop.get("name") != "eligibility_form":
                say(dispatcher, "utter_eligibility_intro")
            return [*mirrored(draft), SlotSet("offer", None), FollowupAction("eligibility_form")]
        verdict = eligibility.check(self.ports, draft)
        self._tell(dispatcher, verdict.outcome, verdict.reasons)
        goes_on = tracker.get_slot("goal") == "register" and verdict.outcome != "not_eligible"
        next_step = [FollowupAction("action_register")] if goes_on else []
        return [SlotSet("offer", "register"), *next_step]

    def _tell(
        self, dispatcher: CollectingDispatcher, outcome: Outcome, reasons: tuple[Reason, ...]
    ) -> None:
        render = self.ports.texts.render
        lines = [f"{mark(one)} {render(f'utter_reason_{one.value}').text}" for one in reasons]
        for reason in reasons:
            if reason in CLOSED:
                say(dispatcher, f"utter_route_{reason.value}")
        say(dispatcher, f"utter_eligibility_{outcome.value}", criteria="\n".join(lines))
        sign(dispatcher, outcome=outcome.value)
