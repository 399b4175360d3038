"""Registering, and everything one can do with a registration."""

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.answer import KEPT, answer
from actions.changing import ask, change, mail_address, place_in, propose, say_changed
from actions.hearing import Heard, hear, loop_of, was_done
from actions.moves import ANSWERS, FORGET_AIM
from actions.noted import tell_item, tell_slip
from actions.proof import ANEW, CODE, DIGITS, FORM, MAILED_FOR, forget_proof
from actions.slot_mappings import mirrored
from actions.speaking import (
    LEAVE_LOOP,
    Events,
    intake_in_words,
    label,
    labels,
    resume,
    say,
    sign,
    tell_other,
    tell_standing,
    wait,
)
from bot.core.dialogue.moves import LATER, PLAIN
from bot.core.errors import IntakeClosed
from bot.core.intake import day_of
from bot.core.questions import DETAILS, ELIGIBILITY, NAME_BEFORE, REGISTRATION, SKIPPED, SLOTS
from bot.core.registration import Likeness, Registration, Status
from bot.services import (
    changes,
    controller,
    drafts,
    eligibility,
    erasing,
    evidence,
    identity,
    intakes,
    registration,
)
from bot.services.ports import Ports
from bot.services.records import Draft

COMPANY = "company"
"""What nobody in a hurry is asked: it may be left out."""
PREVIOUS = "previous"
"""In place of the name of an item: the one that was asked before this."""
NOTHING_KEPT = "utter_export_none"


def say_none(ports: Ports, dispatcher: CollectingDispatcher) -> None:
    """That this conversation has no registration, and how to find one made elsewhere."""
    can_prove = ports.mailer is not None
    say(dispatcher, "utter_registration_none_here" if can_prove else "utter_registration_none")


