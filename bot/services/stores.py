"""What services keep, as Protocols: one for each kind of thing, all in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bot.core.callback import Callback
from bot.core.dialogue.memory import Memory
from bot.core.intake import Intake
from bot.core.registration import Erasure, Registration, Status
from bot.core.retention import Kept, KeptCallback, Seen
from bot.core.turn import Turn
from bot.services.records import (
    Conversation,
    Draft,
    Exchange,
    Mail,
    ShownButton,
    Unposted,
    Unsent,
    Waiting,
    Why,
)


class Conversations(Protocol):
    """Conversations and what was said in them."""

    async def add(self, conversation: Conversation, token: str | None, address: str | None) -> None:
        """Keep a new conversation, found back by its token or its address on a channel."""

    async def by_token(self, token: str) -> Conversation | None: ...

    async def by_address(self, channel: str, address: str) -> Conversation | None: ...

    async def by_id(self, conversation: str) -> Conversation | None: ...

    async def hold(self, conversation: str) -> Conversation | None:
        """As it is now, and nobody else changes it before this unit of work ends."""

    async def open_with(self, conversation: str, token: str) -> None:
        """From now on this token alone opens it: no token of before, and no chat."""

    async def move_to(self, conversation: str, channel: str, address: str) -> None:
        """From now on it is held there alone; what was held there before loses its address."""

    async def set_asks(
        self, conversation: str, asks: str | None, now: datetime, memory: Memory | None = None
    ) -> None:
        """Keep which question is open, and what is remembered beside it."""

    async def set_draft(self, conversation: str, draft: Draft, now: datetime) -> None: ...

    async def answered(self, conversation: str, client_id: str) -> Turn | None:
        """The answer that was kept for a message with that id."""

    async def begin(
        self,
        conversation: str,
        client_id: str | None,
        said: str | None,
        now: datetime,
    ) -> Exchange:
        """Keep what was said; the same client id gives back the exchange that was there.

        So does the same text right after one that we did not answer: typed again is sent again.
        """

    async def answer(
        self,
        exchange: int,
        reply: Turn,
        now: datetime,
        *,
        is_brought: bool = False,
        decided: Why | None = None,
    ) -> None:
        """Keep the answer to a message, and why it was given.

        `is_brought`: it must still be brought to a chat.
        """

    async def last_reply(self, conversation: str) -> Turn | None:
        """What we answered last; what we said first is no answer."""

    async def exchanges(self, conversation: str, latest: int | None = None) -> Sequence[Exchange]:
        """Everything said, in order; only the `latest` so many of it."""

    async def add_buttons(
        self, conversation: str, turn: Turn, buttons: Mapping[str, tuple[str, str]], now: datetime
    ) -> None:
        """Keep the buttons of a turn as id -> (title, payload)."""

    async def button(self, conversation: str, button: str) -> ShownButton | None: ...

    async def erase(self, conversation: str, now: datetime) -> None:
        """Erase the draft and everything that was said; the engine has yet to forget it."""

    async def forgotten(self, conversation: str) -> None:
        """The engine knows nothing any more of what was erased."""

    async def to_forget(self, before: datetime) -> Sequence[str]:
        """What was erased before then, and the engine did not forget for certain."""

    async def lock(self, conversation: str) -> None:
        """Nobody else changes it before this unit of work ends; nothing of it is opened."""

    async def idle_since(
        self, moment: datetime, *, marked_count: bool = True
    ) -> tuple[Sequence[str], int]:
        """Conversations that did not go on since then, without a registration.

        Those in which somebody still has to be called are only counted. Without `marked_count` a
        registration that carries the mark is as good as gone.
        """

    async def is_idle(self, conversation: str, moment: datetime) -> bool:
        """Whether that goes for this one, and nobody has to be called, as it is now."""

    async def delete(self, conversation: str) -> None:
        """Forget that there was such a conversation."""


class Intakes(Protocol):
    """The intakes of which a coordinator set something."""

    async def all(self) -> Sequence[Intake]: ...

    async def save(self, intake: Intake) -> None: ...

    async def hold(self, name: str) -> None:
        """Let nobody else hold this intake before this unit of work ends, set or not."""


class Registrations(Protocol):
    """The leads."""

    async def add(self, registration: Registration) -> bool:
        """Keep it; False when this person already stands in this intake."""

    async def save(self, registration: Registration) -> None:
        """Keep it as it is now; one that was erased stays away."""

    async def of_conversation(self, conversation: str) -> Registration | None:
        """The newest of `all_of`."""

    async def all_of(self, conversation: str) -> Sequence[Registration]:
        """All that were made in a conversation, or proven there to be one's own, newest first."""

    async def of_intake(self, intake: str) -> Sequence[Registration]:
        """Everybody of a group, oldest first."""

    async def expect_digits(self, code: str, digits: str) -> None:
        """Keep which digits show that the address is theirs."""

    async def has_digits(self, code: str, digits: str) -> bool:
        """Whether those are the digits, within a few tries."""

    async def with_place(self, intake: str) -> int:
        """How many places in the group are taken."""

    async def somebody_waits(self, intake: str) -> bool:
        """Whether anybody is on the waiting list of the group."""

    async def count(self) -> Mapping[Status, int]:
        """How many there are of each status; a status without any may be left out."""

    async def by_code(self, code: str) -> Registration | None: ...

    async def conversation_of(self, code: str) -> str | None:
        """Where it was made."""

    async def all(self) -> Sequence[Registration]:
        """All that can be read."""

    async def unreadable(self) -> Sequence[str]:
        """The codes of those that cannot: another key closed them."""

    async def erase(self, code: str) -> None: ...


