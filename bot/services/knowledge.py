"""What the assistant knows now of one conversation: for the visitor's own eyes, and for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.eligibility import Outcome
from bot.core.errors import ConversationUnknown
from bot.core.questions import ELIGIBILITY, PUBLIC, REGISTRATION
from bot.core.registration import Registration, Status
from bot.services import agreeing, eligibility, wishes
from bot.services.ports import Ports
from bot.services.records import Conversation
from bot.services.reply import NOTED

WHO: Final = "unknown"


@dataclass(frozen=True)
class Known:
    """The fields are those of the chat API; values as they are kept, personal ones included."""

    known: Mapping[str, object] = field(repr=False)
    who: str
    state: str
    open: str | None
    proposal: str | None
    parked: str | None
    open_ends: tuple[str, ...] = field(repr=False)


async def known(ports: Ports, conversation: str) -> Known:
    """Everything that is known now; raises ConversationUnknown."""
    async with ports.work() as work:
        found = await work.conversations.by_id(conversation)
        if found is None:
            raise ConversationUnknown
        own = await work.registrations.of_conversation(conversation)
        last = await work.conversations.last_reply(conversation)
        exchanges = await work.conversations.exchanges(conversation)
        call = await work.callbacks.open_of(conversation)
        proposal = await agreeing.proposed(work, conversation, last)
    role = wishes.role_of(exchanges, found.draft, is_registered=own is not None)
    return Known(
        known=_values(found, own),
        who=role or WHO,
        state=_state(ports, found, own),
        open=found.asks and PUBLIC.get(found.asks, found.asks),
        proposal=proposal or (found.memory.offer if found.memory is not None else None),
        parked=None,
        open_ends=(call.question,) if call is not None and call.question else (),
    )


def _values(found: Conversation, own: Registration | None) -> dict[str, object]:
    """Every item that was told; of whom is on the list, as it stands there."""
    values = {item: found.draft[item] for item in NOTED if item in found.draft}
    if own is not None and own.stands:
        listed = {item: own.answers.get(item) for item in ELIGIBILITY}
        listed |= {"name": own.name, "email": own.email, "phone": own.phone}
        listed |= {"region": own.city or own.province, "company": own.company}
        values |= {item: value for item, value in listed.items() if value is not None}
    return values


def _state(ports: Ports, found: Conversation, own: Registration | None) -> str:
    """Where the visitor is, in one name."""
    if own is not None and own.stands:
        return "waiting_list" if own.status is Status.WAITING_LIST else "registered"
    if own is not None and found.asks is None:
        return "withdrawn"
    if found.asks in REGISTRATION or found.draft.get("consent") == "yes":
        return "registering"
    if not any(item in found.draft for item in ELIGIBILITY):
        return "checking" if found.asks in ELIGIBILITY else "exploring"
    if eligibility.open_questions(found.draft):
        return "checking"
    verdict = eligibility.check(ports, found.draft)
    return "not_eligible" if verdict.outcome is Outcome.NOT_ELIGIBLE else "verdict"
