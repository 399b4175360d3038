"""Facts: a value from a first day on, with its source; an unknown day is an error."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.content.reading import Fact
from bot.content.source import FACTS as FOLDER
from bot.content.source import Content
from bot.core.errors import FactUnknown

__all__ = ["FOLDER", "Fact", "FactsFromFiles"]


class FactsFromFiles:
    """The port `Facts` on `bot/content/facts/*.yml`; files that change are read again."""

    def __init__(self, folder: Path = FOLDER, kept: Path | None = None) -> None:
        self.content = Content(folder, None, kept)

    @classmethod
    def load(cls, folder: Path = FOLDER, kept: Path | None = None) -> "FactsFromFiles":
        """The facts of a folder; `kept` is a file for the last good set of texts and facts."""
        return cls(folder, kept)

    def __iter__(self) -> Iterator[Fact]:
        """Every fact, by file and place in it."""
        return iter(self.content.current.facts.values())

    def names(self) -> frozenset[str]:
        """All names."""
        return frozenset(self.content.current.facts)

    def is_placeholder(self, name: str, value: str) -> bool:
        """Whether this value only stands there until somebody fills in the real one."""
        fact = self.content.current.facts.get(name)
        return fact is not None and fact.placeholder == value

    def value(self, name: str, day: date) -> str:
        """The value of a fact on a day."""
        fact = self.content.current.facts.get(name)
        if fact is None:
            raise FactUnknown(name)
        return fact.on(day)
