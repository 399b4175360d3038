"""Who one is: digits mailed to the address of a registration open it in another conversation.

A code that nobody has is answered exactly as one that exists; only the mail is not sent. What the
asker sees is counted per conversation; how much is mailed about a registration shows nowhere.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.intake import intake_named
from bot.core.registration import Registration, Status, six_digits
from bot.services import notices
from bot.services.confirmation import new_digits, post
from bot.services.ports import Ports
from bot.services.records import Mail
from bot.services.registration import held, is_full, retell
from bot.services.stores import UnitOfWork

VALID: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
AT_MOST: Final = 3
"""Times a day that one conversation can ask."""

HOUR: Final = timedelta(hours=1)
MAILS: Final = 5
"""An hour about one registration, whoever asks: nobody's mailbox is filled from here."""

SHARES: Final = 5
"""An hour, after these mails: who asks then can type what was mailed last. So whoever knows a code
locks its owner out for no longer than this."""

A_DAY: Final = 30
"""Of both together: with five guesses each at six digits, one in 6,000 gets in."""


async def ask(ports: Ports, conversation: str, code: str) -> bool:
    """Mail digits to whoever registered with this code; False when he asked too often here."""
    now = ports.clock.now()
    digits = six_digits()
    async with ports.work() as work:
        if await work.proofs.asked_in(conversation, now - DAY) >= AT_MOST:
            return False
        found = await work.registrations.by_code(code)
        may_try = await _may_try(work, code, now)
        mail = _mail(ports, found, digits)  # for nobody as well: it takes as long
        if found is None or not may_try:
            await work.proofs.add(conversation, None, digits, now)
        elif not await _shares(work, conversation, code, now):
            await work.proofs.add(conversation, found.code, digits, now)
            await work.mails.add(mail, found.conversation, now)
        await work.commit()
    return True


async def _may_try(work: UnitOfWork, code: str, now: datetime) -> bool:
    """Whether digits for this registration may still be typed in one conversation more."""
    lately = await work.proofs.asked_for(code, now - HOUR)
    today = await work.proofs.asked_for(code, now - DAY)
    return lately < MAILS + SHARES and today < A_DAY


async def _shares(work: UnitOfWork, conversation: str, code: str, now: datetime) -> bool:
    """Whether what was mailed last will do, after many mails."""
    lately = await work.proofs.asked_for(code, now - HOUR)
    return lately >= MAILS and await work.proofs.share(conversation, code, now - VALID, now)


def _mail(ports: Ports, registration: Registration | None, digits: str) -> Mail:
    words = ports.texts.render("mail_digits", digits=digits)
    subject = ports.texts.render("mail_digits_subject").text
    minutes = VALID // timedelta(minutes=1)
    name = f"digits-{secrets.token_hex(8)}"
    to = registration.email if registration else ""
    return Mail(name, to, subject, words.text, minutes=minutes)


async def mailed_at(ports: Ports, conversation: str) -> datetime | None:
    """When the digits were mailed that are still good here; None when others are needed.

    The same for a code that nobody has.
    """
    async with ports.work() as work:
        return await work.proofs.usable(conversation, ports.clock.now() - VALID)


async def prove(ports: Ports, conversation: str, digits: str) -> bool:
    """Whether these digits were mailed for this conversation; then it may see the registration.

    Who reads that mailbox has shown that the address of the registration is theirs.
    """
    now = ports.clock.now()
    async with ports.work() as work:
        code = await work.proofs.prove(conversation, digits, now - VALID, now)
        if code is not None:
            await keep_proof(ports, work, code)
        await work.commit()
    return code is not None


async def confirm(ports: Ports, conversation: str, digits: str) -> Registration | None:
    """The registration of this conversation, when these digits were in the mail that confirms it.

    Then its address is proven; twice is the same as once.
    """
    async with ports.work() as work:
        now = await confirmed(ports, work, conversation, digits)
        await work.commit()
    return now


async def confirmed(
    ports: Ports, work: UnitOfWork, conversation: str, digits: str
) -> Registration | None:
    """The same within a unit of work: a try is counted once that is committed."""
    own = await work.registrations.of_conversation(conversation)
    if own is None or not own.stands:
        return None
    own = await held(work, own.code)
    is_right = await work.registrations.has_digits(own.code, digits)
    return await keep_proof(ports, work, own.code) if is_right else None


async def mail_again(ports: Ports, conversation: str) -> bool:
    """Mail other digits to the address of this conversation's registration; False when too often.

    Those that were mailed before are good for nothing then.
    """
    digits = six_digits()
    async with ports.work() as work:
        own = await work.registrations.of_conversation(conversation)
        if own is None or not own.stands or ports.mailer is None:
            return False
        own = await held(work, own.code)
        went = await post(ports, work, new_digits(ports, own, digits), own.conversation)
        if went:
            await work.registrations.expect_digits(own.code, digits)
            await retell(work, own.conversation, {"digits_for": own.code})
            await work.commit()
    return went


async def keep_proof(ports: Ports, work: UnitOfWork, code: str) -> Registration:
    """Keep that the address is theirs; from now on they take a place, or wait for one."""
    own = await held(work, code)
    if own.proven_at is not None:
        return own
    now = ports.clock.now()
    proven = replace(own, proven_at=now, updated_at=now)
    if proven.takes_place and not own.takes_place:
        intake = intake_named(own.intake, await work.intakes.all())
        if await is_full(work, intake):
            proven = replace(proven, status=Status.WAITING_LIST)
            await notices.of_registration(ports, work, proven)
    await work.registrations.save(proven)
    return proven
