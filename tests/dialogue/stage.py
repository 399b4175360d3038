"""A stage: states of a conversation that a turn can be tried in again and again, in one process.

Real services on a real SQLite file and the real texts; only the engine is `LoopOfRasa`. A state is
the rows and what Rasa would know; trying a turn leaves it as it was.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import aiosqlite
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.dialogue.policy import decide
from bot.core.dialogue.reading import Reading
from bot.core.intake import day_of
from bot.core.turn import Said, Turn
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services import asking, carrying, conversation, intakes, reading
from bot.services.ports import Ports
from bot.services.records import Conversation, Draft, Exchange
from bot.services.reply import Buttons
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.hurry import hurry
from tests.support.loop_of_rasa import LoopOfRasa, Remembered
from tests.support.parts import Post, ScriptedEngine, StandingClock


class StillFacts(FactsFromFiles):
    """The real facts; nobody edits them meanwhile."""

    def _refresh(self) -> None:
        if not self._stamp:
            super()._refresh()


class StillTexts(TextsFromFiles):
    """The real texts; nobody edits them meanwhile."""

    def _refresh(self) -> None:
        if not self._stamp:
            super()._refresh()


@dataclass(frozen=True)
class Message:
    """What a visitor says or taps, and what it means."""

    words: str
    intent: str
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    confidence: float = 1.0
    mood: str | None = None
    facets: tuple[str, ...] = ()

    @property
    def is_tap(self) -> bool:
        """Whether it is a button."""
        return self.words.startswith("/")


def say(
    words: str,
    intent: str = "inform",
    *topics: str,
    confidence: float = 1.0,
    facets: tuple[str, ...] = (),
) -> Message:
    """A typed message; it is about what its intent is, unless that is said."""
    about = topics or (() if intent in ("inform", "affirm", "deny") else (intent,))
    return Message(words, intent, about, (), confidence, facets=facets)


def tap(command: str) -> Message:
    """A button with this payload."""
    return Message(command, command.removeprefix("/").partition("{")[0])


YES: Final = say("Ja, meld mij aan", "affirm")
DETAILS: Final = (
    say("ja dat mag", "affirm"),
    say("Jan de Vries"),
    say("jan@voorbeeld.nl"),
    say("0612345678"),
    say("Zwolle"),
    say("overslaan"),
)
WAYS: Final[dict[str, tuple[str | None, tuple[Message, ...]]]] = {
    "fresh": (None, ()),
    "sector": ("fresh", (say("kom ik in aanmerking", "check_eligibility"),)),
    "employment": ("sector", (say("Installatietechniek"),)),
    "education_level": ("employment", (say("in loondienst"),)),
    "years_experience": ("education_level", (say("mbo 4"),)),
    "employer_consent": ("years_experience", (say("12 jaar"),)),
    "school_type": ("employer_consent", (say("ja", "affirm"),)),
    "eligible": ("school_type", (say("mbo"),)),
    "not_eligible": ("sector", (say("Ik werk niet in de techniek"),)),
    "review": (
        "employment",
        (
            say("Zzp of eigen bedrijf"),
            say("mbo 4"),
            say("12 jaar"),
            say("mbo"),
        ),
    ),
    "consent": ("eligible", (say("ik wil me aanmelden", "register"),)),
    "name": ("consent", DETAILS[:1]),
    "email": ("name", DETAILS[1:2]),
    "email suggestion": ("email", (say("jan@gmial.com"),)),
    "phone": ("email", DETAILS[2:3]),
    "region": ("phone", DETAILS[3:4]),
    "company": ("region", DETAILS[4:5]),
    "confirm": ("company", DETAILS[5:]),
    "registered": ("confirm", (YES,)),
    "registered, with mail": ("confirm", (YES,)),
    "registered, in review": (
        "review",
        (say("ik wil me aanmelden", "register"), *DETAILS, YES),
    ),
    "waiting list": ("confirm", (YES,)),
    "withdraw confirm": ("registered", (say("trek mij terug", "withdraw_registration"),)),
    "withdrawn": ("withdraw confirm", (say("Ja, trek terug", "affirm"),)),
    "delete confirm": ("eligible", (say("wis mijn gegevens", "delete_my_data"),)),
    "erased": ("delete confirm", (say("Ja, wis alles", "affirm"),)),
    "callback": ("fresh", (say("ik wil iemand spreken", "ask_human"),)),
    "callback_note": ("callback", (say("0612345678"),)),
    "code": (
        "fresh",
        (
            say("staat mijn aanmelding erin", "registration_status"),
            say("Ik heb een code"),
        ),
    ),
    "digits": ("code", (say("HT-QKX7Y2PD"),)),
}
"""Each state: from which other it is reached, and by what is said."""
MAILED: Final = frozenset({"registered, with mail", "code", "digits"})
FULL: Final = frozenset({"waiting list"})
EVENTS: Final = 30
"""How many are kept of a state: no action looks further back."""


async def _at_once(_connection: object, function: Any, *args: Any, **named: Any) -> Any:
    return function(*args, **named)


async def _opened(connection: Any) -> Any:
    if connection._connection is None:
        connection._connection = connection._connector()
    return connection


@dataclass(frozen=True)
class State:
    """The rows, and what Rasa knows."""

    rows: bytes
    rasa: Remembered
    known: Conversation


@dataclass(frozen=True)
class Outcome:
    """What came of a turn that was tried."""

    turn: Turn
    payloads: Buttons
    keys: tuple[str, ...]
    loop: str | None
    ran: tuple[str, ...]


class Stage:
    """States by name, made when they are first asked for."""

    def __init__(self, folder: Path, engine: AsyncEngine) -> None:
        self._file = folder / "instap.db"
        self._raw = sqlite3.connect(self._file)
        clock = StandingClock()
        facts = StillFacts.load()
        texts = StillTexts(facts, clock)
        self.ports = Ports(
            work=units(engine, load_cipher(folder / "key")),
            clock=clock,
            facts=facts,
            texts=texts,
            engine=ScriptedEngine(),
            traces=EngineTraces(engine),
            personal=PersonalDataFinder(),
            documents=Documents(),
        )
        self._meant: Message = say("")
        self.reads: Callable[[str], Mapping[str, Any]] | None = None
        """What a text that is typed means, when that is not said beside it."""
        self.talk = ""
        self._states: dict[str, State] = {}
        self._stands, self._version = "", 0
        self._here = self._loop("", Remembered())

    async def state(self, name: str) -> State:
        """A state, reached once."""
        if name in self._states:
            return self._states[name]
        before, messages = WAYS[name]
        rasa = Remembered()
        if before is None:
            self.talk = (await conversation.start(self.ports, "web")).conversation
        else:
            rasa = (await self._stand_in(before)).rasa
        if name in FULL:
            await intakes.set_intake(self.ports, "2027-11", capacity=0)
        loop = self._loop(name, rasa)
        for message in messages:
            await self._taken(loop, message)
        rasa = loop.known[self.talk]
        rasa.events = rasa.events[-EVENTS:]
        known = await self._known()
        self._states[name] = State(self._raw.serialize(), rasa, known)
        self._stands = name
        self._version = self._changes()
        return self._states[name]

    async def tried(self, name: str, message: Message) -> Outcome:
        """What comes of a message in a state, said to nothing in particular."""
        state = await self._stand_in(name)
        self._meant = message
        loop = self._loop(name, state.rasa)
        exchange = Exchange(0, None, None)
        known = state.known
        if message.is_tap:
            heard = Reading(day_of(self.ports.clock.now()), known.asks, known.draft)
            said = await asking.do(loop.ports, known, exchange, heard, message.words)
            return self._outcome(loop, *said[:2])
        async with loop.ports.work() as work:
            words = Said(message.words)
            taken = await reading.take(loop.ports, work, known, words, None, message.words)
        decision = decide(taken.reading, taken.state)
        taken, decision = await carrying.understood(loop.ports, known, taken, decision)
        said = await carrying.carry_out(loop.ports, known, exchange, taken, decision)
        return self._outcome(loop, *said[:2])

    async def typed(self, name: str, message: Message) -> Outcome:
        """What comes of a message in a state, from the door of the gateway on."""
        await self.enter(name)
        return await self.then(message)

    async def then(self, message: Message) -> Outcome:
        """What comes of a message after the last one that was typed."""
        self._meant, self._here.said = message, []
        turn = await conversation.take_turn(self._here.ports, self.talk, Said(message.words))
        return self._outcome(self._here, turn, {})

    async def enter(self, name: str) -> None:
        """Stand in a state, with nothing said yet."""
        self._here = self._loop(name, (await self._stand_in(name)).rasa)
        self._here.reads = self.reads or self._here.reads

    @property
    def heard(self) -> list[list[str]]:
        """What the engine said, a list for each turn that the last message took."""
        return self._here.said

    def forget(self, *, ours: bool) -> None:
        """Take away what is remembered: by us, as of before it was kept; or by the engine."""
        if ours:
            self._raw.execute("UPDATE conversations SET memory = NULL")
            self._raw.commit()
        else:
            self._here.known[self.talk] = Remembered()

    async def press_first(self, title: str) -> Outcome:
        """Tap a button under our very first words."""
        first, *_ = await conversation.history(self.ports, self.talk)
        return await self.press(first.reply or Turn(()), title)

    async def press(self, under: Turn, title: str) -> Outcome:
        """Tap a button under a turn."""
        shown = [each for message in under.messages for each in message.buttons]
        button = next(each.id for each in shown if each.title == title)
        self._here.said = []
        turn = await conversation.take_turn(self._here.ports, self.talk, Said(button=button))
        return self._outcome(self._here, turn, {})

    async def draft(self) -> Draft:
        """Everything told so far."""
        return dict((await self._known()).draft)

    def _outcome(self, loop: LoopOfRasa, turn: Turn, buttons: Buttons) -> Outcome:
        *before, last = loop.said or [[]]  # of an answer with a question beside it, two
        keys = [key for said in before for key in said if not key.startswith("utter_ask_")]
        form = loop.known[self.talk].loop
        return Outcome(turn, buttons, (*keys, *last), form, tuple(loop.ran))

    async def _stand_in(self, name: str) -> State:
        state = await self.state(name)
        if self._stands != name or self._version != self._changes():
            with contextlib.closing(sqlite3.connect(":memory:")) as kept:
                kept.deserialize(state.rows)
                kept.backup(self._raw)
            self._stands, self._version = name, self._changes()
        return state

    def _changes(self) -> int:
        """A number that is another one when somebody else wrote."""
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    async def _known(self) -> Conversation:
        async with self.ports.work() as work:
            known = await work.conversations.by_id(self.talk)
        assert known is not None
        return known

    def _loop(self, name: str, rasa: Remembered) -> LoopOfRasa:
        ports = replace(self.ports, mailer=Post()) if name in MAILED else self.ports
        loop = LoopOfRasa(ports, lambda _text: vars(self._meant))
        loop.known[self.talk] = rasa.copy()
        return loop

    async def _taken(self, loop: LoopOfRasa, message: Message) -> None:
        """A message and its answer, kept as the gateway keeps them."""
        self._meant = message
        await conversation.take_turn(loop.ports, self.talk, Said(message.words))


@contextlib.contextmanager
def stage(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Stage, asyncio.Runner]]:
    """A stage, quick: SQLite without a thread of its own and without waiting for the disk."""
    patch.setattr(aiosqlite.Connection, "_execute", _at_once)
    patch.setattr(aiosqlite.Connection, "_connect", _opened)
    with asyncio.Runner() as runner:
        engine = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
        hurry(engine)
        made = Stage(folder, engine)
        yield made, runner
        runner.run(engine.dispose())


Scene = tuple[Stage, asyncio.Runner]


def talk(scene: Scene, state: str, *messages: Message) -> Outcome:
    """What comes of the last of these, said one after the other from a state."""
    made, runner = scene
    outcome = runner.run(made.typed(state, messages[0]))
    for each in messages[1:]:
        outcome = runner.run(made.then(each))
    return outcome
