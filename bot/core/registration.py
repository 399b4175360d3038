"""A registration: its code, its states, and what it must contain."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from bot.core.eligibility import Outcome, Verdict
from bot.core.errors import RegistrationIncomplete

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it can be read aloud wrongly."""

REQUIRED: Final = ("name", "email", "phone", "region")


class Status(str, Enum):
    """Where a registration stands; each has its `status_<status>` text."""

    REGISTERED = "registered"
    REVIEW = "review"
    WAITING_LIST = "waiting_list"
    WITHDRAWN = "withdrawn"


HAVE_PLACE: Final = (Status.REGISTERED, Status.REVIEW)
"""For whom a place in the group is kept, also while a person still looks."""


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
    """One person in one intake."""

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

    @property
    def stands(self) -> bool:
        """Whether it is on the list: not withdrawn."""
        return self.status is not Status.WITHDRAWN


@dataclass(frozen=True)
class Erasure:
    """That everything of a conversation, and of its registration, was erased; ids only."""

    code: str
    conversation: str
    registration: str | None
    at: datetime


def new_code(kind: str = "HT") -> str:
    """A code of 40 random bits: unguessable, short enough to read over the telephone."""
    return f"{kind}-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def status_for(outcome: Outcome, *, is_full: bool = False) -> Status:
    """Only who is eligible by the rules is registered at once; for others a person looks first.

    In a full group everybody waits, in the order of registering.
    """
    if is_full:
        return Status.WAITING_LIST
    return Status.REGISTERED if outcome is Outcome.ELIGIBLE else Status.REVIEW


def require_complete(draft: Mapping[str, object]) -> None:
    """Refuse a registration that lacks a personal value, the consent or the explicit yes."""
    missing = [item for item in REQUIRED if not draft.get(item)]
    if draft.get("consent") != "yes" or not draft.get("consent_version"):
        missing.append("consent")
    if draft.get("confirm") != "yes":
        missing.append("confirm")
    if missing:
        raise RegistrationIncomplete(", ".join(missing))
