"""What visitors want and say: `visitors.yml`, by a hand that saw neither code nor training data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

SET: Final = Path("tests/visitors/visitors.yml")


@dataclass(frozen=True)
class Line:
    """One line of somebody's own agenda; an interruption is also said at an open question."""

    say: str
    interrupt: bool = False


@dataclass(frozen=True)
class Goal:
    """One thing that has to hold; `told`, `verdict` and `changed` say what, the rest do not."""

    name: str
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """One visitor with a goal; `before` is what happened `days_ago`, if anything did."""

    id: str
    goal: str
    reached: tuple[Goal, ...]
    officer_turns: int
    says: tuple[Line, ...]
    answers: Mapping[str, str]
    again: Mapping[str, str]
    before: Mapping[str, Any] = field(default_factory=dict)

    @property
    def registered(self) -> Mapping[str, Any]:
        """The values of the registration that stood there before."""
        found: Mapping[str, Any] = self.before.get("registered", {})
        return found


def people(only: Sequence[str] = ()) -> list[Person]:
    """Everybody, or some by their id."""
    every = yaml.safe_load(SET.read_text(encoding="utf-8"))["visitors"]
    return [_person(each) for each in every if not only or each["id"] in only]


def _person(raw: Mapping[str, Any]) -> Person:
    return Person(
        id=raw["id"],
        goal=raw["goal"],
        reached=tuple(map(_goal, raw["reached"])),
        officer_turns=raw["officer_turns"],
        says=tuple(Line(each["say"], each.get("interrupt", False)) for each in raw["says"]),
        answers=raw["answers"],
        again=raw.get("again", {}),
        before=raw.get("before", {}),
    )


def _goal(raw: str | Mapping[str, Any]) -> Goal:
    if isinstance(raw, str):
        return Goal(raw)
    ((name, value),) = raw.items()
    return Goal(name, tuple(value) if isinstance(value, list) else (str(value),))
