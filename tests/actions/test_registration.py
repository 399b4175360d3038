"""Who is on the list hears his code, and of a mail only when there is one."""

from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.registration import Register
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.questions import REGISTRATION
from bot.services import deciding, registration
from bot.services.confirmation import AT_MOST
from tests.services.test_files import Post
from tests.services.test_registration import TOLD, candidate


@pytest.fixture
def house(ports, clock):
    """A house with its own texts and a mail server."""
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), mailer=Post())


async def registering(ports, name: str) -> tuple[list[str], list]:
    """The names of the texts that somebody hears with every slot filled, and the events."""
    slots = {item: TOLD.get(item, "given") for item in REGISTRATION}
    message = {"text": "ja", "intent": {"name": "affirm"}, "entities": []}
    tracker = Tracker(name, slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await Register(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")], events


async def said_to_who_registers(ports) -> list[str]:
    """The names of the texts that a complete candidate hears."""
    name = await candidate(ports)
    said, _ = await registering(ports, name)
    await registration.withdraw(ports, name)
    return said


async def test_who_was_taken_off_elsewhere_is_asked_again_before_he_is_registered(house):
    name = await candidate(house)
    await registering(house, name)
    [lead] = await registration.list_leads(house)
    await deciding.withdraw(house, lead.code)
    said, events = await registering(house, name)
    assert said == []
    assert SlotSet("confirm", None) in events
    assert events[-1] == FollowupAction("registration_form")


async def test_who_agreed_to_a_group_that_closed_is_asked_about_the_next(house):
    name = await candidate(house, intake="2026-11")
    said, events = await registering(house, name)
    assert said == ["utter_intake_closed"]
    assert SlotSet("consent", None) in events and SlotSet("confirm", None) in events
    assert events[-1] == FollowupAction("registration_form")
    assert await registration.list_leads(house) == []


async def test_after_too_many_mails_one_is_registered_and_no_mail_is_promised(house):
    for _ in range(AT_MOST):
        said = await said_to_who_registers(house)
        assert said == ["utter_registered", "utter_start_known", "utter_registered_mail"]
    said = await said_to_who_registers(house)
    assert said == ["utter_registered", "utter_start_known", "utter_confirm_unmailed"]
