"""The mail that says that somebody is on the list, with what he may need next."""

from bot.core.intake import Intake
from bot.core.registration import Registration
from bot.services.files import calendar_file
from bot.services.ports import File, Mail, Ports


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
            intake=render("label_intake", year=registration.intake[:4]).text,
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
