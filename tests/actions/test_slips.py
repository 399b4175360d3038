"""Half an address is told to be no address."""

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import Clarify, NotUnderstood
from actions.moves import Deny, Inform
from actions.registration import ChangeRegistration
from tests.services.test_registration import candidate


async def said_by(act, ports, name: str, text: str, intent: str) -> list[str]:
    """The names of what this action says to a message outside a form."""
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    tracker = Tracker(name, {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    await act(ports).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")]


@pytest.mark.parametrize("act", [Clarify, NotUnderstood, Inform, Deny, ChangeRegistration])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nee het is [email onjuist]", "utter_invalid_email"),
        ("[nummer onjuist]", "utter_invalid_phone"),
        ("mijn mooie nieuwe nummer is denk ik [nummer onjuist]", "utter_invalid_phone"),
    ],
)
async def test_a_slip_is_told_whatever_it_was_taken_for(ports, act, text, key):
    name = await candidate(ports)
    assert await said_by(act, ports, name, text, "nlu_fallback") == [key]


async def test_a_birthday_is_no_number_with_a_slip(ports):
    text = "ik ben in de winter geboren op [nummer onjuist]"
    said = await said_by(NotUnderstood, ports, await candidate(ports), text, "nlu_fallback")
    assert "utter_invalid_phone" not in said
