"""What is done once gives what Rasa gives by doing it every time."""

import pytest
from jsonschema import ValidationError
from jsonschema.validators import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.utils import common

from bot.understanding.quick import check_schemas_once, find_events_once

GOOD = {"events": [{"event": "slot", "name": "sector", "value": "bouw"}], "responses": []}
BAD = (
    {"events": "none"},
    {"events": [{"name": "no event"}]},
    {"events": [{"event": "nothing of the kind"}]},
    {"events": [{"event": "slot", "value": "no name"}]},
    {"events": [{"event": "user", "text": 1}]},
    {"responses": ["words"]},
    [],
)


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", RemoteAction._validate_action_result
    )
    check_schemas_once()
    return RemoteAction("action_x", None)


def test_a_good_answer_passes_and_a_bad_one_does_not(action):
    assert action._validate_action_result(GOOD)
    for answer in BAD:
        with pytest.raises(ValidationError):
            action._validate_action_result(answer)


def test_rasa_itself_says_the_same():
    """Each kind of event is held against its own schema, and Rasa's holds it against all."""
    for answer in BAD:
        with pytest.raises(ValidationError):
            RemoteAction("action_x", None)._validate_action_result(answer)


def test_the_schema_itself_is_checked_once(action, monkeypatch):
    action._validate_action_result(GOOD)

    def again(_kind, _schema):
        raise AssertionError("checked again")

    monkeypatch.setattr(Draft202012Validator, "check_schema", classmethod(again))
    assert action._validate_action_result(GOOD)


def test_an_event_is_looked_for_once(monkeypatch):
    told = {"event": "slot", "name": "sector", "value": "bouw"}
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    find_events_once()
    assert Event.from_parameters(told) == SlotSet("sector", "bouw")
    assert Event.resolve_by_type("user") is UserUttered
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("nothing of the kind")

    def again(_kind):
        raise AssertionError("looked for again")

    monkeypatch.setattr(common, "all_subclasses", again)
    assert Event.from_parameters(told) == SlotSet("sector", "bouw")
