"""What a visitor told so far: remembered by item, in one encrypted place."""

from collections.abc import Mapping
from typing import Final

from bot.core.answers.emails import is_common
from bot.core.dialogue.likely import LIKELY, REFUSED
from bot.core.errors import ConversationUnknown
from bot.core.intake import next_intake
from bot.core.questions import NAME_BEFORE, asked_again
from bot.core.registration import Registration
from bot.services import consent
from bot.services.ports import Ports
from bot.services.records import Draft
from bot.services.stores import UnitOfWork

TRIED: Final = "tried"
"""In a draft: the item of the open question to which the last answer could not be read."""

MARKS: Final = (LIKELY, REFUSED)


async def recall(ports: Ports, conversation: str) -> Draft:
    """Everything told so far in a conversation; empty when it is unknown."""
    async with ports.work() as work:
        found = await work.conversations.by_id(conversation)
    return dict(found.draft) if found else {}


async def state(ports: Ports, conversation: str) -> tuple[Draft, Registration | None]:
    """What somebody told so far, and what became of it.

    Who stands on the list of a group that takes nobody any more is free to join the next one.
    """
    async with ports.work() as work:
        found = await work.conversations.by_id(conversation)
        own = await work.registrations.of_conversation(conversation)
        if own is not None and own.stands and await is_of_before(ports, work, own):
            own = None
    return (dict(found.draft) if found else {}), own


async def is_of_before(ports: Ports, work: UnitOfWork, own: Registration) -> bool:
    """Whether a registration is for another group than the one that takes people now."""
    return own.intake != next_intake(ports.clock.now(), await work.intakes.all()).id


async def remember(ports: Ports, conversation: str, told: Mapping[str, object]) -> Draft:
    """Add what was told now; None forgets an item. Gives everything told so far."""
    now = ports.clock.now()
    async with ports.work() as work:
        found = await work.conversations.hold(conversation)
        if found is None:
            raise ConversationUnknown
        draft = with_answers(found.draft, told)
        if told.get("consent") == "yes" and found.draft.get("consent") != "yes":
            draft |= consent.agreed_to(ports, found.draft)
        draft |= dict.fromkeys(asked_again(draft))
        draft = {item: value for item, value in draft.items() if value is not None}
        if draft != found.draft:
            await work.conversations.set_draft(conversation, draft, now)
            await work.commit()
    return draft


def with_answers(draft: Draft, told: Mapping[str, object]) -> Draft:
    """A draft with what was told now; of what is answered nothing is tried or likely any more."""
    marks = {
        mark
        for mark, item in ((TRIED, draft.get(TRIED)), *((m, _item(draft, m)) for m in MARKS))
        if item in told and mark not in told
    }
    return {item: value for item, value in {**draft, **told}.items() if item not in marks}


def _item(draft: Draft, mark: str) -> object:
    kept = draft.get(mark)
    return kept["item"] if isinstance(kept, dict) else None


def is_hard_to_mail(draft: Mapping[str, object]) -> bool:
    """Whether a mail to the address given may well never arrive."""
    given = draft.get("email")
    return isinstance(given, str) and not is_common(given)


def is_half_named(draft: Mapping[str, object]) -> bool:
    """Whether of a name the first word was told, before anybody asked for it."""
    name = draft.get("name")
    is_half = isinstance(name, str) and " " not in name and NAME_BEFORE not in draft
    return is_half and draft.get("consent") != "yes"
