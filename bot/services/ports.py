"""What the services need from the outside, as Protocols; bootstrap hands in the real things."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.core.dialogue.message import Meaning
from bot.core.turn import Qr
from bot.services.order import InThisProcess
from bot.services.records import Appointment, Asked, Mail, Masked, Section, Spoken, Unsent, Words
from bot.services.stores import UnitOfWork

Part = Callable[[], Awaitable[int | None]]
"""Brings one message or file of an answer; gives its place (`Said.place`), if it is known."""


class Messenger(Protocol):
    """Brings answers to a chat.

    Its parts raise ChatClosed and MessageRefused (never again) and MessageUnavailable (later).
    """

    def parts(self, unsent: Unsent) -> Sequence[Part]:
        """All of an answer, in the same parts each time."""

    async def warn(self, address: str) -> None:
        """Say that what follows is late."""


class Mailer(Protocol):
    """A mail server. Raises MailRefused (never again) and MailUnavailable (later)."""

    async def send(self, mail: Mail) -> None: ...

    async def check(self) -> None:
        """Whether it would take a mail from us now."""


class Documents(Protocol):
    """Makes files and pictures of what it is given."""

    def calendar(self, appointments: Sequence[Appointment], made_at: datetime) -> bytes: ...

    async def page(
        self, title: str, lead: str, sections: Sequence[Section], foot: str, made_at: datetime
    ) -> bytes:
        """One printable page, as PDF."""

    def qr(self, text: str) -> Qr: ...


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime: ...


class Facts(Protocol):
    """Numbers, dates and names with a first day and a source."""

    def is_placeholder(self, name: str, value: str) -> bool:
        """Whether this value only stands there until somebody fills in the real one."""

    def value(self, name: str, day: date) -> str: ...


class Texts(Protocol):
    """Every Dutch sentence, by key."""

    def render(self, key: str, **arguments: object) -> Words: ...

    def claims(self, key: str) -> frozenset[str]:
        """What this text says was done, in any of its variants."""

    def version(self, key: str) -> str: ...

    def problems(self) -> Sequence[str]:
        """What is wrong in files that an editor saved, which are not used."""

    def steady(self) -> AbstractContextManager[None]:
        """Within it all words are of one set, whatever an editor saves meanwhile."""


class Engine(Protocol):
    """Rasa, behind its own channel. Raises EngineUnavailable."""

    async def read(self, conversation: str, text: str) -> Meaning:
        """What the model makes of a text; nothing is remembered of it."""

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        """Everything that is said to it; the same turn again hears the same."""

    async def check(self) -> None:
        """Whether it could take a turn now."""


class Order(Protocol):
    """Keeps the turns of a conversation apart, whoever takes them."""

    def one_at_a_time(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Alone in a conversation; waiting may be cancelled. Raises StorageUnavailable."""


class Traces(Protocol):
    """What the engine keeps of a conversation."""

    async def forget(self, conversation: str) -> None: ...


class PersonalData(Protocol):
    """Finds personal data in what a visitor types."""

    def left_out(self, text: str, *, expects_phone: bool) -> str:
        """The text without what nobody should send us, whoever it is about."""

    def mask(
        self, text: str, asks: str | None, known: Mapping[str, object], *, again: bool = False
    ) -> Masked:
        """Take it out; `again` is when the open question was asked before, in vain."""


@dataclass
class Doors:
    """Where visitors find us: the name of our Telegram account once known, the website."""

    telegram: str | None = None
    website: str | None = None


@dataclass(frozen=True)
class Ports:
    """All of the outside together."""

    work: Callable[[], UnitOfWork]
    clock: Clock
    facts: Facts
    texts: Texts
    engine: Engine
    traces: Traces
    personal: PersonalData
    documents: Documents
    order: Order = field(default_factory=InThisProcess)
    doors: Doors = field(default_factory=Doors)
    mailer: Mailer | None = None
    coordinators: str | None = None
    """The mail address at which coordinators hear that there is something for them."""
    is_production: bool = False
    """Whether real visitors come: then nobody registers before it is known who is responsible."""
    may_end_terms: bool = True
    """Whether anything ends by its term: not while the clock is one that somebody set."""
    is_brought: bool = False
    """Whether answers are brought to a chat afterwards, instead of given to who waits for them."""
