"""The hours in which we do not begin to talk to anybody."""

from datetime import datetime, time, timedelta
from typing import Final

from bot.core.intake import AMSTERDAM

EVENING: Final = time(21)
MORNING: Final = time(8)


def when_welcome(moment: datetime) -> datetime:
    """The moment itself, or the next morning when people may be asleep."""
    here = moment.astimezone(AMSTERDAM)
    if MORNING <= here.time() < EVENING:
        return moment
    day = here.date() + timedelta(days=here.time() >= EVENING)
    return datetime.combine(day, MORNING, AMSTERDAM).astimezone(moment.tzinfo)
