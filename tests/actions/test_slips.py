"""Half an address is told to be no address."""

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from tests.services.test_registration import candidate
from tests.support.decided import action_of, decided


async def said_by(ports, name: str, text: str, intent: str) -> list[str]:
    """The names of what is said to a message outside a form."""
    message = decided({"text": text, "intent": {"name": intent}})
    act = action_of(message)
    tracker = Tracker(name, {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await act(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")]


@pytest.mark.parametrize(
    "intent", ["nlu_fallback", "out_of_scope", "inform", "deny", "change_registration"]
)
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nee het is [email onjuist]", "utter_invalid_email"),
        ("[nummer onjuist]", "utter_invalid_phone"),
        ("mijn mooie nieuwe nummer is denk ik [nummer onjuist]", "utter_invalid_phone"),
    ],
)
async def test_a_slip_is_told_whatever_it_was_taken_for(ports, intent, text, key):
    name = await candidate(ports)
    assert await said_by(ports, name, text, intent) == [key]


async def test_a_birthday_is_no_number_with_a_slip(ports):
    text = "ik ben in de winter geboren op [nummer onjuist]"
    said = await said_by(ports, await candidate(ports), text, "out_of_scope")
    assert "utter_invalid_phone" not in said
