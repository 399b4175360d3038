"""The files themselves: a calendar that other programs read, one printed page, a QR code."""

import asyncio
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from bot.documents import Documents
from bot.services.records import Appointment, Section

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MAKE = Documents()


def appointment(**other: object) -> Appointment:
    given = {
        "id": "start-2027-11",
        "first_day": date(2027, 11, 1),
        "last_day": date(2027, 11, 7),
        "title": "Start; de groep, één dag",
        "text": "Regel één.\nRegel twee.",
        "is_certain": False,
    }
    return Appointment(**{**given, **other})  # type: ignore[arg-type]


def test_another_program_reads_the_appointment_as_it_was_given():
    [event] = Calendar.from_ical(MAKE.calendar([appointment()], NOW)).events
    assert (event.summary, event.description) == (
        "Start; de groep, één dag",
        "Regel één.\nRegel twee.",
    )
    assert (date(2027, 11, 1), date(2027, 11, 8)) == (event.DTSTART, event.DTEND)
    assert event.status == "TENTATIVE"
    assert event.transparency == "TRANSPARENT"
    assert event.uid == "start-2027-11@instap"


def test_what_is_certain_is_confirmed_and_lasts_one_day():
    day = date(2027, 11, 3)
    made = MAKE.calendar([appointment(first_day=day, last_day=day, is_certain=True)], NOW)
    [event] = Calendar.from_ical(made).events
    assert (event.status, event.DTEND - event.DTSTART) == ("CONFIRMED", date(2027, 11, 4) - day)


def test_every_line_of_the_calendar_is_short_and_ends_as_the_standard_says():
    made = MAKE.calendar([appointment(text="woord " * 200)], NOW)
    assert made.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize(("parts", "expected"), [(4, 1), (9, 1), (60, 5)])
async def test_what_can_stand_on_one_page_does(parts: int, expected: int):
    sections = [Section(f"Vraag {number}?", "Een zin met é en €. " * 12) for number in range(parts)]
    pdf = await MAKE.page("Titel", "Inleiding", sections, "Voet", NOW)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == expected


async def test_a_letter_that_the_page_does_not_have_breaks_nothing():
    pdf = await MAKE.page("→ ✓ 中", "", [Section("„é”", "€ – ‘a’")], "", NOW)
    assert pdf.startswith(b"%PDF-")


async def test_the_same_page_on_the_same_moment_is_the_same_file():
    first, second = [await MAKE.page("T", "L", [Section("K", "t")], "V", NOW) for _ in range(2)]
    assert first == second


def test_a_qr_code_is_drawn_as_rectangles_within_its_square():
    qr = MAKE.qr("https://t.me/instap_bot?start=v-abcdefghijklmnopqrstuvwxyzABCDEF")
    found = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", qr.path)
    assert "".join(f"M{x} {y}h{w}v1h-{b}z" for x, y, w, b in found) == qr.path
    assert all(int(x) + int(w) <= qr.size and w == b for x, _, w, b in found)
    assert ("0", "0", "7", "7") in found  # the corner that every reader looks for


async def test_who_is_given_a_page_holds_nobody_up():
    """Loading what prints takes a second, and printing is slow: the loop goes on meanwhile."""
    making = asyncio.create_task(MAKE.page("Anders", "L", [Section("K", "t")], "V", NOW))
    turns = 0
    while not making.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await making).startswith(b"%PDF-") and turns > 2


@pytest.mark.parametrize("mail", ["", "smtp://mail.example.nl?from=a%40example.nl"])
def test_actions_have_loaded_what_prints_when_who_registers_is_mailed_a_page(mail: str, tmp_path):
    """Loading it takes a second of the five that an action has."""
    script = f"""
import sys
from bot import serving
from bot.settings import Settings
serving.actions_app(Settings(_env_file=None, var={str(tmp_path)!r}, smtp_url={mail!r}))
assert ("fpdf" in sys.modules) is {bool(mail)}
"""
    subprocess.run([sys.executable, "-c", script], check=True)
