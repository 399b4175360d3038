"""A visitor's wish that a coordinator gets in touch."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Way(str, Enum):
    """How a coordinator reaches somebody."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True)
class Callback:
    """One request; `address` is the number or the e-mail address, `moment` the visitor's words."""

    id: int | None
    conversation: str
    way: Way
    address: str = field(repr=False)
    name: str | None = field(repr=False)
    moment: str | None = field(repr=False)
    question: str | None = field(repr=False)
    created_at: datetime
    done_at: datetime | None = None
