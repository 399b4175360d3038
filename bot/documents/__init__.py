"""Files and pictures for a visitor, made on this machine out of what the services give."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any, Final

from bot.core.turn import Qr
from bot.services.records import Appointment, Section

_printing: Final = Lock()


def load() -> None:
    """Load what prints now: that takes a second, of which an action has five."""
    import bot.documents.page  # noqa: F401 - loading it is all


class Documents:
    """The port `Documents`. Its libraries are loaded when the first is made."""

    def calendar(self, appointments: Sequence[Appointment], made_at: datetime) -> bytes:
        """Appointments as a calendar file."""
        from bot.documents.calendar import calendar_file

        return calendar_file(appointments, made_at)

    async def page(
        self, title: str, lead: str, sections: Sequence[Section], foot: str, made_at: datetime
    ) -> bytes:
        """One printable page, as PDF; the same words are printed once a day.

        Beside everybody else's turns: printing takes long, and loading what prints a second.
        """
        day = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
        return await asyncio.to_thread(_page, title, lead, tuple(sections), foot, day)

    def qr(self, text: str) -> Qr:
        """A text as a QR code."""
        from bot.documents.qr import drawn

        return drawn(text)


def _page(*words: Any) -> bytes:
    """Whoever registers is mailed this page: a hundred at once wait for one print."""
    with _printing:
        return _printed(*words)


@lru_cache(maxsize=4)
def _printed(
    title: str, lead: str, sections: tuple[Section, ...], foot: str, made_at: datetime
) -> bytes:
    from bot.documents.page import printed_page

    return printed_page(title, lead, sections, foot, made_at)