class Register(Act):
    """Takes a candidate from wherever he is to the next step of registering."""

    named = "action_register"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Eligibility first, then consent and data, then the explicit yes, then the database."""
        sign(dispatcher, topics=["register"])
        draft, own = await drafts.state(self.ports, tracker.sender_id)
        if await self._needs_none(dispatcher, tracker, own):
            return [*FORGET_AIM]
        if draft.get("adult") is False:
            return await self._turn_away(dispatcher, tracker)
        return await self._next_step(dispatcher, tracker, draft)

    async def _next_step(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft
    ) -> Events:
        if eligibility.open_questions(draft):
            say(dispatcher, "utter_eligibility_first")
            goal = SlotSet("goal", "register")
            return [*mirrored(draft), goal, FollowupAction("eligibility_form")]
        if tracker.get_slot("consent") == "no":
            say(dispatcher, "utter_consent_refused")
            return await self._take_back(tracker, "consent")
        if tracker.get_slot("confirm") == "no":
            say(dispatcher, "utter_confirm_refused")
            return [*await self._take_back(tracker, "confirm"), SlotSet("offer", "register")]
        is_asked = all(tracker.get_slot(item) is not None for item in REGISTRATION)
        if is_asked and draft.get("confirm") is not None:  # else that yes was for one of before
            return await self._register(dispatcher, tracker)
        if hear(tracker).is_hurried and draft.get(COMPANY) is None:
            draft = await drafts.remember(self.ports, tracker.sender_id, {COMPANY: SKIPPED})
            say(dispatcher, "utter_company_later")
        if drafts.is_half_named(draft):
            half = {NAME_BEFORE: draft["name"], "name": None}
            draft = await drafts.remember(self.ports, tracker.sender_id, half)
        return [*mirrored(draft), SlotSet("offer", None), FollowupAction("registration_form")]

    async def _turn_away(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Nobody under age is asked for anything personal, and what was told of it is forgotten."""
        told = dict.fromkeys((*DETAILS, NAME_BEFORE, "city", "province"))
        await drafts.remember(self.ports, tracker.sender_id, told)
        say(dispatcher, "utter_route_under_18")
        say(dispatcher, "utter_register_under_18")
        return [*await self._take_back(tracker, *REGISTRATION), *LEAVE_LOOP]

    async def _needs_none(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, own: Registration | None
    ) -> bool:
        """Whether he stands on the list already, or wants it for somebody else."""
        if own is not None and own.stands:
            await self._tell_standing(dispatcher, own)
            return True
        if not controller.is_named(self.ports):
            say(dispatcher, "utter_registration_not_open")
            return True
        heard = hear(tracker)
        if loop_of(tracker) is None and heard.is_for_other:
            tell_other(dispatcher, heard)
            return True
        return False

    async def _take_back(self, tracker: Tracker, *items: str) -> Events:
        """A no is not kept: the next try asks again."""
        await drafts.remember(self.ports, tracker.sender_id, dict.fromkeys(items))
        return [*(SlotSet(item, None) for item in items), *FORGET_AIM]

    async def _register(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The confirmation is said only with the committed row in hand."""
        try:
            done = await registration.register(self.ports, tracker.sender_id)
        except IntakeClosed:
            return await self._ask_for_next(dispatcher, tracker)
        intake = intake_in_words(self.ports.texts, done.intake)
        if done.registration is None:
            say(dispatcher, "utter_registered_already", intake=intake)
            if self.ports.mailer is not None:
                say(dispatcher, "utter_registered_already_mail")
            return [*FORGET_AIM]
        double = done.registration.double
        if double is not None and double.likeness is Likeness.ADDRESS:
            say(dispatcher, "utter_registered_beside", intake=intake)
        elif done.registration.status is Status.WAITING_LIST:
            say(dispatcher, "utter_registered_waiting_list", intake=intake)
        elif done.registration.status is Status.REVIEW:
            say(dispatcher, "utter_registered_review", intake=intake)
        else:
            say(dispatcher, "utter_registered", intake=intake)
        self._tell_start(dispatcher, done.registration, done.starts_on)
        if done.is_mailed:
            say(dispatcher, "utter_registered_mail")
        elif self.ports.mailer is not None and done.registration.needs_proof:
            say(dispatcher, "utter_confirm_unmailed")
        sign(dispatcher, files=list(KEPT))
        return [*FORGET_AIM]

    async def _ask_for_next(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """He said yes to a group that takes nobody any more: the next one is asked about anew."""
        coming = await intakes.next_intake(self.ports)
        words = intake_in_words(self.ports.texts, coming.id)
        say(dispatcher, "utter_intake_closed", intake=words)
        forgotten = {"consent": None, "confirm": None}
        draft = await drafts.remember(self.ports, tracker.sender_id, forgotten)
        return [*mirrored(draft), FollowupAction("registration_form")]

    async def _tell_standing(self, dispatcher: CollectingDispatcher, own: Registration) -> None:
        """The state, when it begins, and what is still to be done."""
        tell_standing(self.ports.texts, dispatcher, own)
        if own.status is Status.DECLINED:
            say(dispatcher, "utter_declined_person")
        if own.is_hopeful:
            intake = await intakes.intake(self.ports, own.intake)
            self._tell_start(dispatcher, own, intake.starts_on)
            if self.ports.mailer is not None and own.needs_proof and own.is_unconfirmed:
                draft = await drafts.recall(self.ports, own.conversation)
                is_mailed = draft.get(MAILED_FOR) == own.code and not drafts.is_hard_to_mail(draft)
                say(dispatcher, "utter_confirm_address" if is_mailed else "utter_confirm_unmailed")

    def _tell_start(
        self, dispatcher: CollectingDispatcher, own: Registration, starts_on: date | None
    ) -> None:
        """The day, or that it will be told: only where a mail or a chat can bring it."""
        is_told = self.ports.mailer is not None or own.channel == "telegram"
        start_date = starts_on.isoformat() if starts_on else None
        say(dispatcher, "utter_start_known", start_date=start_date, is_told=is_told or None)


class RegistrationStatus(Register):
    """Where the registration of this conversation stands."""

    named = "action_registration_status"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Only of this conversation, or proven to be one's own: nobody hears of another's."""
        sign(dispatcher, topics=["registration_status"])
        own = await registration.of_conversation(self.ports, tracker.sender_id)
        if own is not None:
            if not await self._confirmed(dispatcher, tracker, own):
                await self._tell_standing(dispatcher, own)
            return resume(tracker) or await self._go_on(dispatcher, tracker, own)
        if self.ports.mailer is not None and (step := await self._prove(tracker)):
            return step
        say_none(self.ports, dispatcher)
        return resume(tracker)

    async def _go_on(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, own: Registration
    ) -> Events:
        """With the change that somebody wanted before they had proven who they are."""
        if not own.stands:
            return []
        if asked := await propose(self.ports, dispatcher, tracker.sender_id, own):
            return asked
        wanted = (await drafts.recall(self.ports, tracker.sender_id)).get(changes.WANTED)
        if wanted is not None and was_done(tracker, "action_prove"):
            await ask(self.ports, dispatcher, tracker.sender_id, str(wanted))
        return []

    async def _confirmed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, own: Registration
    ) -> bool:
        """Whether this was about the address: the digits that show it, or the wish for others."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        if draft.get(changes.ADDRESS):
            return await self._moved(dispatcher, tracker, draft.get(DIGITS))
        if not (own.needs_proof and own.is_unconfirmed):
            return False
        if digits := draft.get(DIGITS):
            await drafts.remember(self.ports, tracker.sender_id, {DIGITS: None})
            now = await identity.confirm(self.ports, tracker.sender_id, str(digits))
            if now is None:
                say(dispatcher, "utter_confirm_wrong")
            else:
                say(dispatcher, "utter_confirmed")
                await self._tell_standing(dispatcher, now)
            return True
        if hear(tracker).entity("item") == DIGITS:
            went = await identity.mail_again(self.ports, tracker.sender_id)
            say(dispatcher, "utter_confirm_sent" if went else "utter_confirm_too_often")
            return True
        return False

    async def _moved(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, digits: object
    ) -> bool:
        """Whether this was about a new address: its digits, or the wish for others."""
        name = tracker.sender_id
        if digits:
            await drafts.remember(self.ports, name, {DIGITS: None})
            if await changes.prove_address(self.ports, name, str(digits)):
                say_changed(self.ports, dispatcher, ["email"])
            else:
                say(dispatcher, "utter_confirm_wrong")
            return True
        if hear(tracker).entity("item") == DIGITS:
            await mail_address(self.ports, dispatcher, name)
            return True
        return False

    async def _prove(self, tracker: Tracker) -> Events:
        """On to proving who one is, for whoever has a code."""
        wanted = hear(tracker).entity("item")
        if wanted == CODE:
            return [*await forget_proof(self, tracker), FollowupAction(FORM)]
        draft = await drafts.recall(self.ports, tracker.sender_id)
        if draft.get(CODE):
            anew = ANEW if wanted == DIGITS else {DIGITS: None}
            await drafts.remember(self.ports, tracker.sender_id, anew)
            return [SlotSet(DIGITS, None), FollowupAction(FORM)]
        return []


class ChangeRegistration(Act):
    """Asks an item again."""

    named = "action_change_registration"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Before registering an item, named by button or in words, is asked anew."""
        sign(dispatcher, topics=["change_registration"])
        own = await registration.of_conversation(self.ports, tracker.sender_id)
        heard = hear(tracker)
        if own is not None and own.stands:
            if heard.asks_something and heard.detail != LATER:
                await answer(self.ports, dispatcher, tracker.sender_id, heard)
            return await change(self.ports, dispatcher, tracker, heard, own)
        if own is None and await self._has_to_prove(tracker, heard):
            say_none(self.ports, dispatcher)
            return []
        return await self._before(dispatcher, tracker, heard)

    async def _before(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard
    ) -> Events:
        """Of who is not registered yet."""
        if heard.told:  # the new value came along, and was said back
            return resume(tracker) or [FollowupAction("action_inform")]
        if heard.slip is not None:
            return tell_slip(dispatcher, tracker, heard.slip)
        named = [heard.entity("item")] if heard.is_command else heard.named
        item = named[0] if len(named) == 1 else None
        if item == PREVIOUS and (item := await self._previous(tracker, heard.asked)) is None:
            say(dispatcher, "utter_back_first" if heard.asked else "utter_back_nothing")
            return resume(tracker)
        return await self._change(dispatcher, tracker, item, is_asked=heard.asks_something)

    async def _has_to_prove(self, tracker: Tracker, heard: Heard) -> bool:
        """Whether there is nothing here to change; what is new waits until they proved who."""
        name = tracker.sender_id
        draft = await drafts.recall(self.ports, name)
        has_begun = loop_of(tracker) or {*ELIGIBILITY, "consent"} & draft.keys() - heard.told.keys()
        cannot_prove = self.ports.mailer is None and heard.told  # then a person is offered
        if heard.is_command or has_begun or cannot_prove:
            return False
        item = next((each for each in heard.named if each in DETAILS), None)
        told = {each: draft[each] for each in heard.told if each in DETAILS and each in draft}
        new = {**changes.as_new(told, changes.by_person(self.ports)), **place_in(heard.told)}
        await drafts.remember(self.ports, name, {**new, changes.WANTED: item})
        return True

    async def _change(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        item: str | None,
        *,
        is_asked: bool,
    ) -> Events:
        """Ask an item anew; whoever asks about it hears how it stands, and keeps it."""
        is_item = item in (*DETAILS, *ELIGIBILITY)
        if item is not None and is_item and is_asked:
            draft = await drafts.recall(self.ports, tracker.sender_id)
            if tell_item(self.ports.texts, dispatcher, item, draft):
                return resume(tracker)
        if item is not None and is_item:
            return await self._ask_again(dispatcher, tracker, item)
        say(dispatcher, "utter_change_answer" if item == ANSWERS else "utter_change_what")
        aims = [] if loop_of(tracker) else [SlotSet("offer", "register")]
        return [*self._aim(tracker), *aims, *wait(tracker)]

    async def _previous(self, tracker: Tracker, asked: str | None) -> str | None:
        """The question before the open one, of which the answer can be given anew."""
        draft = await drafts.recall(self.ports, tracker.sender_id)
        row = ELIGIBILITY if asked in ELIGIBILITY else (*DETAILS, "confirm")
        before = row[: row.index(asked)] if asked in row else ()
        known = [each for each in before if draft.get(each) not in (None, "not_applicable")]
        return known[-1] if known else None

    async def _ask_again(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, item: str
    ) -> Events:
        """Forget the old value; who was registering goes on with that afterwards.

        Personal data is only asked of somebody who qualifies and has agreed to it.
        """
        forgotten = {item: None, "confirm": None}
        before = await drafts.recall(self.ports, tracker.sender_id)
        kept = {NAME_BEFORE: before.get("name")} if item == "name" else {}
        draft = await drafts.remember(self.ports, tracker.sender_id, {**forgotten, **kept})
        empty = [SlotSet(each, None) for each in forgotten]
        asks_it = [SlotSet("again", item)]
        if item in ELIGIBILITY:
            asks_it += [*self._aim(tracker), FollowupAction("eligibility_form")]
        elif draft.get("consent") == "yes" and not eligibility.open_questions(draft):
            asks_it += [FollowupAction("registration_form")]
        else:
            say(dispatcher, "utter_change_later", facts=label(self.ports.texts, f"item_{item}"))
            return [*empty, *resume(tracker)]
        return [*empty, *asks_it]

    def _aim(self, tracker: Tracker) -> Events:
        """Who changes something while registering is still on the way to that."""
        registering = loop_of(tracker) == "registration_form"
        return [SlotSet("goal", "register")] if registering else []


