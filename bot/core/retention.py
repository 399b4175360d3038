"""How long things are kept: the terms that the texts name, and when they end.

A decision about a candidate is taken by people, at the latest when the group starts; what we keep
of it ends four weeks after that.
"""

from datetime import datetime, time, timedelta
from typing import Final

from bot.core.intake import AMSTERDAM, Intake
from bot.core.registration import Registration

CHAT: Final = timedelta(days=30)
"""A conversation in which nobody is on the list, since it last went on."""

REGISTRATION: Final = timedelta(weeks=4)
"""A registration, since it was withdrawn or the group started."""

TOKENS: Final = timedelta(days=1)
"""Links to another door and mailed digits; they stopped working long before."""


def registration_ends(registration: Registration, intake: Intake) -> datetime:
    """The moment from which a registration may no longer be there."""
    if not registration.stands:
        return registration.updated_at + REGISTRATION
    _, started = intake.start_days()
    return datetime.combine(started + REGISTRATION, time(), AMSTERDAM)
