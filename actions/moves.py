"""Moves inside a conversation: yes, no, I do not know, why, again, stop, start over."""

from collections.abc import Mapping

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.changing import drop
from actions.hearing import hear, loop_of, was_answered
from actions.next_step import say_next
from actions.speaking import LEAVE_LOOP, Events, resume, say, sign, wait
from actions.who import welcome
from bot.core.dialogue.moves import NOT_CLEAR, PRAISE, TOLD, WHY
from bot.core.questions import CALLBACK, DETAILS, ELIGIBILITY, PROOF, SKIPPED, SLOTS
from bot.services import callbacks, drafts, eligibility, registration
from bot.services.records import Draft

CALLBACK_FORM = "callback_form"
HEAVY = ("withdraw_registration", "delete_my_data")
"""What is done after a yes to a question outside any form."""
ANSWERS = "answers"
OF_OUR_ANSWER = {NOT_CLEAR: "utter_not_clear", PRAISE: "utter_sourced"}
"""What is said to who speaks of our answer; a person is offered."""
AGAIN = {"eligibility_form": "check_eligibility", "registration_form": "register"}
FORGET_AIM = (SlotSet("goal", None), SlotSet("offer", None), SlotSet("again", None))


class Affirm(Act):
    """Yes where nothing was offered: then what comes next is said."""

    named = "action_affirm"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """By where somebody is."""
        heard, offer = hear(tracker), tracker.get_slot("offer")
        if heard.asked:  # a button of before
            return [FollowupAction("action_misheard")]
        if heard.memory is None and offer:  # begun before anybody but the engine remembered it
            return [FollowupAction(f"action_{offer}")]
        return [SlotSet("offer", await say_next(self.ports, dispatcher, tracker))]


class Deny(Act):
    """No to what we offered last, or to a question that has to be answered."""

    named = "action_deny"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Nobody has to; a person is offered."""
        heard = hear(tracker)
        asked = heard.asked
        if heard.is_command and heard.entity("item") == ANSWERS:  # so they stay: on with them
            if loop_of(tracker) is not None:
                return resume(tracker)
            draft = await drafts.recall(self.ports, tracker.sender_id)
            is_registering = draft.get("consent") == "yes"
            task = AGAIN["registration_form" if is_registering else "eligibility_form"]
            return [FollowupAction(f"action_{task}")]
        if not asked and (
            welcome(dispatcher, heard.detail, heard.who)
            or await drop(self.ports, dispatcher, tracker.sender_id)
        ):
            return [*FORGET_AIM]
        say(dispatcher, "utter_skip_not_possible" if asked else "utter_deny_nothing")
        return resume(tracker) or [*FORGET_AIM]


class DontKnow(Act):
    """ "Weet ik niet" to a question for which that is no answer."""

    named = "action_dont_know"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Explain the question."""
        heard = hear(tracker)
        asked = heard.asked
        if heard.detail in OF_OUR_ANSWER:
            say(dispatcher, OF_OUR_ANSWER[heard.detail])
            return [SlotSet("offer", "ask_human")]
        say(dispatcher, f"utter_explain_{asked}" if asked else "utter_dont_know")
        return resume(tracker)


class ExplainQuestion(Act):
    """Why we ask this, and what is meant."""

    named = "action_explain_question"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The explanation of the open question."""
        asked = hear(tracker).asked
        nothing = "utter_explain_why" if hear(tracker).detail == WHY else "utter_explain_nothing"
        say(dispatcher, f"utter_explain_{asked}" if asked else nothing)
        sign(dispatcher, topics=["explain_question"])
        return resume(tracker)


class Repeat(Act):
    """Once more, please."""

    named = "action_repeat"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The open question again, else our last words."""
        sign(dispatcher, topics=["repeat"])
        if hear(tracker).asked:
            return resume(tracker)
        last = (each for each in reversed(tracker.events) if each["event"] == "bot")
        words = next((each for each in last if each["text"]), None)
        if words:  # with its key: what was true when it was said may be so no more
            key = ((words.get("data") or {}).get("custom") or {}).get("key")
            dispatcher.utter_message(text=words["text"], json_message={"key": key} if key else None)
        else:
            say(dispatcher, "utter_repeat_nothing")
        return []


