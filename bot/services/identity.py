"""Who one is: digits mailed to the address of a registration open it in another conversation.

A code that nobody has is answered exactly as one that exists; only the mail is not sent. What the
asker sees is counted per conversation; how much is mailed about a registration shows nowhere.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from bot.core.registration import Registration
from bot.services.ports import Ports
from bot.services.records import Mail
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
    digits = f"{secrets.randbelow(10**6):06}"
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


async def prove(ports: Ports, conversation: str, digits: str) -> bool:
    """Whether these digits were mailed for this conversation; then it may see the registration."""
    now = ports.clock.now()
    async with ports.work() as work:
        is_right = await work.proofs.prove(conversation, digits, now - VALID, now)
        await work.commit()
    return is_right
