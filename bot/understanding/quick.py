"""What Rasa does anew at every action and every message, done once.

Rasa holds each answer of the action server against a schema, and before that holds the schema
against the schema of schemas: 14 ms of every action, three times a turn, for what never changes.
And for each event that it reads back it looks through all classes of events: 3 ms of a message.
"""

from functools import lru_cache
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def _is_answer(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Whether this is the answer of an action server; raises ValidationError, as Rasa's own."""
    _validator().validate(result)
    return True


def check_schemas_once() -> None:
    """From here on in this process."""
    RemoteAction._validate_action_result = _is_answer


def find_events_once() -> None:
    """From here on in this process; a class of events that is made later is still found."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
