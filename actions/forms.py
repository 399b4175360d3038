"""What happens inside a form after something was filled in."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import what_if
from actions.act import Act
from actions.answer import answer
from actions.hearing import Heard, hear, is_untouched
from actions.moves import AGAIN
from actions.speaking import Events, intake_in_words, say, say_these, sign
from actions.wishes import keep_for_later, wishes_in
from bot.core.questions import DETAILS, ELIGIBILITY
from bot.services import consent, drafts, eligibility, intakes


class ValidateForm(Act):
    """Answers a question that came with an answer, and knows when to ask no more."""

    form: str = ""
    items: tuple[str, ...] = ()
    speaks = False

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Sets no slot but `requested_slot`: anything else would keep a question unanswered.

        What somebody wants to answer again is asked first, whatever else is open.
        """
        candidates = tracker.slots_to_validate()
        candidates.pop("requested_slot", None)
        if candidates and is_untouched(tracker, self.form):
            await self._take_up(dispatcher, tracker)
        if (again := tracker.get_slot("again")) in self.items and tracker.get_slot(again) is None:
            return [SlotSet("requested_slot", again)]
        return [SlotSet("requested_slot", None)] if await self.is_done(tracker) else []

    async def _take_up(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Answer what was asked beside an answer; what was wished for waits, one tap away."""
        heard = hear(tracker)
        is_answered = False
        if heard.asks_something:
            is_answered = await answer(self.ports, dispatcher, tracker.sender_id, heard)
        wishes: list[str] = []
        if heard.is_beside or len(heard.topics) > 1:
            wishes = wishes_in(heard.topics)
            sign(dispatcher, topics=wishes)
            rest = [each for each in wishes if each != AGAIN.get(self.form)]
            keep_for_later(self.ports.texts, dispatcher, rest)
        if heard.is_beside and not (is_answered or wishes):
            await self._answer_beside(dispatcher, tracker.sender_id, heard)
        elif not is_answered and heard.asks_something and heard.asks_at_length:
            say(dispatcher, "utter_question_unknown")

    async def _answer_beside(
        self, dispatcher: CollectingDispatcher, conversation: str, heard: Heard
    ) -> None:
        """Answer a question beside an answer that is no topic and no wish."""
        asked = heard.asked
        if heard.supposed:
            await what_if.tell(self.ports, dispatcher, conversation, dict(heard.supposed))
        elif heard.intent == "explain_question":
            say(dispatcher, f"utter_explain_{asked}")
            sign(dispatcher, topics=[heard.intent])
        elif heard.intent == "bot_challenge":
            say(dispatcher, "utter_bot_challenge")
            sign(dispatcher, topics=[heard.intent])
        else:
            say(dispatcher, "utter_question_unknown")

    async def is_done(self, tracker: Tracker) -> bool:
        """Whether the form has nothing more to ask, although slots are empty."""
        return False


class ValidateEligibilityForm(ValidateForm):
    """Asks no further once the answers show that another route fits better."""

    named = "validate_eligibility_form"
    form = "eligibility_form"
    items = ELIGIBILITY

    async def is_done(self, tracker: Tracker) -> bool:
        """Nothing left by the rules."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        return not eligibility.open_questions(draft)


class ValidateRegistrationForm(ValidateForm):
    """Asks nothing personal from somebody who does not want that, and doubts an odd address."""

    named = "validate_registration_form"
    form = "registration_form"
    items = DETAILS

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """An address that mail may not reach is kept, and said to be one."""
        if "email" in tracker.slots_to_validate() and is_untouched(tracker, self.form):
            draft = await drafts.recall(self.ports, tracker.sender_id)
            if drafts.is_hard_to_mail(draft):
                say(dispatcher, "utter_email_hard")
        return await super().act(dispatcher, tracker)

    async def is_done(self, tracker: Tracker) -> bool:
        """The visitor does not want their data to be kept, or is too young to be asked for it."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        return tracker.get_slot("consent") == "no" or draft.get("adult") is False


class ValidateCallbackForm(ValidateForm):
    """Answers a question that came along: it is passed on as well."""

    named = "validate_callback_form"
    form = "callback_form"


class AskConsent(Act):
    """Asks leave to keep personal data, before any of it is asked."""

    named = "action_ask_consent"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Names the intake that it is for. What is kept are these very words, so they are said."""
        intake = await intakes.next_intake(self.ports)
        group = intake_in_words(self.ports.texts, intake.id)
        words = self.ports.texts.render("utter_ask_consent", intake=group)
        await consent.show(self.ports, tracker.sender_id, intake.id, words)
        say_these(dispatcher, words)
        return []


class AskConfirm(Act):
    """Shows everything that will be registered and asks for an explicit yes."""

    named = "action_ask_confirm"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The personal values are put in by the gateway."""
        texts = self.ports.texts
        intake = await intakes.next_intake(self.ports)
        say(dispatcher, "utter_ask_confirm", intake=intake_in_words(texts, intake.id))
        return []
