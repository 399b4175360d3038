"""The files a visitor can keep: his data, the start in his calendar, a page for his employer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.intake import Intake, day_of, intake_named, next_intake
from bot.services.my_data import file_of
from bot.services.ports import Ports, Texts
from bot.services.records import Appointment, File, Section

FOR_EMPLOYER: Final = (
    "about_program",
    "curriculum",
    "duration",
    "study_load",
    "cost",
    "employer_role",
    "employer_benefits",
    "two_employers",
)
"""The topics that an employer wants to read about, in the order of the page."""


def calendar_file(ports: Ports, intake: Intake) -> File:
    """When this group starts and, where that is known, until when one can join."""
    appointments = [_start(ports.texts, intake)]
    if intake.closes_on is not None:
        appointments.append(_last_day(ports.texts, intake, intake.closes_on))
    appointments = [
        replace(each, sequence=intake.sequence, changed_at=intake.changed_at)
        for each in appointments
    ]
    content = ports.documents.calendar(appointments, ports.clock.now())
    return File("start-techniekopleider.ics", "text/calendar; charset=utf-8", content)


async def employer_page(ports: Ports) -> File:
    """One page for the talk with an employer, out of the answers as they are today."""
    render, now = ports.texts.render, ports.clock.now()
    left_out = render("page_left_out").text

    def about(topic: str) -> Section:
        lines = render(f"utter_faq/{topic}").text.splitlines()
        words = " ".join(line.strip() for line in lines if line.strip() not in ("", left_out))
        return Section(render(f"label_faq/{topic}").text, words)

    content = await ports.documents.page(
        render("page_title").text,
        render("page_lead").text,
        [about(topic) for topic in FOR_EMPLOYER],
        render("page_foot", day=day_of(now).isoformat()).text,
        now,
    )
    return File("techniekopleider-voor-uw-werkgever.pdf", "application/pdf", content)


async def _calendar(ports: Ports, conversation: str) -> File:
    return calendar_file(ports, await _intake_of(ports, conversation))


async def _summary(ports: Ports, _conversation: str) -> File:
    return await employer_page(ports)


async def _intake_of(ports: Ports, conversation: str) -> Intake:
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        known = await work.intakes.all()
    if own is not None and own.stands:
        return intake_named(own.intake, known)
    return next_intake(ports.clock.now(), known)


def _start(texts: Texts, intake: Intake) -> Appointment:
    """The first day, or the days on one of which it will be."""
    name, (first, last) = f"start-{intake.id}", intake.start_days()
    if intake.starts_on is None:
        title = texts.render("calendar_start_unsure_title").text
        text = texts.render("calendar_start_unsure").text
        return Appointment(name, first, last, title, text, False)
    title = texts.render("calendar_start_title").text
    return Appointment(name, first, last, title, texts.render("calendar_start").text, True)


def _last_day(texts: Texts, intake: Intake, day: date) -> Appointment:
    title = texts.render("calendar_closes_title").text
    text = texts.render("calendar_closes").text
    return Appointment(f"closes-{intake.id}", day, day, title, text, True)


Maker = Callable[[Ports, str], Awaitable[File]]

FILES: Final[Mapping[str, Maker]] = {
    "my_data": file_of,
    "calendar": _calendar,
    "summary": _summary,
}
"""By their name in the chat API."""