class Callbacks(Protocol):
    """Who wants a coordinator to get in touch."""

    async def save(self, callback: Callback) -> int:
        """Keep it as it is now, and give its number; without an id it is a new one."""

    async def open_of(self, conversation: str) -> Callback | None: ...

    async def all_of(self, conversation: str) -> Sequence[Callback]:
        """Every request of a conversation, newest first."""

    async def by_id(self, number: int) -> Callback | None: ...

    async def all(self) -> Sequence[Callback]:
        """All that can be read."""

    async def unreadable(self) -> Sequence[int]:
        """The numbers of those that cannot: another key closed them."""

    async def delete(self, number: int) -> None:
        """Delete one request."""

    async def erase(self, conversation: str) -> None: ...


class Mails(Protocol):
    """Mail on its way out, kept in the same transaction as what it tells."""

    async def add(self, mail: Mail, conversation: str, now: datetime) -> None:
        """Keep it to be sent; the same id twice is kept once."""

    async def is_there(self, mail: str) -> bool:
        """Whether one of that id was kept, sent or not."""

    async def count(self, address: str, since: datetime) -> int:
        """How many were noted since then for an address, whatever was erased in between."""

    async def note(self, address: str, now: datetime) -> None:
        """Note that one goes to this address."""

    async def forget(self, before: datetime) -> None:
        """Delete what was noted before then."""

    async def claim(self, now: datetime, until: datetime) -> Waiting | None:
        """The mail that is due longest; nobody else gets it before `until`."""

    async def sent(self, mail: str, now: datetime) -> None:
        """It went; the content is dropped."""

    async def put_off(
        self, mail: str, until: datetime | None, problem: str, *, is_kept: bool = True
    ) -> None:
        """It did not go: again later, or (None) given up; kept for whoever tries again, or not."""

    async def unsent(self) -> Sequence[Unposted]:
        """All that waits or was given up, the oldest first."""

    async def retry(self, mail: str, now: datetime) -> bool:
        """Try one that was given up as if it came now; False when there is none to try."""

    async def drop(self, code: str) -> None:
        """Delete what was not sent about the registration with that code."""

    async def erase(self, conversation: str) -> None:
        """Delete what waits for a conversation, and that anything was sent."""


class Proofs(Protocol):
    """Digits mailed to the address of a registration, and who proved to read them."""

    async def add(
        self, conversation: str, registration: str | None, digits: str, now: datetime
    ) -> None:
        """Keep them; without a registration nothing will ever match."""

    async def asked_in(self, conversation: str, since: datetime) -> int:
        """How often this conversation asked for digits since then."""

    async def asked_for(self, registration: str, since: datetime) -> int:
        """How often digits of this registration were asked for since then, wherever."""

    async def share(
        self, conversation: str, registration: str, since: datetime, now: datetime
    ) -> bool:
        """Let a conversation type what was mailed last, after `since`; False when nothing was."""

    async def usable(self, conversation: str, since: datetime) -> datetime | None:
        """When the newest digits were made, as long as they may still be typed."""

    async def prove(
        self, conversation: str, digits: str, since: datetime, now: datetime
    ) -> str | None:
        """The code of which these are digits of this conversation, made after `since`.

        Within a few tries.
        """

    async def forget(self, before: datetime) -> int:
        """Delete digits of before then that proved nothing; how many."""


class Shown(Protocol):
    """Texts that were shown and may have to be proven."""

    async def keep(self, version: str, text: str, now: datetime) -> None:
        """Keep it; the same words again change nothing."""

    async def text(self, version: str) -> str | None: ...


