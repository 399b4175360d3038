"""The mails that say that somebody is on the list: at once, and when he wants on it again."""

from datetime import timedelta
from typing import Final

from bot.core.intake import Intake
from bot.core.registration import Registration
from bot.services.files import calendar_file
from bot.services.ports import Ports
from bot.services.records import File, Mail
from bot.services.stores import UnitOfWork

AT_MOST: Final = 3
"""Such mails a day to one address: whoever types it did not prove that it is his."""
DAY: Final = timedelta(days=1)


async def post(ports: Ports, work: UnitOfWork, mail: Mail, conversation: str) -> bool:
    """Put it in the outbox; False when that address got enough of them today."""
    now = ports.clock.now()
    if await work.mails.is_there(mail.id):
        return True
    if await work.mails.count(mail.to, now - DAY) >= AT_MOST:
        return False
    await work.mails.note(mail.to, now)
    await work.mails.add(mail, conversation, now)
    return True


def confirmation(ports: Ports, registration: Registration, intake: Intake, page: File) -> Mail:
    """To the address of the registration; the same registration gives the same mail.

    `page` is for the employer: it takes long to make, so it is made before anything is held.
    """
    render = ports.texts.render
    parts = (
        render(
            "mail_registered",
            name=registration.name,
            code=registration.code,
            intake=_intake(ports, registration),
        ),
        render(f"mail_next_{registration.status.value}"),
        render("mail_registered_files"),
    )
    return Mail(
        name_of(registration),
        registration.email,
        render("mail_registered_subject").text,
        "\n\n".join(each.text for each in parts),
        (calendar_file(ports, intake), page),
    )


def name_of(registration: Registration) -> str:
    """The id of the mail that confirms a registration."""
    return f"registered-{registration.code}"


def reminder(ports: Ports, registration: Registration) -> Mail:
    """To who stands on the list already, when somebody wants on it with the same address.

    Only this mail has his code, and there is one for each registration, however often.
    """
    render = ports.texts.render
    told = render(
        "mail_reminder",
        name=registration.name,
        code=registration.code,
        intake=_intake(ports, registration),
    )
    return Mail(
        f"reminder-{registration.code}",
        registration.email,
        render("mail_reminder_subject").text,
        f"{told.text}\n\n{render('mail_reminder_foot').text}",
    )


def _intake(ports: Ports, registration: Registration) -> str:
    return ports.texts.render("label_intake", year=registration.intake[:4]).text
