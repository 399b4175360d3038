"""The mails that say that somebody is on the list: at once, and when he wants on it again."""

from bot.core.intake import Intake
from bot.core.registration import Registration
from bot.services.files import calendar_file
from bot.services.ports import Ports
from bot.services.records import File, Mail


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
        f"registered-{registration.code}",
        registration.email,
        render("mail_registered_subject").text,
        "\n\n".join(each.text for each in parts),
        (calendar_file(ports, intake), page),
    )


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
