"""What the services need from the outside, as Protocols; bootstrap hands in the real things."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from bot.core.callback import Callback
from bot.core.intake import Intake
from bot.core.registration import Erasure, Registration
from bot.core.turn import Turn

Draft = dict[str, object]
"""Everything a visitor told so far, by item; kept encrypted."""


@dataclass(frozen=True)
class Words:
    """A rendered text: its key, the text, and buttons as (title, payload)."""

    key: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Spoken:
    """One thing that the engine said: words, or signs for the chat API (`custom`)."""

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    signs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and what stood there; `known` are valid values by item."""

    text: str
    known: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Conversation:
    """One visitor on one channel. `asks` is the item of the open question."""

    id: str
    channel: str
    asks: str | None
    draft: Draft = field(repr=False)
    updated_at: datetime


@dataclass(frozen=True)
class Exchange:
    """One message of the visitor with the answer that was kept for it."""

    id: int
    said: str | None = field(repr=False)
    reply: Turn | None


@dataclass(frozen=True)
class Attachment:
    """A file with a mail; `kind` is like text/calendar."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A mail to one person. The same id twice is the same mail."""

    id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Waiting:
    """A mail that is still to be sent: how often it was tried, since when it waits."""

    mail: Mail
    tries: int
    since: datetime


class Mailer(Protocol):
    """A mail server. Raises MailRefused (never again) and MailUnavailable (later)."""

    async def send(self, mail: Mail) -> None: ...


class Clock(Protocol):
    """The one source of time."""

    def now(self) -> datetime: ...


class Facts(Protocol):
    """Numbers, dates and names with a first day and a source."""

    def value(self, name: str, day: date) -> str: ...


class Texts(Protocol):
    """Every Dutch sentence, by key."""

    def render(self, key: str, **arguments: object) -> Words: ...

    def version(self, key: str) -> str: ...


class Engine(Protocol):
    """Rasa, behind its own channel. Raises EngineUnavailable."""

    async def take_turn(
        self,
        conversation: str,
        turn: str,
        channel: str,
        *,
        text: str | None = None,
        command: str | None = None,
    ) -> Sequence[Spoken]: ...

    async def check(self) -> None:
        """Whether it could take a turn now."""


class Traces(Protocol):
    """What the engine keeps of a conversation."""

    async def forget(self, conversation: str) -> None: ...


class PersonalData(Protocol):
    """Finds personal data in what a visitor types."""

    def mask(self, text: str, asks: str | None, known: Mapping[str, object]) -> Masked: ...


class Conversations(Protocol):
    """Conversations and what was said in them."""

    async def add(self, conversation: Conversation, token: str | None, address: str | None) -> None:
        """Keep a new conversation, found back by its token or its address on a channel."""

    async def by_token(self, token: str) -> Conversation | None: ...

    async def by_address(self, channel: str, address: str) -> Conversation | None: ...

    async def by_id(self, conversation: str) -> Conversation | None: ...

    async def set_asks(self, conversation: str, asks: str | None, now: datetime) -> None: ...

    async def set_draft(self, conversation: str, draft: Draft, now: datetime) -> None: ...

    async def answered(self, conversation: str, client_id: str) -> Turn | None:
        """The answer that was kept for a message with that id."""

    async def begin(
        self, conversation: str, client_id: str | None, said: str | None, now: datetime
    ) -> Exchange:
        """Keep what was said; the same client id gives back the exchange that was there."""

    async def answer(self, exchange: int, reply: Turn, now: datetime) -> None: ...

    async def last_reply(self, conversation: str) -> Turn | None:
        """What we said last."""

    async def exchanges(self, conversation: str) -> Sequence[Exchange]: ...

    async def add_buttons(
        self, conversation: str, buttons: Mapping[str, tuple[str, str]], now: datetime
    ) -> None:
        """Keep buttons as id -> (title, payload)."""

    async def button(self, conversation: str, button: str) -> tuple[str, str] | None: ...

    async def erase(self, conversation: str) -> None:
        """Erase the draft and everything that was said."""


class Intakes(Protocol):
    """The intakes of which a coordinator set something."""

    async def all(self) -> Sequence[Intake]: ...

    async def save(self, intake: Intake) -> None: ...


class Registrations(Protocol):
    """The leads."""

    async def add(self, registration: Registration) -> bool:
        """Keep it; False when this person already stands in this intake."""

    async def save(self, registration: Registration) -> None: ...

    async def of_conversation(self, conversation: str) -> Registration | None: ...

    async def of_person(self, intake: str, email: str) -> Registration | None: ...

    async def by_code(self, code: str) -> Registration | None: ...

    async def all(self) -> Sequence[Registration]: ...

    async def erase(self, code: str) -> None: ...


class Callbacks(Protocol):
    """Who wants a coordinator to get in touch."""

    async def save(self, callback: Callback) -> None:
        """Keep it as it is now; without an id it is a new one."""

    async def open_of(self, conversation: str) -> Callback | None: ...

    async def by_id(self, number: int) -> Callback | None: ...

    async def all(self) -> Sequence[Callback]: ...

    async def erase(self, conversation: str) -> None: ...


class Mails(Protocol):
    """Mail on its way out, kept in the same transaction as what it tells."""

    async def add(self, mail: Mail, conversation: str, now: datetime) -> None:
        """Keep it to be sent; the same id twice is kept once."""

    async def claim(self, now: datetime, until: datetime) -> Waiting | None:
        """The mail that is due longest; nobody else gets it before `until`."""

    async def sent(self, mail: str, now: datetime) -> None:
        """It went; the content is dropped."""

    async def put_off(self, mail: str, until: datetime | None, problem: str) -> None:
        """It did not go: again later, or (None) given up, the content dropped."""

    async def erase(self, conversation: str) -> None:
        """Delete what waits for a conversation, and that anything was sent."""


class Proofs(Protocol):
    """Digits mailed to the address of a registration, and who proved to read them."""

    async def add(
        self, conversation: str, registration: str | None, digits: str, now: datetime
    ) -> None:
        """Keep them; without a registration nothing will ever match."""

    async def count(self, conversation: str, registration: str | None, since: datetime) -> int:
        """How many were made since then for this conversation or this registration."""

    async def prove(self, conversation: str, digits: str, since: datetime, now: datetime) -> bool:
        """Whether these are the newest digits, made after `since`, within a few tries."""


class Erasures(Protocol):
    """What was erased."""

    async def add(self, erasure: Erasure) -> None: ...


class UnitOfWork(Protocol):
    """One transaction: leaving it without `commit` keeps nothing. Raises StorageUnavailable."""

    conversations: Conversations
    intakes: Intakes
    registrations: Registrations
    callbacks: Callbacks
    mails: Mails
    proofs: Proofs
    erasures: Erasures

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def commit(self) -> None: ...


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
    mailer: Mailer | None = None
