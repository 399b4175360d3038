"""The mails that say that somebody is on the list: at once, and when he wants on it again."""

import secrets
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


def confirmation(
    ports: Ports, registration: Registration, intake: Intake, page: File, digits: str
) -> Mail:
    """To the address of the registration, with the digits that show that it is theirs.

    `page` is for the employer: it takes long to make, so it is made before anything is held.
    """
    render = ports.texts.render
    parts = (
        render(
            "mail_registered",
            name=registration.name,
            code=registration.code,
            intake=intake_in_words(ports, registration),
        ),
        render("mail_confirm_digits", digits=digits),
        render(f"mail_next_{registration.status.value}"),
        render("mail_start", start_date=day(intake)),
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
        intake=intake_in_words(ports, registration),
    )
    return Mail(
        f"reminder-{registration.code}",
        registration.email,
        render("mail_reminder_subject").text,
        f"{told.text}\n\n{render('mail_reminder_foot').text}",
    )


def new_digits(ports: Ports, registration: Registration, digits: str) -> Mail:
    """Other digits for who lost those of the confirmation."""
    render, name = ports.texts.render, secrets.token_hex(4)
    words = render("mail_confirm_digits", digits=digits).text
    hello = render("mail_news", name=registration.name).text
    subject = render("mail_digits_subject").text
    return Mail(
        f"confirm-{name}-{registration.code}", registration.email, subject, f"{hello}\n\n{words}"
    )


def address_digits(ports: Ports, registration: Registration, to: str, digits: str) -> Mail:
    """To another address: the digits that make it the one of the registration."""
    subject = ports.texts.render("mail_address_subject").text
    words = ports.texts.render("mail_address", digits=digits).text
    return _about_address(ports, registration, to, subject, words)


def moved(ports: Ports, registration: Registration) -> Mail:
    """To the address of before, when somebody changed it: perhaps it was not they."""
    subject = ports.texts.render("mail_moved_subject").text
    words = ports.texts.render("mail_moved").text
    return _about_address(ports, registration, registration.email, subject, words)


def _about_address(
    ports: Ports, registration: Registration, to: str, subject: str, words: str
) -> Mail:
    """A mail whose name says nothing of the registration: its address is not the one of it."""
    hello = ports.texts.render("mail_news", name=registration.name).text
    return Mail(f"address-{secrets.token_hex(8)}", to, subject, f"{hello}\n\n{words}")


def day(intake: Intake) -> str | None:
    """The day on which a group starts as texts take it; None as long as nobody knows."""
    return intake.starts_on.isoformat() if intake.starts_on else None


def intake_in_words(ports: Ports, registration: Registration) -> str:
    """The group of a registration as people say it."""
    return ports.texts.render("label_intake", year=registration.intake[:4]).text
