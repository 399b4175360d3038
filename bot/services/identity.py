"""Who one is: digits mailed to the address of a registration open it in another conversation.

A code that nobody has is answered exactly as one that exists; only the mail is not sent.
"""

import secrets
from datetime import timedelta
from typing import Final

from bot.core.registration import Registration
from bot.services.ports import Ports
from bot.services.records import Mail

VALID: Final = timedelta(minutes=15)
AT_MOST: Final = 3
"""Mails a day for one conversation or one registration: nobody's mailbox is filled from here."""


async def ask(ports: Ports, conversation: str, code: str) -> bool:
    """Mail digits to whoever registered with this code; False when that was done too often.

    Digits that were just mailed and are still good are not mailed again.
    """
    now = ports.clock.now()
    digits = f"{secrets.randbelow(10**6):06}"
    async with ports.work() as work:
        found = await work.registrations.by_code(code)
        name = found.code if found else None
        if await work.proofs.count(conversation, name, now - timedelta(days=1)) >= AT_MOST:
            return False
        await work.proofs.add(conversation, name, digits, now)
        if found is not None:
            await work.mails.add(_mail(ports, found, digits), found.conversation, now)
        await work.commit()
    return True


def _mail(ports: Ports, registration: Registration, digits: str) -> Mail:
    words = ports.texts.render("mail_digits", digits=digits)
    subject = ports.texts.render("mail_digits_subject").text
    minutes = VALID // timedelta(minutes=1)
    name = f"digits-{secrets.token_hex(8)}"
    return Mail(name, registration.email, subject, words.text, minutes=minutes)


async def prove(ports: Ports, conversation: str, digits: str) -> bool:
    """Whether these digits were mailed for this conversation; then it may see the registration."""
    now = ports.clock.now()
    async with ports.work() as work:
        is_right = await work.proofs.prove(conversation, digits, now - VALID, now)
        await work.commit()
    return is_right
