"""Appointments as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from icalendar.enums import STATUS, TRANSP

from bot.services.records import Appointment


def calendar_file(appointments: Sequence[Appointment], made_at: datetime) -> bytes:
    """Whole days that make nobody busy; what is not certain yet is tentative."""
    calendar = Calendar.new(prodid="-//Instap//NL", method="PUBLISH")
    for each in appointments:
        event = Event.new(
            uid=f"{each.id}@instap",
            stamp=made_at,
            start=each.first_day,
            end=each.last_day + timedelta(days=1),  # the first day that is free again
            summary=each.title,
            description=each.text,
            transparency=TRANSP.TRANSPARENT,
            status=STATUS.CONFIRMED if each.is_certain else STATUS.TENTATIVE,
            sequence=each.sequence,
            last_modified=each.changed_at or made_at,
        )
        calendar.add_component(event)
    return bytes(calendar.to_ical())
