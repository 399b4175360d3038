"""Nobody under age is asked for anything personal, last year's list closes no door, digits come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Answer
from actions.eligibility import CheckEligibility
from actions.forms import ValidateRegistrationForm
from actions.moves import Inform
from actions.proof import CODE, DIGITS, FORM, Prove, ValidateProofForm
from actions.registration import Register, RegistrationStatus
from actions.slot_mappings import RememberWhatWasTold
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.answers.codes import asks_anew
from bot.core.dialogue.moves import Kind
from bot.core.dialogue.policy import OTHER_DIGITS, decide
from bot.core.questions import AGAIN, REGISTRATION
from bot.core.turn import Said
from bot.services import conversation, drafts, identity, outbox, reading, registration
from bot.services.records import Spoken
from tests.services.test_files import Post
from tests.services.test_registration import candidate
from tests.support.decided import action_of, decided

REGISTER = {"text": "/register", "intent": {"name": "register"}, "entities": []}


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), mailer=Post())


async def after(kind, ports, name, message=REGISTER, slots=None):
    """The names of the texts that an action says, and its events; None is the one decided on."""
    form = {"name": kind.form} if hasattr(kind, "form") else {}
    message = decided(message, answers=await drafts.recall(ports, name))
    if kind is None:
        kind = action_of(message)
    events = [{"event": "user", **message}]
    tracker = Tracker(name, slots or {}, message, events, False, None, form, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await kind(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")], events


def titles(ports, keys):
    return {title for key in keys for title, _ in ports.texts.render(key, criteria="").buttons}


async def test_the_button_that_starts_registering_asks_a_minor_for_nothing(house):
    name = await candidate(house, adult=False)
    said, events = await after(Register, house, name)
    assert said == ["utter_route_under_18", "utter_register_under_18"]
    assert not any(each["event"] == "followup" for each in events)
    draft = await drafts.recall(house, name)
    assert not set(draft) & {*REGISTRATION, "city", "province"}  # nor is what was told of it kept
    assert await registration.list_leads(house) == []


async def test_the_form_asks_no_further_once_somebody_says_to_be_a_minor(house):
    name = await candidate(house, adult=False)
    said, events = await after(ValidateRegistrationForm, house, name, slots={"consent": "yes"})
    assert (said, events) == ([], [SlotSet("requested_slot", None)])


async def test_the_outcome_of_a_minor_leads_to_a_person_and_not_to_registering(house):
    name = await candidate(house, adult=False)
    message = {"text": "?", "intent": {"name": "check_eligibility"}, "entities": []}
    said, events = await after(CheckEligibility, house, name, message, {"goal": "register"})
    assert said == ["utter_route_under_18", "utter_eligibility_under_18"]
    assert "Ik wil iemand spreken" in titles(house, said)
    assert not {"Toch laten meekijken", "Ik wil me aanmelden"} & titles(house, said)
    assert SlotSet("offer", None) in events and SlotSet("goal", None) in events
    assert not any(each["event"] == "followup" for each in events)


async def test_who_is_on_last_years_list_is_asked_about_the_next_group(house, clock):
    name = await candidate(house, intake="2027-11")
    old = (await registration.register(house, name)).registration
    clock.moment = datetime(2027, 11, 29, tzinfo=UTC)
    said, _ = await after(RegistrationStatus, house, name)
    assert said[0] == "utter_registration_here"
    slots = await drafts.recall(house, name)
    said, events = await after(Register, house, name, slots=slots)
    assert said == ["utter_intake_closed"]
    assert events[-1] == FollowupAction("registration_form")
    await drafts.remember(house, name, {"consent": "yes", "confirm": "yes", "intake": "2028-11"})
    said, _ = await after(Register, house, name, slots=slots)
    assert said[0] == "utter_registered"
    new = await registration.of_conversation(house, name)
    assert (new.intake, old.code == new.code) == ("2028-11", False)


# ── Digits ──────────────────────────────────────────────────────────────────


async def digits_mailed(house):
    await outbox.deliver(house)
    return [each for each in house.mailer.mails if each.id.startswith("digits-")]


async def asked_for_digits(house, name):
    """What is said before the digits are asked, and how often they were mailed by then."""
    said, events = await after(ValidateProofForm, house, name)
    return said, len(await digits_mailed(house)), events


async def test_digits_that_are_too_old_are_mailed_anew_and_good_ones_are_not(house, clock):
    own = (await registration.register(house, await candidate(house))).registration
    name = (await conversation.start(house, "web")).conversation
    await drafts.remember(house, name, {CODE: own.code})
    for _ in range(3):
        assert (await asked_for_digits(house, name))[:2] == (["utter_digits_mailed"], 1)
    clock.moment += identity.VALID + timedelta(minutes=5)
    await drafts.remember(house, name, {DIGITS: "000000"})
    said, events = await after(Prove, house, name)
    assert said == ["utter_proof_wrong"] and events[-1] == FollowupAction(FORM)
    assert (await asked_for_digits(house, name))[:2] == (["utter_digits_mailed"], 2)


async def test_who_lost_the_digits_gets_others_until_it_is_enough_for_a_day(house):
    own = (await registration.register(house, await candidate(house))).registration
    name = (await conversation.start(house, "web")).conversation
    await drafts.remember(house, name, {CODE: own.code})
    for number in range(1, identity.AT_MOST + 1):
        assert (await asked_for_digits(house, name))[:2] == (["utter_digits_mailed"], number)
        await drafts.remember(house, name, {DIGITS: AGAIN})
        _, events = await after(Prove, house, name)
        assert events[-1] == FollowupAction(FORM)
    said, number, events = await asked_for_digits(house, name)
    assert (said, number) == ([], identity.AT_MOST)
    assert events == [SlotSet("requested_slot", None)]


async def test_of_a_code_that_nobody_has_the_same_is_said(house, clock):
    name = (await conversation.start(house, "web")).conversation
    await drafts.remember(house, name, {CODE: "HT-00000000"})
    for minutes in (0, 5, 30):
        clock.moment += timedelta(minutes=minutes)
        assert (await asked_for_digits(house, name))[:2] == (["utter_digits_mailed"], 0)


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("stuur de cijfers opnieuw", True),
        ("ik heb geen mail gekregen", True),
        ("mag ik nieuwe?", True),
        ("er is niks binnengekomen", True),
        ("wat kost de opleiding?", False),
        ("wacht even", False),
    ],
)
def test_the_wish_for_other_digits_is_heard(text, anew):
    assert asks_anew(text) == anew


def heard(text, *entities, intent="inform"):
    found = [{"entity": entity, "value": value} for entity, value in entities]
    return {"text": text, "intent": {"name": intent}, "entities": found}


async def test_what_a_minor_tells_of_himself_is_not_kept(house):
    name = await candidate(house, adult=False)
    message = heard("ik ben Jan", ("person_name", "⟦name⟧"), ("city", "Zwolle"))
    await after(RememberWhatWasTold, house, name, message)
    draft = await drafts.recall(house, name)
    assert not set(draft) & {"name", "company", "region", "city", "province"}


async def test_who_turns_out_a_minor_when_registered_is_led_to_a_person(house):
    name = await candidate(house)
    await registration.register(house, name)
    said, _ = await after(Inform, house, name, heard("ik ben 16", ("age", 16)))
    assert said == ["utter_registered_under_18"]


async def test_an_age_or_an_experience_is_asked_and_not_guessed(house):
    name = (await conversation.start(house, "web")).conversation
    said, _ = await after(Inform, house, name, heard("16 jaar"))
    assert said == ["utter_age_or_years"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mijn zoon van 17 wil meedoen", "utter_register_child"),
        ("mijn broertje (15) wil dit traject doen", "utter_register_child"),
        ("mijn man wil meedoen", "utter_register_other"),
        ("mijn vrouw houdt van koken", "utter_out_of_scope"),
    ],
)
async def test_who_asks_for_somebody_else_hears_who_can_register(house, text, says):
    name = (await conversation.start(house, "web")).conversation
    said, _ = await after(None, house, name, heard(text, intent="out_of_scope"))
    assert said == [says]


async def test_an_address_that_mail_may_not_reach_is_doubted_at_once(house):
    name = await candidate(house, email="jörg@voorbeeld.nl")
    assert drafts.is_hard_to_mail(await drafts.recall(house, name))
    done = await registration.register(house, name)
    assert done.registration is not None and not done.is_mailed


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stuur de cijfers opnieuw", OTHER_DIGITS),
        ("ik heb geen mail gekregen", OTHER_DIGITS),
        ("wat kost het?", None),
        ("stuur mij de folder", None),
    ],
)
async def test_who_waits_for_digits_gets_others_in_his_own_words(house, text, command):
    name = await candidate(house)
    assert await commanded(house, name, text) is None  # nobody is registered yet
    await registration.register(house, name)
    assert await commanded(house, name, text) == command


async def commanded(ports, name, text):
    """The command that a text is decided to be."""
    async with ports.work() as work:
        known = await work.conversations.by_id(name)
        taken = await reading.take(ports, work, known, Said(text), None, text)
    move = decide(taken.reading, taken.state).move
    return move.about if move.kind is Kind.COMMAND else None


async def test_who_asks_whether_his_name_is_right_hears_the_name(house):
    name = await candidate(house)
    message = heard("klopt mijn naam?", intent="faq") | {"topics": ["faq/privacy"]}
    said, _ = await after(None, house, name, message)
    assert said == ["utter_noted_as"]
    await registration.register(house, name)
    said, _ = await after(None, house, name, message)
    assert said == ["utter_noted_as"]


async def test_who_is_on_the_list_hears_of_his_own_place(house):
    name = await candidate(house)
    message = heard("is er nog plaats?", intent="faq") | {"topics": ["faq/places"]}
    assert (await after(Answer, house, name, message))[0] == ["utter_faq/places"]
    await registration.register(house, name)
    said, _ = await after(Answer, house, name, message)
    assert said == ["utter_faq/places", "utter_registration_here"]


async def test_who_is_registered_sees_no_button_to_register(house, engine):
    name = await candidate(house)
    button = ("Ik wil me aanmelden", "/register")
    engine.says = (Spoken("Er is nog plaats.", (button,)),)
    turn = await conversation.take_turn(house, name, Said(text="is er nog plaats?"))
    assert [each.title for each in turn.messages[0].buttons] == [button[0]]
    await registration.register(house, name)
    turn = await conversation.take_turn(house, name, Said(text="en is er nu plaats?"))
    assert not turn.messages[0].buttons


async def test_a_minor_who_asks_to_join_hears_from_what_age(house):
    name = await candidate(house, adult=False)
    message = heard("ik zit in klas 3 vmbo, kan ik meedoen?", ("age", 17), intent="faq")
    said, events = await after(None, house, name, message | {"topics": ["faq/audience"]})
    assert said == [] and events[0]["name"] == "action_check_eligibility"
    said, _ = await after(Inform, house, name, heard("ik ben Jan", ("city", "Zwolle")))
    assert said == ["utter_register_under_18"]


async def test_who_knows_the_outcome_is_not_asked_to_look_for_it(house):
    name = await candidate(house)
    said, events = await after(Inform, house, name, heard("Zwolle", ("city", "Zwolle")))
    assert said == ["utter_inform_known"] and SlotSet("offer", "register") in events


async def test_who_got_no_mail_is_not_told_that_digits_stand_in_it(house):
    name = await candidate(house, email="jörg@voorbeeld.nl")
    slots = await drafts.recall(house, name)
    said, _ = await after(Register, house, name, slots=slots)
    assert "utter_confirm_unmailed" in said and "utter_registered_mail" not in said
    said, _ = await after(RegistrationStatus, house, name)
    assert said[-1] == "utter_confirm_unmailed"
