"""Files and pictures for a visitor, made on this machine out of what the services give."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from bot.core.turn import Qr
from bot.services.records import Appointment, Section


def load() -> None:
    """Load the libraries now: else everybody waits a second for the first who gets a file."""
    import bot.documents.calendar
    import bot.documents.page
    import bot.documents.qr  # noqa: F401 - loading them is all


class Documents:
    """The port `Documents`. Its libraries load slowly, so only where they are needed."""

    def calendar(self, appointments: Sequence[Appointment], made_at: datetime) -> bytes:
        """Appointments as a calendar file."""
        from bot.documents.calendar import calendar_file

        return calendar_file(appointments, made_at)

    def page(
        self, title: str, lead: str, sections: Sequence[Section], foot: str, made_at: datetime
    ) -> bytes:
        """One printable page, as PDF; the same words are printed once a day."""
        day = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
        return _printed(title, lead, tuple(sections), foot, day)

    def qr(self, text: str) -> Qr:
        """A text as a QR code."""
        from bot.documents.qr import drawn

        return drawn(text)


@lru_cache(maxsize=4)
def _printed(
    title: str, lead: str, sections: tuple[Section, ...], foot: str, made_at: datetime
) -> bytes:
    """Whoever registers is mailed this page: a hundred at once would wait for a hundred prints."""
    from bot.documents.page import printed_page

    return printed_page(title, lead, sections, foot, made_at)
