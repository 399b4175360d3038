"""A visitor's wish that a coordinator gets in touch."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Way(str, Enum):
    """How a coordinator reaches somebody."""

    PHONE = "phone"
    EMAIL = "email"


class CallbackStatus(str, Enum):
    """What became of a request."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Callback:
    """One request; `address` is the number or the e-mail address, `moment` the visitor's words.

    `role` says who asks (bot/core/answers/roles.py), `question` what about, in their own words.
    """

    id: int | None
    conversation: str
    way: Way
    address: str = field(repr=False)
    name: str | None = field(repr=False)
    moment: str | None = field(repr=False)
    question: str | None = field(repr=False)
    created_at: datetime
    done_at: datetime | None = None
    role: str | None = None
    withdrawn_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def status(self) -> CallbackStatus:
        """Whether somebody still has to get in touch."""
        if self.done_at is not None:
            return CallbackStatus.DONE
        return CallbackStatus.OPEN if self.withdrawn_at is None else CallbackStatus.WITHDRAWN

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to get in touch."""
        return self.status is CallbackStatus.OPEN