class Inform(Act):
    """A fact that nobody asked for, or an answer that we could not read."""

    named = "action_inform"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What was noted is said already; here comes what follows from it."""
        heard = hear(tracker)
        if heard.asked:
            return resume(tracker) if heard.told else [FollowupAction("action_misheard")]
        return await self._unasked(dispatcher, tracker, heard.told)

    async def _unasked(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, values: Mapping[str, object]
    ) -> Events:
        """What follows from a fact while no question is open."""
        if PROOF[0] in values:
            return [FollowupAction("action_registration_status")]
        sign(dispatcher, topics=["inform"])
        draft, own = await drafts.state(self.ports, tracker.sender_id)
        told_how = set(values) & callbacks.REACH and set(values) <= {"name", *callbacks.REACH}
        if told_how and (own is None or not own.stands):
            return await self._reachable(dispatcher, tracker)
        if own is not None and own.stands:
            is_left_out = SKIPPED in values.values()
            is_dropped = is_left_out and await drop(self.ports, dispatcher, tracker.sender_id)
            if values.get("adult") is False:
                say(dispatcher, "utter_registered_under_18")
            elif not is_dropped and not was_answered(tracker):
                say(dispatcher, "utter_thank_for_telling")
            return []
        decides = set(values) & set(ELIGIBILITY) or values.get("adult") is False
        if decides and not eligibility.open_questions(draft):
            return [FollowupAction("action_check_eligibility")]
        is_known = not eligibility.open_questions(draft)
        heard = hear(tracker)
        if not is_known and welcome(dispatcher, heard.role or TOLD, heard.who):
            return [SlotSet("offer", None)]
        offer = self._next_step(dispatcher, draft, values, hear(tracker).bare_years)
        return [SlotSet("offer", offer)]

    def _next_step(
        self,
        dispatcher: CollectingDispatcher,
        draft: Draft,
        values: Mapping[str, object],
        years: int | None,
    ) -> str | None:
        """Thank for what changes nothing, with what comes next; gives what was offered."""
        if draft.get("adult") is False:
            say(dispatcher, "utter_register_under_18")
            return None
        if years and not values:
            self._ask_which(dispatcher, years)
            return None
        if not eligibility.open_questions(draft):
            say(dispatcher, "utter_inform_known")
            return "register"
        say(dispatcher, "utter_inform_noted" if values else "utter_inform_later")
        return "check_eligibility"

    def _ask_which(self, dispatcher: CollectingDispatcher, years: int) -> None:
        """Whether "16 jaar" is an age: who is under age may not register."""
        texts = self.ports.texts
        meant = {
            "age": texts.render("label_age", years=years),
            "years_experience": texts.render("label_years_experience", years=years),
        }
        buttons = [
            {"title": words.text, "payload": f'/inform{{"{item}": {years}}}'}
            for item, words in meant.items()
        ]
        say(dispatcher, "utter_age_or_years", buttons=buttons)

    async def _reachable(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """How to reach somebody, told unasked: on the list already, or it is offered."""
        there = await callbacks.newest(self.ports, tracker.sender_id)
        if there is not None and there.is_open:
            return []
        say(dispatcher, "utter_callback_offer")
        return [SlotSet("offer", "ask_human")]


class Cancel(Act):
    """Stops the task; says what is kept."""

    named = "action_cancel"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Out of any form; a yes after this takes it up again."""
        busy, name = loop_of(tracker), tracker.sender_id
        sign(dispatcher, topics=["cancel"])
        takes_back = hear(tracker).entity("item") == CALLBACK[0]
        if takes_back or busy == CALLBACK_FORM or await callbacks.is_at_hand(self.ports, name):
            return await self._take_back(dispatcher, tracker, stays=takes_back)
        if not busy and await drop(self.ports, dispatcher, name):
            return [*FORGET_AIM]
        await drafts.remember(self.ports, name, {callbacks.WANTED: None})
        there = await callbacks.newest(self.ports, name)
        is_open = there is not None and there.is_open
        own = await registration.of_conversation(self.ports, name)
        if not busy:
            is_asked = tracker.get_slot("offer") in HEAVY
            say(dispatcher, "utter_deny_nothing" if is_asked else "utter_cancel_nothing")
        elif own is not None and own.stands:
            say(dispatcher, "utter_cancel_registered")
        else:
            say(dispatcher, "utter_cancel_kept" if is_open else "utter_cancel")
        if is_open:
            say(dispatcher, "utter_callback_stays")
        return [*LEAVE_LOOP, *FORGET_AIM, SlotSet("offer", AGAIN.get(busy or ""))]

    async def _take_back(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, *, stays: bool
    ) -> Events:
        """Nobody has to be called; who said just that goes on with what was open."""
        gone = await callbacks.withdraw(self.ports, tracker.sender_id)
        say(dispatcher, "utter_callback_withdrawn" if gone else "utter_callback_none")
        busy, goal = loop_of(tracker), tracker.get_slot("goal")
        if stays and busy not in (None, CALLBACK_FORM):
            return resume(tracker)
        forget = [SlotSet(item, None) for item in CALLBACK]
        goes_on = [FollowupAction(f"action_{goal}")] if stays and goal else []
        return [*LEAVE_LOOP, *FORGET_AIM, *forget, *goes_on]


class Restart(Act):
    """Starts all over: forgets the answers, not a registration."""

    named = "action_restart"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Empty slots, empty draft; what may mean something else is asked before it erases."""
        heard = hear(tracker)
        draft = await drafts.recall(self.ports, tracker.sender_id)
        is_sure = heard.is_command and heard.entity("sure") == "yes"
        if not is_sure and set(draft) & {*ELIGIBILITY, *DETAILS}:
            say(dispatcher, "utter_restart_confirm")
            sign(dispatcher, topics=["restart"])
            return wait(tracker)
        await drafts.remember(self.ports, tracker.sender_id, dict.fromkeys(draft))
        say(dispatcher, "utter_restart")
        sign(dispatcher, topics=["restart"])
        forget = [SlotSet(item, None) for item in SLOTS]
        return [*LEAVE_LOOP, *FORGET_AIM, *forget]
