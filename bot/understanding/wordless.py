"""What the engine's store may keep of an event: names of ours, never a word of a visitor.

What somebody typed is needed for one turn only, and then it is in memory. Of a message its intent
and the kinds of facts in it stay; of a fact its value when it is one of a closed list or a number.
What is kept of the words themselves stands sealed in the app's database (`exchanges.said`).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.questions import FREE, GIVEN, SKIPPED, VALUES

Data = dict[str, Any]
"""An event as Rasa writes it."""

OURS = re.compile(r"[a-z][a-z0-9_]*(?:/[a-z0-9_]+)*")
"""The shape of the names in the domain and the catalogue."""

LONGEST_NUMBER = 4
"""Digits: a year is no telephone number."""

LABELS = ("model_id", "assistant_id", "utter_action")
"""What Rasa adds to an event of its own accord."""


def without_words(data: Mapping[str, Any]) -> Data:
    """A copy of an event in which nothing stands that a visitor typed."""
    kept = dict(data)
    if isinstance(metadata := kept.get("metadata"), dict):
        kept["metadata"] = {name: metadata[name] for name in LABELS if name in metadata}
    clean = KINDS.get(str(kept.get("event")))
    return clean(kept) if clean else kept


def _user(data: Data) -> Data:
    """A message; a command of our own buttons keeps its name."""
    parsed = data.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    is_command = str(data.get("text") or "").startswith("/")
    text = f"/{intent.get('name')}" if is_command else ""
    kept = {"intent": intent, "entities": _kinds(parsed.get("entities")), "text": text}
    return {**data, "text": text, "parse_data": kept}


def _kinds(entities: Any) -> Any:
    """Which facts were found, not where nor what they say."""
    return [{"entity": each.get("entity"), "value": None} for each in entities or ()]


def _entities(data: Data) -> Data:
    return {**data, "entities": _kinds(data.get("entities"))}


def _slot(data: Data) -> Data:
    return {**data, "value": known_value(str(data.get("name")), data.get("value"))}


def _action(data: Data) -> Data:
    return {**data, "action_text": None}


def _bot(data: Data) -> Data:
    """Our own words: personal values are tokens in them, which the gateway fills in."""
    told = data.get("data") or {}
    signs = told.get("custom")
    if not isinstance(signs, dict) or "noted" not in signs:
        return data
    return {**data, "data": {**told, "custom": {**signs, "noted": _noted(signs["noted"])}}}


def _noted(noted: Any) -> Any:
    """What a turn noted, with the values that may stay."""
    each_one = noted if isinstance(noted, list) else []
    return [
        {**each, "value": known_value(str(each.get("item")), each.get("value"))}
        for each in each_one
        if isinstance(each, dict)
    ]


def known_value(name: str, value: Any) -> Any:
    """A value when it is of a closed list, a number or a name of ours; else that there is one."""
    if isinstance(value, list):
        return [known_value(name, each) for each in value]
    if isinstance(value, dict):
        return {key: known_value(name, each) for key, each in value.items()}
    if value is None or value in (GIVEN, SKIPPED):
        return value
    return value if name not in FREE and _is_ours(name, value) else GIVEN


def _is_ours(name: str, value: Any) -> bool:
    if isinstance(value, str):
        return value in VALUES[name] if name in VALUES else bool(OURS.fullmatch(value))
    return isinstance(value, (bool, int, float)) and abs(value) < 10**LONGEST_NUMBER


KINDS: Mapping[str, Callable[[Data], Data]] = {
    "user": _user,
    "entities": _entities,
    "slot": _slot,
    "action": _action,
    "bot": _bot,
}
