"""Facts: a value from a first day on, with its source; an unknown day is an error."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import yaml

from bot.core.errors import FactUnknown

FOLDER: Final = Path(__file__).parent / "facts"


@dataclass(frozen=True)
class Fact:
    """One value through time; None from a day on means that it is not known from that day."""

    name: str
    meaning: str
    confidence: str
    source: str
    source_date: str
    checked_on: str
    values: tuple[tuple[date, str | None], ...]

    def on(self, day: date) -> str:
        """The value on a day."""
        known = [value for start, value in self.values if start <= day]
        if not known or known[-1] is None:
            raise FactUnknown(f"{self.name} on {day}")
        return known[-1]


class FactsFromFiles:
    """The port `Facts` on `bot/content/facts/*.yml`; files that change are read again."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._stamp: object = None
        self._facts: dict[str, Fact] = {}
        self._refresh()

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "FactsFromFiles":
        """The facts of a folder."""
        return cls(folder)

    def __iter__(self) -> Iterator[Fact]:
        """Every fact, by file and place in it."""
        self._refresh()
        return iter(self._facts.values())

    def names(self) -> frozenset[str]:
        """All names."""
        self._refresh()
        return frozenset(self._facts)

    def value(self, name: str, day: date) -> str:
        """The value of a fact on a day."""
        self._refresh()
        if name not in self._facts:
            raise FactUnknown(name)
        return self._facts[name].on(day)

    def _refresh(self) -> None:
        """Read the files again when one of them changed, so that a new value is live at once."""
        paths = sorted(self._folder.glob("*.yml"))
        stamp = stamp_of(paths)
        if stamp != self._stamp:
            self._facts = _load(paths)
            self._stamp = stamp


def stamp_of(paths: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Differs whenever one of these files was edited, replaced, added or removed."""
    found = ((path.name, path.stat()) for path in paths)
    return tuple((name, each.st_mtime_ns, each.st_size) for name, each in found)


def _load(paths: Iterable[Path]) -> dict[str, Fact]:
    """Read every file; a name may stand in one of them only."""
    facts: dict[str, Fact] = {}
    for path in paths:
        for name, raw in (yaml.load(path.read_text(), yaml.CSafeLoader) or {}).items():
            if name in facts:
                raise ValueError(f"fact {name} stands in two files")
            facts[name] = _read(name, raw)
    return facts


def _read(name: str, raw: Mapping[str, object]) -> Fact:
    values = raw["values"]
    if not isinstance(values, dict) or not all(isinstance(day, date) for day in values):
        raise ValueError(f"fact {name}: values must be a list of day: value")
    return Fact(
        name=name,
        meaning=str(raw["meaning"]),
        confidence=str(raw.get("confidence", "unconfirmed")),
        source=str(raw.get("source", "")),
        source_date=str(raw.get("source_date", "")),
        checked_on=str(raw.get("checked_on", "")),
        values=tuple(
            (day, None if value is None else str(value)) for day, value in sorted(values.items())
        ),
    )
