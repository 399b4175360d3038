"""Real and small parts to build tests with: a clock that stands still, an engine that repeats."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.core.dialogue.message import Meaning
from bot.core.errors import EngineUnavailable
from bot.services.records import Asked, Mail, Spoken, Words

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class StandingClock:
    """Stands still until it is told to go on."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


class FewFacts:
    """Just the facts that a test needs."""

    def value(self, name: str, day: date) -> str:
        return {"minimum_years_experience": "3"}[name]


class KeysAsTexts:
    """Texts whose words are their own key."""

    def render(self, key: str, **arguments: object) -> Words:
        return Words(key, key)

    def claims(self, key: str) -> frozenset[str]:
        return frozenset({"registered"} if key.startswith("utter_registered") else ())

    def version(self, key: str) -> str:
        return f"{key}@test"

    def problems(self) -> Sequence[str]:
        return ()

    def steady(self) -> AbstractContextManager[None]:
        return nullcontext()


@dataclass
class ScriptedEngine:
    """An engine that says what the test tells it to say, and remembers what it heard."""

    says: Sequence[Spoken] = (Spoken("Goed.", key="utter_faq/cost"),)
    is_down: bool = False
    heard: list[dict[str, str | None]] = field(default_factory=list)
    means: Meaning = Meaning("chitchat", 1.0, ("chitchat",))
    read_texts: list[str] = field(default_factory=list)

    async def read(self, conversation: str, text: str) -> Meaning:
        self.read_texts.append(text)
        if self.is_down:
            raise EngineUnavailable("test")
        return self.means

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        self.heard.append({"text": asked.text, "command": asked.command})
        if self.is_down:
            raise EngineUnavailable("test")
        return self.says

    async def check(self) -> None:
        if self.is_down:
            raise EngineUnavailable("test")


class Post:
    """The port `Mailer`: takes every mail."""

    async def send(self, mail: Mail) -> None:
        """Take it."""

    async def check(self) -> None:
        """It would."""
