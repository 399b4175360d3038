"""What becomes known after registering: the start, a place, a decision; everybody hears it once.

It goes into the outbox in the transaction that makes it true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.intake import Intake
from bot.core.registration import Decision, Registration, Status
from bot.services import announcing
from bot.services.confirmation import day, intake_in_words
from bot.services.files import calendar_file
from bot.services.ports import Ports
from bot.services.records import Mail
from bot.services.stores import UnitOfWork

START: Final = "start"
CHANGED: Final = "start_changed"
UNSURE: Final = "start_unsure"


@dataclass(frozen=True)
class Told:
    """How many hear the news, and the codes of those whom nothing of ours reaches."""

    count: int = 0
    unreached: tuple[str, ...] = ()


async def of_start(ports: Ports, work: UnitOfWork, before: Intake, after: Intake) -> Told:
    """Tell everybody who may start with the group on which day that is, when that changed."""
    if before.starts_on == after.starts_on:
        return Told()
    kind = UNSURE if after.starts_on is None else CHANGED if before.starts_on else START
    everybody = await work.registrations.of_intake(after.id)
    unreached = [
        own.code
        for own in everybody
        if own.is_hopeful
        and not await _tell(ports, work, own, after, kind, f"start-{after.sequence}-{own.code}")
    ]
    hopeful = sum(own.is_hopeful for own in everybody)
    return Told(hopeful - len(unreached), tuple(unreached))


async def of_decision(
    ports: Ports, work: UnitOfWork, own: Registration, known: Sequence[Intake]
) -> bool:
    """Tell what a person decided; False when nothing of ours reaches them."""
    intake = next((each for each in known if each.id == own.intake), Intake(own.intake))
    kind = "declined" if own.decision is Decision.DECLINED else "accepted"
    if own.status is Status.REVIEW:
        kind = "place_review"
    moment = int(own.updated_at.timestamp())
    return await _tell(ports, work, own, intake, kind, f"{kind}-{moment}-{own.code}")


async def _tell(
    ports: Ports, work: UnitOfWork, own: Registration, intake: Intake, kind: str, name: str
) -> bool:
    """By mail and in the chat; whether one of those reaches them wherever they are."""
    is_in_chat = await announcing.tell(
        ports,
        work,
        own.conversation,
        f"utter_news_{kind}",
        occasion=name.removesuffix(f"-{own.code}"),
        files=("calendar",) if own.is_hopeful else (),
        intake=intake_in_words(ports, own),
        start_date=day(intake),
    )
    is_reached = is_in_chat and own.channel == "telegram"
    if ports.mailer is not None:
        mail = _mail(ports, own, intake, kind, name)
        await work.mails.add(mail, own.conversation, ports.clock.now())
    return is_reached or ports.mailer is not None


def _mail(ports: Ports, own: Registration, intake: Intake, kind: str, name: str) -> Mail:
    """The news, with the appointment as it is now for who may start."""
    render = ports.texts.render
    group = intake_in_words(ports, own)
    parts = (
        render("mail_news", name=own.name).text,
        render(f"mail_{kind}", intake=group, start_date=day(intake)).text,
        *((own.decision_reason,) if own.decision_reason and kind == "declined" else ()),
        *((render("mail_start", start_date=day(intake)).text,) if kind == "accepted" else ()),
        *((render(f"mail_next_{own.status.value}").text,) if _is_undecided(own, kind) else ()),
        render("mail_news_foot", code=own.code).text,
    )
    subject = render(f"mail_{kind}_subject").text
    files = (calendar_file(ports, intake),) if own.is_hopeful else ()
    return Mail(name, own.email, subject, "\n\n".join(parts), files)


def _is_undecided(own: Registration, kind: str) -> bool:
    """Whether the start is told to somebody on whom a person still has to decide."""
    return kind in (START, CHANGED) and own.decided_at is None
