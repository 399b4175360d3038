"""An answer of the action server is still held against Rasa's own schema."""

import pytest
from jsonschema import ValidationError
from jsonschema.validators import Draft202012Validator
from rasa.core.actions.action import RemoteAction

from bot.understanding.quick import check_schemas_once

GOOD = {"events": [{"event": "slot", "name": "sector", "value": "bouw"}], "responses": []}
BAD = ({"events": "none"}, {"events": [{"name": "no event"}]}, {"responses": ["words"]}, [])


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


def test_the_schema_itself_is_checked_once(action, monkeypatch):
    action._validate_action_result(GOOD)

    def again(_kind, _schema):
        raise AssertionError("checked again")

    monkeypatch.setattr(Draft202012Validator, "check_schema", classmethod(again))
    assert action._validate_action_result(GOOD)
