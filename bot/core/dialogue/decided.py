"""A decision as the engine and the actions get it: names and values, no words to read again."""

from datetime import date
from typing import Any, Final

from bot.core.dialogue.moves import Decision, Kind, Move
from bot.core.dialogue.reading import Reading
from bot.core.questions import GIVEN

REPAIR: Final = "misheard"
KEPT: Final = "inform"


def as_message(reading: Reading, decision: Decision) -> dict[str, Any]:
    """What the engine takes in place of what it would make of the words itself."""
    move = decision.move
    told = {reading.asks: GIVEN} if move.kind is Kind.KEEP_AS_TYPED else reading.told
    return {
        "intent": {"name": _intent(reading, decision), "confidence": reading.confidence},
        "entities": _entities(reading),
        "topics": list(reading.topics),
        "facets": list(reading.facets),
        "clarify": list(move.options),
        "rule": decision.rule,
        "told": told,
        "supposed": reading.supposed,
        "asks_something": reading.asks_something,
        "asks_at_length": reading.asks_at_length,
        "is_beside": reading.beside is not None,
        "checked": reading.checked,
        "named": [reading.changed] if reading.changed else list(reading.named),
        "slip": reading.slip,
        "is_for_other": reading.is_for_other,
        "is_for_child": reading.is_for_child,
        "bare_years": reading.bare_years,
        "only_supposes": not reading.is_command and reading.only_supposes,
        "detail": move.detail,
        "role": reading.role,
    }


def as_command(payload: str) -> dict[str, Any]:
    """A command of ours, for who has no conversation."""
    reading = Reading(date.min, command=payload)
    return as_message(reading, Decision("", Move(Kind.COMMAND, payload)))


def _intent(reading: Reading, decision: Decision) -> str:
    """The name by which the rules of `stories/` find the action."""
    kind = decision.move.kind
    if kind is Kind.REPAIR:
        return REPAIR
    if kind is Kind.KEEP_AS_TYPED:
        return decision.move.detail or KEPT
    return decision.move.about if kind in (Kind.DO, Kind.SET) else reading.intent


def _entities(reading: Reading) -> list[dict[str, Any]]:
    if reading.is_command:
        end = len(reading.text)
        return [
            {"entity": name, "value": value, "start": 0, "end": end}
            for name, value in reading.entities
        ]
    return [
        {"entity": name, "value": value, "start": start, "end": end}
        for name, value, start, end in reading.spans
    ]
