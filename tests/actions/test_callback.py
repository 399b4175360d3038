"""Who asked for a call, stops, or asks when it comes, hears what is so."""

from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.callback import NOTED, STATUS, AskHuman
from actions.moves import Cancel, Inform
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.callback import CallbackStatus
from bot.core.turn import Said
from bot.services import callbacks, conversation, drafts, registration
from bot.services.records import Spoken
from tests.services.test_registration import candidate
from tests.support.decided import decided

PERSON = (Spoken("Een mens helpt u."), Spoken(signs={"topics": ["ask_human"]}))


@pytest.fixture
def house(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))


async def act(house, name, kind, *, loop=None, asked=None, item=None, values=(), goal=None):
    """What the action says, by name, and the events that follow from it."""
    intent = {AskHuman: "ask_human", Cancel: "cancel", Inform: "inform"}[kind]
    entities = [{"entity": "item", "value": item}] if item else []
    entities += [{"entity": each, "value": f"[{each}]", "start": 0, "end": 0} for each in values]
    text = f'/{intent}{{"item": "{item}"}}' if item else "tekst"
    message = {"text": text, "intent": {"name": intent}, "entities": entities}
    message = decided(message, asked, await drafts.recall(house, name))
    slots = {"requested_slot": asked, "goal": goal}
    active = {"name": loop} if loop else {}
    tracker = Tracker(name, slots, message, [], False, None, active, "action_listen")
    dispatcher = CollectingDispatcher()
    events = await kind(house).act(dispatcher, tracker)
    return [each["response"] for each in dispatcher.messages if each.get("response")], events


async def waits(house, **told):
    """A conversation with an open request."""
    name = (await conversation.start(house, "web")).conversation
    await drafts.remember(house, name, {"phone": "+31612345678", **told})
    await callbacks.request(house, name)
    return name


async def status(house):
    return [each.status for each in await callbacks.list_callbacks(house)]


async def test_stop_in_the_form_takes_the_request_back(house):
    name = await waits(house)
    said, _ = await act(house, name, Cancel, loop="callback_form", asked="callback_note")
    assert said == ["utter_callback_withdrawn"]
    assert await status(house) == [CallbackStatus.WITHDRAWN]


async def test_stop_before_a_number_was_given_asks_nobody(house):
    name = (await conversation.start(house, "web")).conversation
    await callbacks.request(house, name)
    said, _ = await act(house, name, Cancel, loop="callback_form", asked="callback")
    assert said == ["utter_callback_none"]
    assert callbacks.WANTED not in await drafts.recall(house, name)


async def test_stop_in_another_form_says_that_the_request_stays(house):
    name = await waits(house, sector="bouw")
    said, _ = await act(house, name, Cancel, loop="eligibility_form", asked="employment")
    assert said == ["utter_cancel_kept", "utter_callback_stays"]
    assert await status(house) == [CallbackStatus.OPEN]


async def test_stop_right_after_the_request_takes_it_back_and_later_does_not(house, engine):
    name = await waits(house)
    said, _ = await act(house, name, Cancel)
    assert said == ["utter_cancel_nothing", "utter_callback_stays"]
    engine.says = PERSON
    await conversation.take_turn(house, name, Said(text="bel me"))
    said, _ = await act(house, name, Cancel)
    assert said == ["utter_callback_withdrawn"]


async def test_who_says_in_a_form_not_to_be_called_goes_on_with_it(house):
    name = await waits(house, sector="bouw")
    said, events = await act(
        house, name, Cancel, loop="eligibility_form", asked="employment", item="callback"
    )
    assert said == ["utter_callback_withdrawn"]
    assert events[-1] == FollowupAction("eligibility_form")


async def test_who_is_registered_never_hears_that_nothing_was_registered(house):
    name = await candidate(house)
    await registration.register(house, name)
    for loop in ("eligibility_form", "registration_form", "callback_form", "proof_form", None):
        said, _ = await act(house, name, Cancel, loop=loop)
        assert "utter_cancel" not in said, loop
    said, _ = await act(house, name, Cancel, loop="eligibility_form")
    assert said == ["utter_cancel_registered"]


async def test_when_the_call_comes_is_told_as_the_list_has_it(house):
    name = await waits(house)
    said = [(await act(house, name, AskHuman, item=STATUS))[0]]
    [one] = await callbacks.list_callbacks(house)
    await callbacks.done(house, one.id)
    said.append((await act(house, name, AskHuman, item=STATUS))[0])
    await callbacks.request(house, name)
    await callbacks.withdraw(house, name)
    said.append((await act(house, name, AskHuman, item=STATUS))[0])
    assert said == [
        ["utter_callback_since"],
        ["utter_callback_was_done"],
        ["utter_callback_not_listed"],
    ]


async def test_a_note_that_comes_later_is_added(house):
    name = await waits(house)
    said, events = await act(
        house, name, AskHuman, loop="eligibility_form", asked="sector", item=NOTED
    )
    assert said == ["utter_callback_noted"]
    assert events == [FollowupAction("eligibility_form")]


async def test_the_button_for_a_note_asks_for_a_number_when_nobody_waits_any_more(house):
    name = await waits(house)
    await callbacks.withdraw(house, name)
    _, events = await act(house, name, AskHuman, item="callback_note")
    assert {"event": "slot", "timestamp": None, "name": "callback", "value": None} in events


async def test_a_number_that_nobody_asked_for_is_offered_to_a_coordinator(house):
    name = (await conversation.start(house, "web")).conversation
    await drafts.remember(house, name, {"phone": "+31612345678"})
    said, events = await act(house, name, Inform, values=("phone",))
    assert said == ["utter_callback_offer"]
    assert events[-1]["value"] == "ask_human"
    await callbacks.request(house, name)
    said, _ = await act(house, name, Inform, values=("phone",))
    assert said == []
