"""A registration: its code, its states, and what it must contain."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.core.eligibility import Outcome, Verdict
from bot.core.errors import RegistrationIncomplete, UnderAge

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it can be read aloud wrongly."""

REQUIRED: Final = ("name", "email", "phone", "region")


class Status(str, Enum):
    """Where a registration stands; each has its `status_<status>` text."""

    REGISTERED = "registered"
    REVIEW = "review"
    WAITING_LIST = "waiting_list"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


HAVE_PLACE: Final = (Status.REGISTERED, Status.REVIEW)
"""For whom a place in the group is kept, also while a person still looks."""


class Likeness(str, Enum):
    """In what somebody is like another on the list; a person looks whether it is one person."""

    ADDRESS = "same_address"
    PHONE = "same_phone"
    NAME = "same_name"


class Decision(str, Enum):
    """What a person decided about a candidate; each has its `mail_decision_<decision>` text."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Double:
    """The other registration that somebody is like, and in what."""

    code: str
    likeness: Likeness


@dataclass(frozen=True)
class Consent:
    """That somebody said yes to our keeping personal data: to which text, and when.

    `shown_at` is when those words were put before him; None where that was not kept yet.
    """

    text_version: str
    at: datetime
    shown_at: datetime | None = None


@dataclass(frozen=True)
class Registration:
    """One person in one intake.

    `needs_proof` when digits must show that the address is theirs, until `proven_at`; `vouched_at`
    is when a coordinator said so instead.
    """

    code: str
    conversation: str
    intake: str
    status: Status
    name: str
    email: str
    phone: str
    city: str | None
    province: str | None
    company: str | None
    answers: Mapping[str, object] = field(repr=False)
    verdict: Verdict
    consent: Consent
    channel: str
    created_at: datetime
    updated_at: datetime
    double: Double | None = None
    needs_proof: bool = False
    proven_at: datetime | None = None
    vouched_at: datetime | None = None
    decision: Decision | None = None
    decision_reason: str | None = field(default=None, repr=False)
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it is on the list: not withdrawn."""
        return self.status is not Status.WITHDRAWN

    @property
    def standing(self) -> str:
        """The name of how it stands, as `status_<standing>` says it: a given place is told."""
        is_given = self.decision is Decision.ACCEPTED and self.status is Status.REGISTERED
        return Decision.ACCEPTED.value if is_given else self.status.value

    @property
    def is_hopeful(self) -> bool:
        """Whether this person may still start with the group."""
        return self.stands and self.status is not Status.DECLINED

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody knows yet that the address is theirs."""
        return self.proven_at is None and self.vouched_at is None

    @property
    def takes_place(self) -> bool:
        """Whether a place in the group is kept: the one rule that the number of places goes by.

        Not for an address that nobody proved, for who may be another on the list, and for whom
        another route fits better, until a coordinator says so.
        """
        if self.status not in HAVE_PLACE:
            return False
        is_plain = self.double is None and self.verdict.outcome is not Outcome.NOT_ELIGIBLE
        is_waited_for = self.needs_proof and self.proven_at is None
        return self.vouched_at is not None or (is_plain and not is_waited_for)


CROWD: Final = 10
"""Registrations a day that nobody looked at yet; after these a place waits for a person."""


def is_crowd(others: Iterable[Registration], now: datetime) -> bool:
    """Whether so many come in a day that it may be one stranger: then no more places go by it.

    Nobody is refused: a coordinator, or digits from a mail, say who is real.
    """
    lately = now - timedelta(days=1)
    fresh = (one for one in others if one.stands and one.is_unconfirmed)
    return sum(one.created_at > lately for one in fresh) >= CROWD


class Scope(str, Enum):
    """What an erasure took: after a restore just that is taken again."""

    ALL = "all"
    CONVERSATION = "conversation"
    REGISTRATION = "registration"


@dataclass(frozen=True)
class Erasure:
    """That something of a conversation, or its registration, was erased; ids only.

    A list of before the kinds were kept has None.
    """

    code: str
    conversation: str
    registration: str | None
    at: datetime
    kind: str | None = None


def six_digits() -> str:
    """Six digits that are mailed to show whose an address is."""
    return f"{secrets.randbelow(10**6):06}"


def new_code(kind: str = "HT") -> str:
    """A code of 39 random bits: unguessable, short enough to read over the telephone.

    Each half has a digit: typed over with a space and in small letters it is still no word.
    """
    halves: list[str] = []
    while len(halves) < 2:
        half = "".join(secrets.choice(ALPHABET) for _ in range(4))
        if not half.isalpha():
            halves.append(half)
    return f"{kind}-{''.join(halves)}"


def status_for(outcome: Outcome, *, is_full: bool = False, double: Double | None = None) -> Status:
    """Only who is eligible by the rules is registered at once; for others a person looks first.

    So they do at a second person on one address. In a full group everybody else waits, in the
    order of registering.
    """
    if double is not None and double.likeness is Likeness.ADDRESS:
        return Status.REVIEW
    if is_full:
        return Status.WAITING_LIST
    return Status.REGISTERED if outcome is Outcome.ELIGIBLE else Status.REVIEW


def require_adult(draft: Mapping[str, object]) -> None:
    """Refuse a registration of somebody who told that they are under age."""
    if draft.get("adult") is False:
        raise UnderAge


def require_complete(draft: Mapping[str, object]) -> None:
    """Refuse a registration that lacks a personal value, the consent or the explicit yes."""
    missing = [item for item in REQUIRED if not draft.get(item)]
    if draft.get("consent") != "yes" or not draft.get("consent_version"):
        missing.append("consent")
    if draft.get("confirm") != "yes":
        missing.append("confirm")
    if missing:
        raise RegistrationIncomplete(", ".join(missing))
