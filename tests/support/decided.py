"""A message as the gateway decides it, for tests that hand it to an action themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from actions.act import Act
from actions.webhook import ACTIONS
from bot.core.dialogue.decided import as_message
from bot.core.dialogue.message import Meaning
from bot.core.dialogue.policy import decide
from bot.core.dialogue.reading import Pressed, Reading
from bot.core.dialogue.state import State
from tests.support.loop_of_rasa import DOES

TODAY: Final = date(2026, 11, 23)
BY_NAME: Final = {kind.named: kind for kind in ACTIONS}


def reading_of(
    message: Mapping[str, Any],
    asks: str | None = None,
    answers: Mapping[str, object] | None = None,
) -> Reading:
    """A message of the engine as the gateway read it; its `entities` are the facts in it."""
    text, intent = str(message["text"]), message["intent"]
    known = {**(answers or {})}
    if text.startswith("/"):
        return Reading(TODAY, asks, known, command=text)
    topics, clarify = message.get("topics", ()), message.get("clarify", ())
    meaning = Meaning(intent["name"], intent.get("confidence", 1.0), tuple(topics), tuple(clarify))
    reading = Reading(TODAY, asks, known, words=text, masked=text, meaning=meaning)
    if entities := message.get("entities"):
        spans = ((e["entity"], e["value"], e.get("start", 0), e.get("end", 0)) for e in entities)
        vars(reading)["spans"] = tuple(spans)
    return reading


def decided(
    message: Mapping[str, Any],
    asks: str | None = None,
    answers: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The same message as the engine and the actions get it."""
    reading = reading_of(message, asks, answers)
    asked = reading
    if reading.command is not None:
        asked = Reading(TODAY, asks, reading.answers, pressed=Pressed(reading.command))
    decision = decide(asked, State(asks, reading.answers, noted=frozenset(reading.answers)))
    return {**as_message(reading, decision), "text": str(message["text"])}


def action_of(message: Mapping[str, Any]) -> type[Act]:
    """The action that carries out a decided message."""
    return BY_NAME[DOES[message["intent"]["name"]]]
