"""What a text may claim: a claim is told only with the row that shows it in hand.

A text that says that something was done carries the name of that claim (`claims` beside the text,
bot/content/texts); here the database says which claims are true of a conversation now.
"""

from collections.abc import Sequence
from typing import Final

from bot.core.callback import CallbackStatus
from bot.core.registration import Registration, Status
from bot.services import changes
from bot.services.confirmation import name_of
from bot.services.ports import Ports
from bot.services.stores import UnitOfWork

REGISTERED: Final = "registered"
WAITING_LIST: Final = "waiting_list"
WITHDRAWN: Final = "withdrawn"
CHANGED: Final = "changed"
MAILED: Final = "mailed"
ERASED: Final = "erased"
ERASED_REGISTRATION: Final = "erased_registration"
CALLBACK: Final = "callback"
CALLBACK_WITHDRAWN: Final = "callback_withdrawn"
CALLBACK_DONE: Final = "callback_done"

CLAIMS: Final = frozenset(
    {
        REGISTERED,
        WAITING_LIST,
        WITHDRAWN,
        CHANGED,
        MAILED,
        ERASED,
        ERASED_REGISTRATION,
        CALLBACK,
        CALLBACK_WITHDRAWN,
        CALLBACK_DONE,
    }
)


async def held(ports: Ports, conversation: str) -> frozenset[str]:
    """The claims that are true of this conversation now."""
    async with ports.work() as work:
        owns = await work.registrations.all_of(conversation)
        return frozenset(
            {
                *_of_registrations(owns),
                *await _of_changes(work, conversation, owns),
                *await _of_mails(work, owns),
                *await _of_erasures(work, conversation, owns),
                *await _of_callbacks(work, conversation),
            }
        )


def _of_registrations(owns: Sequence[Registration]) -> set[str]:
    """That somebody stands on the list, waits, or stands there no more."""
    standing = {own.status for own in owns if own.stands}
    found = {REGISTERED} if standing else set()
    if Status.WAITING_LIST in standing:
        found.add(WAITING_LIST)
    if owns and owns[0].status is Status.WITHDRAWN:
        found.add(WITHDRAWN)
    return found


async def _of_changes(
    work: UnitOfWork, conversation: str, owns: Sequence[Registration]
) -> set[str]:
    """That the row has what was changed last in this conversation."""
    known = await work.conversations.by_id(conversation)
    is_so = known is not None and any(changes.stands(known.draft, own) for own in owns)
    return {CHANGED} if is_so else set()


async def _of_mails(work: UnitOfWork, owns: Sequence[Registration]) -> set[str]:
    """That the mail which confirms it is on its way or went."""
    there = [await work.mails.is_there(name_of(own)) for own in owns if own.stands]
    return {MAILED} if any(there) else set()


async def _of_erasures(
    work: UnitOfWork, conversation: str, owns: Sequence[Registration]
) -> set[str]:
    """That something was erased from here; of a registration only when there is none any more."""
    codes = await work.erasures.of_conversation(conversation)
    found = {ERASED} if codes else set()
    if any(codes) and not owns:
        found.add(ERASED_REGISTRATION)
    return found


async def _of_callbacks(work: UnitOfWork, conversation: str) -> set[str]:
    """That somebody is on the list of who wants to be called, or was and is there no more."""
    found = await work.callbacks.all_of(conversation)
    if any(each.is_open for each in found):
        return {CALLBACK}
    is_withdrawn = bool(found) and found[0].status is CallbackStatus.WITHDRAWN
    is_done = any(each.status is CallbackStatus.DONE for each in found)
    return {
        name
        for name, is_so in ((CALLBACK_WITHDRAWN, is_withdrawn), (CALLBACK_DONE, is_done))
        if is_so
    }
