"""The message as it was decided: the one module that knows how a tracker looks inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rasa_sdk import Tracker

from bot.core.dialogue.audience import as_meant_by
from bot.core.questions import ITEMS


@dataclass(frozen=True)
class Heard:
    """One message, and the question that is open; what it tells was read by the gateway.

    See bot/core/dialogue/reading.py for what the fields mean, and moves.py for `detail`.
    """

    intent: str
    topics: tuple[str, ...]
    clarify: tuple[str, ...]
    entities: tuple[tuple[str, Any], ...] = field(repr=False)
    asked: str | None
    is_command: bool
    facets: tuple[str, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)
    supposed: Mapping[str, object] = field(default_factory=dict, repr=False)
    asks_something: bool = False
    asks_at_length: bool = False
    is_beside: bool = False
    checked: str | None = None
    named: tuple[str, ...] = ()
    slip: str | None = None
    is_for_other: bool = False
    is_for_child: bool = False
    bare_years: int | None = None
    only_supposes: bool = False
    detail: str = ""
    memory: Mapping[str, object] | None = None
    who: str | None = None
    role: str | None = None
    missed: int = 0
    is_hurried: bool = False

    def sides(self, topic: str) -> tuple[str, ...]:
        """What of a topic is asked about: its facets, else all of it."""
        return tuple(each for each in self.facets if each.startswith(f"{topic}/")) or (topic,)

    def entity(self, name: str) -> Any:
        """The first value of an entity, or None."""
        return next((value for entity, value in self.entities if entity == name), None)


def hear(tracker: Tracker) -> Heard:
    """The latest message."""
    message = tracker.latest_message
    asked = tracker.get_slot("requested_slot") if loop_of(tracker) else None
    found = ((str(each["entity"]), each["value"]) for each in message.get("entities") or ())
    role = message.get("role")
    who = role or message.get("who")
    return Heard(
        intent=str((message.get("intent") or {}).get("name") or ""),
        topics=as_meant_by(who, _names(message, "topics")),
        clarify=_names(message, "clarify"),
        entities=tuple(found),
        asked=asked if asked in ITEMS else None,
        is_command=str(message.get("text") or "").startswith("/"),
        facets=_names(message, "facets"),
        told=message.get("told") or {},
        supposed=message.get("supposed") or {},
        asks_something=bool(message.get("asks_something")),
        asks_at_length=bool(message.get("asks_at_length")),
        is_beside=bool(message.get("is_beside")),
        checked=message.get("checked"),
        named=_names(message, "named"),
        slip=message.get("slip"),
        is_for_other=bool(message.get("is_for_other")),
        is_for_child=bool(message.get("is_for_child")),
        bare_years=message.get("bare_years"),
        only_supposes=bool(message.get("only_supposes")),
        detail=str(message.get("detail") or ""),
        memory=message.get("memory"),
        who=who,
        role=role,
        missed=int(message.get("missed") or 0),
        is_hurried=bool(message.get("is_hurried")),
    )


def _names(message: Mapping[str, Any], part: str) -> tuple[str, ...]:
    return tuple(str(each) for each in message.get(part) or ())


def loop_of(tracker: Tracker) -> str | None:
    """The form that is open."""
    name = tracker.active_loop.get("name")
    return name if isinstance(name, str) else None


def was_answered(tracker: Tracker) -> bool:
    """Whether we said anything yet since the latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "bot" and event.get("text"):
            return True
    return False


def was_done(tracker: Tracker, action: str) -> bool:
    """Whether this action was taken since the latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] == action:
            return True
    return False


QUIET: Final = frozenset({"action_listen", "action_extract_slots", "action_session_start"})


def is_untouched(tracker: Tracker, form: str = "") -> bool:
    """Whether no action of ours, but this form, was taken yet since the latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event["name"] not in QUIET | {form}:
            return False
    return False