class WithdrawRegistration(Act):
    """Withdraws the registration of this conversation, after a yes."""

    named = "action_withdraw_registration"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Asks once, then does it."""
        sign(dispatcher, topics=["withdraw_registration"])
        own = await registration.of_conversation(self.ports, tracker.sender_id)
        if own is None:
            say_none(self.ports, dispatcher)
            return [SlotSet("offer", None), *resume(tracker)]
        if not own.stands:  # saying it once more changes nothing
            say(dispatcher, "utter_withdrawn")
            return [SlotSet("offer", None), *resume(tracker)]
        if is_sure(tracker, "withdraw_registration"):
            await registration.withdraw(self.ports, tracker.sender_id)
            say(dispatcher, "utter_withdrawn")
            return [SlotSet("confirm", None), *FORGET_AIM]
        tell_what_counts(dispatcher, tracker)
        say(dispatcher, "utter_withdraw_confirm")
        return [SlotSet("offer", "withdraw_registration"), *wait(tracker)]


class ExportMyData(Act):
    """Shows everything that is stored about this visitor."""

    named = "action_export_my_data"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The personal values are put in by the gateway."""
        texts = self.ports.texts
        sign(dispatcher, topics=["export_my_data"], files=["my_data"])
        draft, own = await drafts.state(self.ports, tracker.sender_id)
        if not draft and own is None:
            held = await evidence.held(self.ports, tracker.sender_id)
            say(dispatcher, "utter_export_erased" if evidence.ERASED in held else NOTHING_KEPT)
            return resume(tracker)
        unknown = texts.render("label_unknown").text
        source = own.answers if own else draft
        answers = [(item, source[item]) for item in ELIGIBILITY if source.get(item) is not None]
        say(
            dispatcher,
            "utter_export",
            intake=intake_in_words(texts, own.intake) if own else unknown,
            status=texts.render(f"status_{own.standing}").text if own else unknown,
            answers=", ".join(labels(texts, answers)) or unknown,
        )
        return resume(tracker)