class Passages(Protocol):
    """One-time tokens that open a conversation at another door."""

    async def add(self, conversation: str, token: str, now: datetime) -> None: ...

    async def take(self, token: str, since: datetime, now: datetime) -> str | None:
        """The conversation of a token made after `since`; it works once."""

    async def erase(self, conversation: str) -> None: ...

    async def forget(self, before: datetime) -> int:
        """Delete what was made before then; how many."""


class Erasures(Protocol):
    """What was erased."""

    async def add(self, erasure: Erasure) -> None: ...

    async def of_conversation(self, conversation: str) -> Sequence[str | None]:
        """For each erasure that a conversation asked for, the code of what was registered."""


class Terms(Protocol):
    """What ends and when, and which time it is; nothing of a person is opened for it."""

    async def registrations(self) -> Sequence[Kept]: ...

    async def of_conversation(self, conversation: str, *, proven: bool) -> Sequence[Kept]:
        """Those that were made there, and with `proven` those shown there to be one's own."""

    async def callbacks(self) -> Sequence[KeptCallback]: ...

    async def marked_conversations(self) -> Mapping[str, datetime]:
        """The conversations that carry the mark, and since when."""

    async def mark_registrations(self, codes: Sequence[str], at: datetime | None) -> None:
        """Give them the mark, or (None) take it away."""

    async def mark_callbacks(self, numbers: Sequence[int], at: datetime | None) -> None: ...

    async def mark_conversations(self, names: Sequence[str], at: datetime | None) -> None: ...

    async def erase_callbacks(self, numbers: Sequence[int]) -> None: ...

    async def seen(self) -> Seen:
        """The newest time that was believed, and nobody else looks before this ends."""

    async def saw(self, seen: Seen) -> None: ...


class Updates(Protocol):
    """What Telegram brought to the webhook."""

    async def add(self, number: int, content: str, now: datetime) -> bool:
        """Keep it until it is handled; False when it was handled before."""

    async def waiting(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        """What came since then and was not handled, in that order, and when it came."""

    async def handled(self, numbers: Collection[int], now: datetime) -> None:
        """They were; the content is dropped, the numbers stay."""

    async def forget(self, before: datetime) -> None:
        """Drop all that came before then, numbers too."""


class Deliveries(Protocol):
    """Answers on their way to a chat, in the order in which they were given."""

    async def claim(
        self, now: datetime, until: datetime, conversation: str | None = None
    ) -> Unsent | None:
        """The oldest answer that waits in a conversation; without one, where it is due longest.

        Of that conversation nobody else gets anything before `until`.
        """

    async def take_over(self, now: datetime) -> None:
        """Nobody is bringing anything any more: the process that was has ended."""

    async def sent(self, exchange: int, now: datetime, place: int | None) -> None:
        """It arrived; its last part has that place in the chat, if it is known."""

    async def put_off(
        self, exchange: int, until: datetime | None, problem: str, arrived: int
    ) -> None:
        """It did not arrive, but for its first parts: again later, or (None) given up."""

    async def unread(
        self, conversation: str, place: int, now: datetime, since: datetime
    ) -> Sequence[Exchange]:
        """What was answered since then and not read by who spoke at that place, newest first."""

    async def placed(self, conversation: str, most: int) -> Sequence[tuple[int, Turn]]:
        """The newest answers of which the place in the chat is known, newest first."""

    async def on_screen(self, conversation: str, place: int, now: datetime) -> Turn | None:
        """The newest answer that stood in the chat for who spoke at that place."""

    async def again(self, exchange: int, now: datetime) -> None:
        """It is due again, if it never arrived."""

    async def tell(self, exchange: int, at: datetime) -> None:
        """It is due at that moment, if its conversation is held in a chat; late from then."""

    async def told_in_vain(self, conversation: str) -> Sequence[int]:
        """What we said first and met a closed door."""

    async def due(self, now: datetime) -> int:
        """In how many conversations something is due."""

    async def late(self, before: datetime) -> int:
        """How many answers of before then still wait."""

    async def given_up(self, since: datetime) -> int:
        """How many answers of since then will never arrive, though somebody waited for them."""


class UnitOfWork(Protocol):
    """One transaction: leaving it without `commit` keeps nothing. Raises StorageUnavailable."""

    conversations: Conversations
    intakes: Intakes
    registrations: Registrations
    callbacks: Callbacks
    mails: Mails
    proofs: Proofs
    shown: Shown
    passages: Passages
    erasures: Erasures
    terms: Terms
    updates: Updates
    deliveries: Deliveries

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def commit(self) -> None: ...
