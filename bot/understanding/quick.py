"""What Rasa does anew at every action and every message, done once.

Rasa holds each answer of the action server against a schema, and before that holds the schema
against the schema of schemas: 14 ms of every action, three times a turn, for what never changes.
Each event in it, it holds against the schemas of all kinds of events: 4 ms of an action.
And for each event that it reads back it looks through all classes of events: 3 ms of a message.
"""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event


def _validator(schema: dict[str, Any]) -> Validator:
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


@lru_cache(maxsize=1)
def _validators() -> tuple[Validator, dict[str, Validator]]:
    """Of an answer as a whole, and of the events in it by their name."""
    answer = deepcopy(RemoteAction.action_response_format_spec())
    event = answer["properties"]["events"]["items"]
    kinds = {each["properties"]["event"]["const"]: each for each in event.pop("oneOf")}
    event["properties"]["event"]["enum"] = list(kinds)
    return _validator(answer), {name: _validator(kind) for name, kind in kinds.items()}


def _is_answer(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Whether this is the answer of an action server; raises ValidationError, as Rasa's own."""
    answer, events = _validators()
    answer.validate(result)
    for event in result.get("events", ()):
        events[event["event"]].validate(event)
    return True


def check_schemas_once() -> None:
    """From here on in this process."""
    RemoteAction._validate_action_result = _is_answer


def find_events_once() -> None:
    """From here on in this process; a class of events that is made later is still found."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
