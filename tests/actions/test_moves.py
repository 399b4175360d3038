"""Once more, please: our last words are said again, and only as long as they are true."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.moves import Repeat
from bot.channels.engine import spoken
from bot.services import deciding, evidence, registration, reply
from tests.services.test_registration import candidate

WORDS = "U bent aangemeld voor de groep van november 2027."


def bot(text: str | None, **custom: object) -> dict[str, Any]:
    """Something that we said, as the engine keeps it."""
    return {"event": "bot", "text": text, "data": {"buttons": None, "custom": custom or None}}


async def repeated(ports, name: str, *events: dict[str, Any]):
    """What comes of "herhaal" after that, as the gateway hears it."""
    message = {"text": "herhaal", "intent": {"name": "repeat"}, "entities": []}
    tracker = Tracker(name, {}, message, list(events), False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await Repeat(ports).act(dispatcher, tracker)
    return [spoken(each) for each in dispatcher.messages]


async def test_our_last_words_are_said_again_with_their_name(ports):
    said = await repeated(
        ports, "a" * 20, bot("Eerder."), bot("Dag.", key="utter_goodbye"), bot(None, topics=["x"])
    )
    assert [(each.text, each.key) for each in said if each.text] == [("Dag.", "utter_goodbye")]


async def test_words_without_a_name_are_said_again_too(ports):
    said = await repeated(ports, "a" * 20, bot("Dag."))
    assert [(each.text, each.key) for each in said if each.text] == [("Dag.", None)]


async def test_to_be_registered_is_not_said_again_to_who_was_taken_off_the_list(ports):
    name = await candidate(ports)
    own = (await registration.register(ports, name)).registration
    said = await repeated(ports, name, bot(WORDS, key="utter_registered"))
    assert reply.can_be_told(ports.texts, said, await evidence.held(ports, name))
    await deciding.withdraw(ports, own.code)
    assert not reply.can_be_told(ports.texts, said, await evidence.held(ports, name))
