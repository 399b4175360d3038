"""Nobody hears nothing: an action that ends without words says something that fits."""

from typing import Any

import pytest
import structlog
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.moves import Inform
from actions.registration import ChangeRegistration
from actions.slot_mappings import RememberWhatWasTold
from bot.core.registration import Status
from bot.services import conversation, registration
from tests.services.test_registration import candidate
from tests.support.decided import decided

CODE = {"entity": "registration_code", "value": "[code]", "start": 0, "end": 6}
AGE = {"entity": "age", "value": 45, "start": 7, "end": 9}


class Forgets(Act):
    """Says nothing and hands on to nobody."""

    named = "action_forgets"

    async def act(self, dispatcher, tracker):
        return []


def heard(name: str, text: str, intent: str, entities: Any = (), **slots: object) -> Tracker:
    """A conversation in which this was said last."""
    message = {"text": text, "intent": {"name": intent}, "entities": list(entities)}
    message = decided(message, slots.get("requested_slot"))
    form = slots.pop("form", None)
    loop = {"name": form} if form else {}
    events = [{"event": "user", **message}]
    return Tracker(name, dict(slots), message, events, False, None, loop, "action_listen")


async def ran(act: Act, tracker: Tracker) -> tuple[list[str], list[str]]:
    """The keys said and the actions handed on to."""
    dispatcher = CollectingDispatcher()
    events = await act.run(dispatcher, tracker, {})
    tracker.events += [
        {"event": "bot", "text": each["response"]}
        for each in dispatcher.messages
        if each.get("response")
    ]
    keys = [each["response"] for each in dispatcher.messages if each.get("response")]
    return keys, [each["name"] for each in events if each["event"] == "followup"]


async def turn(ports, tracker: Tracker, act: type[Act]) -> list[str]:
    """What is said by hearing and then by the action of the rule."""
    first, _ = await ran(RememberWhatWasTold(ports), tracker)
    then, goes_on = await ran(act(ports), tracker)
    return [*first, *then, *goes_on]


async def test_an_action_without_words_says_that_it_did_not_follow(ports):
    started = await conversation.start(ports, "web")
    with structlog.testing.capture_logs() as logged:
        said = await ran(Forgets(ports), heard(started.conversation, "hm", "inform", [AGE]))
    assert said == (["utter_not_understood"], [])
    assert logged == [
        {
            "event": "action_without_words",
            "log_level": "warning",
            "action": "action_forgets",
            "intent": "inform",
            "items": ["age"],
            "state": "none",
            "asked": None,
        }
    ]


async def test_in_a_form_its_question_is_asked_again(ports):
    started = await conversation.start(ports, "web")
    tracker = heard(started.conversation, "hm", "inform", form="proof_form", requested_slot="code")
    assert await ran(Forgets(ports), tracker) == (["utter_not_followed"], ["proof_form"])


async def test_who_is_registered_hears_that_nothing_changed(ports):
    name = await candidate(ports)
    await registration.register(ports, name)
    said, _ = await ran(Forgets(ports), heard(name, "hm", "inform"))
    assert said == ["utter_not_followed_registered"]


async def test_after_words_of_another_action_in_the_same_turn_nothing_is_added(ports):
    started = await conversation.start(ports, "web")
    tracker = heard(started.conversation, "hm", "inform")
    tracker.events.append({"event": "bot", "text": "Genoteerd: mbo 4."})
    assert await ran(Forgets(ports), tracker) == ([], [])


@pytest.mark.parametrize(
    ("told", "status"),
    [({}, Status.REGISTERED), ({"employment": "self_employed"}, Status.REVIEW)],
)
async def test_a_code_typed_by_who_is_registered_is_answered(ports, told, status):
    name = await candidate(ports, **told)
    done = await registration.register(ports, name)
    assert done.registration.status is status
    said = await turn(ports, heard(name, "mijn code is [code]", "inform", [CODE]), Inform)
    assert said == ["action_registration_status"]


async def test_an_age_told_by_who_is_registered_is_answered(ports):
    name = await candidate(ports)
    await registration.register(ports, name)
    said = await turn(ports, heard(name, "ik ben 45 jaar", "inform", [AGE]), Inform)
    assert said == ["utter_thank_for_telling"]


async def test_a_change_to_what_stands_there_already_is_said_to_be_so(ports):
    name = await candidate(ports)
    text = "ik wil mijn diploma aanpassen: mbo 4"
    level = {"entity": "education_level", "value": "mbo4", "start": 31, "end": 36}
    said = await turn(ports, heard(name, text, "change_registration", [level]), ChangeRegistration)
    assert said == ["utter_noted_before", "action_inform"]
