"""The mail that tells coordinators that there is something for them: what and which, never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.intake import day_of
from bot.core.registration import Registration, new_code
from bot.services.ports import Ports
from bot.services.records import Mail
from bot.services.stores import UnitOfWork

CALLBACK: Final = "callback"
CALLBACK_CHANGED: Final = "callback_changed"
CALLBACK_WITHDRAWN: Final = "callback_withdrawn"
CALLBACK_ENDING: Final = "callback_ending"
ERASED: Final = "erased"
CHANGED: Final = "changed"
UNDELIVERED: Final = "undelivered"
KIND: Final = "notice-"
"""How the id of each of these mails begins."""
ENDING: Final = "ending"
CLOCK: Final = "clock"
CALLBACKS: Final = "instap callbacks list"
LEADS: Final = "instap leads list"
NOBODY: Final = ""
"""The conversation of a notice that stays when everything of a conversation is erased."""


@dataclass(frozen=True)
class Notice:
    """What there is, under which number, and how to see it; `again` tells another mail of it."""

    kind: str
    code: str
    command: str
    again: str = ""
    day: str | None = None
    codes: str | None = None
    changes: str | None = None


async def of_registration(ports: Ports, work: UnitOfWork, registration: Registration) -> None:
    """Put in the outbox that it is there as it is now: new, to be looked at, waiting, withdrawn."""
    kind, code = registration.status.value, registration.code
    notice = Notice(kind, code, f"instap leads show {code}")
    await _put(ports, work, registration.conversation, notice)


async def of_change(
    ports: Ports, work: UnitOfWork, own: Registration, items: Sequence[str], like: str | None
) -> None:
    """Put in the outbox that a candidate changed these items of it themselves; each time anew.

    `like` is the code of another on the list whom they are like since then.
    """
    render = ports.texts.render
    named = ", ".join(render(f"label_changed_{item}").text for item in items)
    again = f"-{int(own.updated_at.timestamp())}"
    command = f"instap leads show {own.code}"
    notice = Notice(CHANGED, own.code, command, again, codes=like, changes=named)
    await _put(ports, work, own.conversation, notice)


async def of_undelivered(ports: Ports, work: UnitOfWork, mail: str) -> None:
    """Put in the outbox that a candidate cannot be reached by mail; once for each of them."""
    code = mail[-len(new_code()) :]
    own = None if mail.startswith(KIND) else await work.registrations.by_code(code)
    if own is not None:
        notice = Notice(UNDELIVERED, code, f"instap leads show {code}")
        await _put(ports, work, own.conversation, notice)


async def of_erasure(ports: Ports, work: UnitOfWork, code: str) -> None:
    """Put in the outbox that somebody erased a registration: its number is all there is left."""
    await _put(ports, work, NOBODY, Notice(ERASED, code, LEADS))


async def of_callback(ports: Ports, work: UnitOfWork, conversation: str, number: int) -> None:
    """Put in the outbox that somebody wants to be called or mailed; once for each request."""
    await _put(ports, work, conversation, Notice(CALLBACK, str(number), CALLBACKS))


async def of_changed_callback(
    ports: Ports, work: UnitOfWork, conversation: str, number: int
) -> None:
    """Put in the outbox that a request has another number or address now; each change anew."""
    again = f"-{int(ports.clock.now().timestamp())}"
    notice = Notice(CALLBACK_CHANGED, str(number), CALLBACKS, again)
    await _put(ports, work, conversation, notice)


async def of_withdrawn_callback(
    ports: Ports, work: UnitOfWork, conversation: str, number: int
) -> None:
    """Put in the outbox that nobody has to get in touch any more."""
    await work.mails.drop(str(number))
    await _put(ports, work, conversation, Notice(CALLBACK_WITHDRAWN, str(number), CALLBACKS))


async def of_ending(ports: Ports, work: UnitOfWork, ends: datetime, codes: Sequence[str]) -> None:
    """Put in the outbox that these end on that day; once for each day."""
    notice = Notice(ENDING, day_of(ends).isoformat(), LEADS, codes=", ".join(codes))
    await _put(ports, work, NOBODY, notice)


async def of_callback_ending(
    ports: Ports, work: UnitOfWork, conversation: str, number: int, ends: datetime
) -> None:
    """Put in the outbox that a request to be called ends, and nobody dealt with it; once."""
    day = day_of(ends).isoformat()
    await _put(ports, work, conversation, Notice(CALLBACK_ENDING, str(number), CALLBACKS, day=day))


async def of_clock(ports: Ports, work: UnitOfWork, since: datetime) -> None:
    """Put in the outbox that the clock cannot be right, so that nothing is erased; once a day."""
    await _put(ports, work, NOBODY, Notice(CLOCK, day_of(since).isoformat(), "instap doctor"))


async def _put(ports: Ports, work: UnitOfWork, conversation: str, notice: Notice) -> None:
    """Nothing when coordinators have no address; the same thing in the same state is one mail."""
    if ports.coordinators is None:
        return
    render, kind, code = ports.texts.render, notice.kind, notice.code
    what = render(f"label_notice_{kind}").text
    words = render(
        f"mail_notice_{kind}",
        code=code,
        command=notice.command,
        day=notice.day,
        codes=notice.codes,
        changes=notice.changes,
    ).text
    mail = Mail(
        f"{KIND}{kind}-{code}{notice.again}",
        ports.coordinators,
        render("mail_notice_subject", notice=what, code=code).text,
        f"{words}\n\n{render('mail_notice_foot').text}",
    )
    await work.mails.add(mail, conversation, ports.clock.now())