class DeleteMyData(Act):
    """Erases everything about this visitor, after a yes."""

    named = "action_delete_my_data"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Asks once, then does it."""
        sign(dispatcher, topics=["delete_my_data"])
        if is_sure(tracker, "delete_my_data"):
            done = await erasing.erase(self.ports, tracker.sender_id, is_self=True)
            self._tell(dispatcher, done)
            sign(dispatcher, erased=True)
            forget = [SlotSet(item, None) for item in SLOTS]
            return [*LEAVE_LOOP, *FORGET_AIM, *forget]
        own = await registration.of_conversation(self.ports, tracker.sender_id)
        tell_what_counts(dispatcher, tracker)
        say(dispatcher, "utter_delete_confirm" if own else "utter_delete_confirm_here")
        return [SlotSet("offer", "delete_my_data"), *wait(tracker)]

    def _tell(self, dispatcher: CollectingDispatcher, done: erasing.Erased) -> None:
        """Only what was found is said to be erased; without a registration there is a way on."""
        say(
            dispatcher,
            "utter_deleted" if done.registrations else "utter_deleted_here",
            day=day_of(done.at).isoformat(),
            proof=done.code,
            callbacks=done.callbacks or None,
        )
        if not done.registrations:
            can_prove = self.ports.mailer is not None
            say(dispatcher, "utter_deleted_elsewhere" if can_prove else "utter_deleted_person")


def tell_what_counts(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say why something heavy is asked again, to who said neither yes nor no."""
    if hear(tracker).detail == PLAIN:
        say(dispatcher, "utter_plain_answer")


def is_sure(tracker: Tracker, offer: str) -> bool:
    """Whether the visitor said yes to what we asked last: what the model thinks is none."""
    heard = hear(tracker)
    said_yes = heard.is_command and heard.entity("sure") == "yes"
    return said_yes and bool(tracker.get_slot("offer") == offer)
