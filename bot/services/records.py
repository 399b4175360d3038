"""What services take and give: a conversation, a mail, a file, what is said and asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.core.dialogue.likely import Likely
from bot.core.dialogue.memory import Memory
from bot.core.turn import Turn

Draft = dict[str, object]
"""Everything a visitor told so far, by item; kept encrypted."""

TOLD: Final = "told:"
"""What the id of an exchange begins with that we began: it answers nobody (`announcing`)."""


@dataclass(frozen=True)
class Words:
    """A rendered text: its key, the text, and buttons as (title, payload).

    `claims` is what it says was done, by the names of `bot.services.evidence`.
    """

    key: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spoken:
    """One thing that the engine said: words, or signs for the chat API (`custom`)."""

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    signs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and what stood there; `known` are valid values by item.

    Of an item in `doubt` there were several, and it is not clear which one is meant. What is
    `likely` meant has to be asked.
    """

    text: str
    known: Mapping[str, str] = field(default_factory=dict, repr=False)
    doubt: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    likely: Mapping[str, Likely] = field(default_factory=dict, repr=False)

    @property
    def written(self) -> Mapping[str, str]:
        """The values by item as they were written, also where that has to be said back."""
        return {**{item: each.written for item, each in self.likely.items()}, **self.known}


@dataclass(frozen=True)
class Conversation:
    """One visitor on one channel. `asks` is the item of the open question.

    Without a `memory` it is of before there was one: the engine alone remembers.
    """

    id: str
    channel: str
    asks: str | None
    draft: Draft = field(repr=False)
    updated_at: datetime
    memory: Memory | None = None


@dataclass(frozen=True)
class Why:
    """Why a message was answered as it was, in names: the row of the policy, and what was read."""

    rule: str
    move: str
    about: str = ""
    intent: str = ""
    confidence: float = 1.0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """One message of the visitor with the answer that was kept for it, and why it was."""

    id: int
    said: str | None = field(repr=False)
    reply: Turn | None
    at: datetime | None = None
    decided: Why | None = None


@dataclass(frozen=True)
class ShownButton:
    """A button as it was kept: what it says, what it means, and the turn that it stands in."""

    title: str
    payload: str
    turn: str | None


@dataclass(frozen=True)
class File:
    """A file for a visitor, offered in a turn or sent with a mail; `kind` is like text/calendar."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """A mail to one person. The same id twice is the same mail.

    `minutes` is for how long it is worth sending; None is as long as we try.
    """

    id: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    attachments: tuple[File, ...] = field(default=(), repr=False)
    minutes: int | None = None


@dataclass(frozen=True)
class Appointment:
    """Whole days for a calendar, the last one included; the same id is the same appointment.

    `sequence` is higher the newer it is; `changed_at` is when it last became another.
    """

    id: str
    first_day: date
    last_day: date
    title: str
    text: str
    is_certain: bool
    sequence: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Section:
    """A part of a printed page."""

    heading: str
    text: str


@dataclass(frozen=True)
class Waiting:
    """A mail that is still to be sent: how often it was tried, since when it waits."""

    mail: Mail
    tries: int
    since: datetime


@dataclass(frozen=True)
class Unposted:
    """What may be seen of a mail that did not go: of what kind, since when, and why.

    `next_try` is None when it was given up, and `can_be_retried` when its content is still there.
    """

    id: str
    kind: str
    since: datetime
    tries: int
    next_try: datetime | None
    problem: str | None
    can_be_retried: bool


@dataclass(frozen=True)
class Unsent:
    """An answer that still has to be brought to the address of a chat.

    It waits `since` then, this is try `tries`, and of its parts the first `arrived` are there.
    `is_unsure`: who tried last never said how that went, so it may be there as well. With
    `is_told` it answers nobody: we said it first.
    """

    exchange: int
    conversation: str
    address: str = field(repr=False)
    turn: Turn = field(repr=False)
    since: datetime
    tries: int
    arrived: int
    is_unsure: bool
    is_told: bool = False


@dataclass(frozen=True)
class Asked:
    """What the engine hears in a turn: words without personal data, or a command of ours.

    `decided` is what they mean (bot/core/dialogue/decided.py); without it the engine reads them.
    """

    conversation: str
    turn: str
    channel: str
    text: str | None = field(default=None, repr=False)
    command: str | None = None
    decided: Mapping[str, object] | None = field(default=None, repr=False)
