"""The door on Telegram as tests open it, with an engine that repeats and texts that are keys."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.channels.telegram import TelegramDoor
from bot.core.dialogue.message import Meaning
from bot.core.errors import EngineUnavailable, TextUnknown
from bot.documents import Documents
from bot.services.ports import Ports
from bot.services.records import Asked, Masked, Spoken, Words
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import units
from tests.support.fake_telegram import TOKEN, FakeTelegram, served
from tests.support.parts import FewFacts, KeysAsTexts, StandingClock
from tests.support.patience import PATIENCE


@contextmanager
def logged() -> Iterator[list[EventDict]]:
    """What the house logs meanwhile, but for how each message was decided."""
    with capture_logs() as events:
        yield events
    events[:] = [each for each in events if each["event"] != "turn_decided"]


@dataclass
class Colleague:
    """An engine that answers by repeating; it waits where a test tells it to."""

    says: dict[str, Sequence[Spoken]] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    is_down: bool = False

    async def read(self, conversation: str, text: str) -> Meaning:
        return Meaning("chitchat", 1.0, ("chitchat",))

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        assert asked.channel == "telegram"
        said = str(asked.text or asked.command)
        self.heard.append(said)
        self.turns.append(f"{asked.conversation}/{asked.turn}")
        if said in self.gates:
            await self.gates[said].wait()
        if self.is_down:
            raise EngineUnavailable("test")
        return self.says.get(said, (Spoken(f"Antwoord op {said}", key="utter_x"),))

    async def check(self) -> None:
        return None


class Keys(KeysAsTexts):
    """Texts that are their own key; the opening has two buttons."""

    missing: frozenset[str] = frozenset()

    def render(self, key: str, **arguments: object) -> Words:
        if key in self.missing:
            raise TextUnknown(key)
        buttons = (("Past het?", "/check_eligibility"), ("Wat kost het?", '/faq{"topic": "cost"}'))
        return Words(key, key, buttons if key == "utter_greet" else ())

    def claims(self, key: str) -> frozenset[str]:
        return frozenset()


class Nothing:
    """Finds no personal data."""

    def mask(
        self, text: str, asks: str | None, known: Mapping[str, object], *, again: bool = False
    ) -> Masked:
        return Masked(text)

    def left_out(self, text: str, *, expects_phone: bool = False) -> str:
        return text


def ports_on(database: AsyncEngine, folder: Path, engine: Colleague) -> Ports:
    """Services on a real database."""
    return Ports(
        work=units(database, load_cipher(folder / "key")),
        clock=StandingClock(),
        facts=FewFacts(),
        texts=Keys(),
        engine=engine,
        traces=EngineTraces(database),
        personal=Nothing(),
        documents=Documents(),
    )


@asynccontextmanager
async def opened(
    ports: Ports, api: FakeTelegram, token: str = TOKEN, mode: str = "polling"
) -> AsyncIterator[TelegramDoor]:
    """An open door, in the mode of polling or with an address that Telegram comes to."""
    async with AsyncExitStack() as stack:
        site, address = Starlette(), None
        if mode == "webhook":
            address = await stack.enter_async_context(served(site))
        door = TelegramDoor(ports, token, api.url, address)
        site.router.routes.extend(door.routes)
        await door.start()
        stack.push_async_callback(door.stop)
        yield door


async def until(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something that nobody tells about."""
    async with asyncio.timeout(patience):
        while not holds():  # noqa: ASYNC110  a log does not tell that it grew
            await asyncio.sleep(0.005)
