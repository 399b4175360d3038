"""The mail that tells coordinators that there is something for them: what and which, never who."""

from typing import Final

from bot.core.registration import Registration, new_code
from bot.services.ports import Ports
from bot.services.records import Mail
from bot.services.stores import UnitOfWork

CALLBACK: Final = "callback"
CALLBACK_CHANGED: Final = "callback_changed"
CALLBACK_WITHDRAWN: Final = "callback_withdrawn"
ERASED: Final = "erased"
UNDELIVERED: Final = "undelivered"
KIND: Final = "notice-"
"""How the id of each of these mails begins."""
CALLBACKS: Final = "instap callbacks list"
NOBODY: Final = ""
"""The conversation of a notice that stays when everything of a conversation is erased."""


async def of_registration(ports: Ports, work: UnitOfWork, registration: Registration) -> None:
    """Put in the outbox that it is there as it is now: new, to be looked at, waiting, withdrawn."""
    kind, code = registration.status.value, registration.code
    await _put(ports, work, registration.conversation, kind, code, f"instap leads show {code}")


async def of_undelivered(ports: Ports, work: UnitOfWork, mail: str) -> None:
    """Put in the outbox that a candidate cannot be reached by mail; once for each of them."""
    code = mail[-len(new_code()) :]
    own = None if mail.startswith(KIND) else await work.registrations.by_code(code)
    if own is not None:
        command = f"instap leads show {code}"
        await _put(ports, work, own.conversation, UNDELIVERED, code, command)


async def of_erasure(ports: Ports, work: UnitOfWork, code: str) -> None:
    """Put in the outbox that somebody erased a registration: its number is all there is left."""
    await _put(ports, work, NOBODY, ERASED, code, "instap leads list")


async def of_callback(ports: Ports, work: UnitOfWork, conversation: str, number: int) -> None:
    """Put in the outbox that somebody wants to be called or mailed; once for each request."""
    await _put(ports, work, conversation, CALLBACK, str(number), CALLBACKS)


async def of_changed_callback(
    ports: Ports, work: UnitOfWork, conversation: str, number: int
) -> None:
    """Put in the outbox that a request has another number or address now; each change anew."""
    again = f"-{int(ports.clock.now().timestamp())}"
    await _put(ports, work, conversation, CALLBACK_CHANGED, str(number), CALLBACKS, again)


async def of_withdrawn_callback(
    ports: Ports, work: UnitOfWork, conversation: str, number: int
) -> None:
    """Put in the outbox that nobody has to get in touch any more."""
    await work.mails.drop(str(number))
    await _put(ports, work, conversation, CALLBACK_WITHDRAWN, str(number), CALLBACKS)


async def _put(
    ports: Ports,
    work: UnitOfWork,
    conversation: str,
    kind: str,
    code: str,
    command: str,
    again: str = "",
) -> None:
    """Nothing when coordinators have no address; the same thing in the same state is one mail."""
    if ports.coordinators is None:
        return
    render = ports.texts.render
    what = render(f"label_notice_{kind}").text
    words = render(f"mail_notice_{kind}", code=code, command=command).text
    mail = Mail(
        f"{KIND}{kind}-{code}{again}",
        ports.coordinators,
        render("mail_notice_subject", notice=what, code=code).text,
        f"{words}\n\n{render('mail_notice_foot').text}",
    )
    await work.mails.add(mail, conversation, ports.clock.now())
