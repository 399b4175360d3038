"""Who is on the list hears his code, and of a mail only when there is one."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registration import Register
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.items import REGISTRATION
from bot.services import registration
from bot.services.confirmation import AT_MOST
from tests.services.test_files import Post
from tests.services.test_registration import TOLD, candidate


async def said_to_who_registers(ports) -> list[str]:
    """The names of the texts that a complete candidate hears."""
    name = await candidate(ports)
    slots = {item: TOLD.get(item, "given") for item in REGISTRATION}
    message = {"text": "ja", "intent": {"name": "affirm"}, "entities": []}
    tracker = Tracker(name, slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await Register(ports).act(dispatcher, tracker)
    await registration.withdraw(ports, name)
    return [each["response"] for each in dispatcher.messages if each.get("response")]


async def test_after_too_many_mails_one_is_registered_and_no_mail_is_promised(ports, clock):
    facts = FactsFromFiles.load()
    house = replace(ports, facts=facts, texts=TextsFromFiles(facts, clock), mailer=Post())
    for _ in range(AT_MOST):
        assert await said_to_who_registers(house) == ["utter_registered", "utter_registered_mail"]
    assert await said_to_who_registers(house) == ["utter_registered"]
