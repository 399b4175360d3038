"""Registering a candidate for the next intake, and what they can do with it afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.core import doubles
from bot.core import intake as intakes
from bot.core.answers.emails import is_common
from bot.core.errors import ConversationUnknown, IntakeClosed, RegistrationUnknown
from bot.core.intake import Intake
from bot.core.questions import ELIGIBILITY, SKIPPED
from bot.core.registration import (
    Consent,
    Registration,
    Status,
    is_crowd,
    new_code,
    require_adult,
    require_complete,
    six_digits,
    status_for,
)
from bot.failpoints import reach
from bot.services import controller, eligibility, notices
from bot.services.confirmation import confirmation, name_of, post, reminder
from bot.services.consent import ASKED_AT
from bot.services.files import employer_page
from bot.services.ports import Ports
from bot.services.records import Conversation, File
from bot.services.stores import UnitOfWork

UNCONFIRMED: Final[Mapping[str, object]] = {"confirm": None}
"""A yes counts for one registration: who registers again is asked again."""


@dataclass(frozen=True)
class Registered:
    """What became of it; `elsewhere` when this person stood there already, told elsewhere.

    `is_mailed`: a mail confirms it. Without a mail server, or after too many a day, none does.
    `starts_on` is the day on which that group starts, once that is known.
    """

    registration: Registration | None
    elsewhere: bool = False
    intake: str = ""
    is_mailed: bool = False
    starts_on: date | None = None


async def register(ports: Ports, conversation: str) -> Registered:
    """Register what this conversation told; doing it twice is the same as doing it once.

    The verdict is worked out anew from the answers. Somebody else on an address of the list, and
    who is like another in another way, is kept with a mark for a person to look at. Raises
    UnderAge, RegistrationIncomplete when a value, the consent or the explicit yes is missing, and
    IntakeClosed when leave was given for another group.
    """
    controller.require_named(ports)
    page = None if ports.mailer is None else await employer_page(ports)
    async with ports.work() as work:
        found = await work.conversations.hold(conversation)
        if found is None:
            raise ConversationUnknown
        intake = intakes.next_intake(ports.clock.now(), await work.intakes.all())
        own = await work.registrations.of_conversation(conversation)
        if own is not None and own.stands and own.intake != intake.id:
            own = None  # that was another year
        if own is not None and own.stands:
            is_mailed = await work.mails.is_there(name_of(own))
            return Registered(own, False, intake.id, is_mailed, intake.starts_on)
        require_adult(found.draft)
        require_complete(found.draft)
        if (agreed := found.draft.get(intakes.AGREED, intake.id)) != intake.id:
            raise IntakeClosed(agreed)
        await work.intakes.hold(intake.id)  # nobody registers beside us: two may be like each other
        others = await work.registrations.of_intake(intake.id)
        registration = await _new(ports, work, found, intake, others)
        there = doubles.same_person(registration, others)
        if there is not None and there.stands:
            await _remind(ports, work, there)
            return Registered(None, elsewhere=True, intake=intake.id)
        if not await _keep(work, registration, own, there):
            return Registered(None, elsewhere=True, intake=intake.id)
        went = page is not None and await _confirm(ports, work, registration, intake, page)
        is_mailed = went and is_common(registration.email)  # else it is tried, and not promised
        await notices.of_registration(ports, work, registration)
        reach("K4")
        await work.commit()
        return Registered(registration, False, intake.id, is_mailed, intake.starts_on)


async def _confirm(
    ports: Ports, work: UnitOfWork, registration: Registration, intake: Intake, page: File
) -> bool:
    """Mail that it is there, with digits that show that the address is theirs."""
    digits = six_digits()
    mail = confirmation(ports, registration, intake, page, digits)
    if not await post(ports, work, mail, registration.conversation):
        return False
    await work.registrations.expect_digits(registration.code, digits)
    await retell(work, registration.conversation, {"digits_for": registration.code})
    return True


async def is_full(work: UnitOfWork, intake: Intake) -> bool:
    """Whether the last place is gone; until this unit of work ends nobody else gets one."""
    if intake.capacity is None:
        return False
    await work.intakes.hold(intake.id)
    return await work.registrations.with_place(intake.id) >= intake.capacity


async def is_full_for_newcomers(work: UnitOfWork, intake: Intake) -> bool:
    """Whether somebody new has to wait: also when a place came free for who waits already."""
    if await is_full(work, intake):
        return True
    return intake.capacity is not None and await work.registrations.somebody_waits(intake.id)


async def _remind(ports: Ports, work: UnitOfWork, there: Registration) -> None:
    """Mail who stands on the list already; whoever asked is told nothing of him."""
    if ports.mailer is not None:
        await post(ports, work, reminder(ports, there), there.conversation)
        await work.commit()


async def _keep(work: UnitOfWork, registration: Registration, *olds: Registration | None) -> bool:
    """Store it in place of what was withdrawn; False when this person got there sooner."""
    for code in {old.code for old in olds if old is not None}:
        await work.registrations.erase(code)
        await work.mails.drop(code)
    return await work.registrations.add(registration)


async def _new(
    ports: Ports,
    work: UnitOfWork,
    conversation: Conversation,
    intake: Intake,
    others: Sequence[Registration],
) -> Registration:
    """What was told as a registration, with its mark and its status beside the others'."""
    registration = _from_draft(ports, conversation, intake.id)
    double = doubles.double_of(registration, others)
    full = await is_full_for_newcomers(work, intake)
    status = status_for(registration.verdict.outcome, is_full=full, double=double)
    proof = registration.needs_proof or is_crowd(others, registration.created_at)
    return replace(registration, double=double, status=status, needs_proof=proof)


def _from_draft(ports: Ports, conversation: Conversation, intake: str) -> Registration:
    draft, now = conversation.draft, ports.clock.now()
    verdict = eligibility.check(ports, draft)
    company = draft.get("company")
    return Registration(
        code=new_code(),
        conversation=conversation.id,
        intake=intake,
        status=status_for(verdict.outcome),
        name=str(draft["name"]),
        email=str(draft["email"]),
        phone=str(draft["phone"]),
        city=_text(draft, "city"),
        province=_text(draft, "province"),
        company=None if company in (None, SKIPPED) else str(company),
        answers={item: draft.get(item) for item in ELIGIBILITY},
        verdict=verdict,
        consent=_consent(draft),
        channel=conversation.channel,
        created_at=now,
        updated_at=now,
        needs_proof=ports.mailer is not None,
    )


def _consent(draft: Mapping[str, object]) -> Consent:
    """The yes as it was noted when it was given."""
    shown = draft.get(ASKED_AT)
    return Consent(
        str(draft["consent_version"]),
        datetime.fromisoformat(str(draft["consent_at"])),
        datetime.fromisoformat(str(shown)) if shown else None,
    )


def _text(draft: Mapping[str, object], item: str) -> str | None:
    value = draft.get(item)
    return value if isinstance(value, str) else None


async def of_conversation(ports: Ports, conversation: str) -> Registration | None:
    """The registration that was made in this conversation."""
    async with ports.work() as work:
        return await work.registrations.of_conversation(conversation)


async def withdraw(ports: Ports, conversation: str) -> Registration:
    """Withdraw the registration of this conversation; twice is the same as once."""
    found = await of_conversation(ports, conversation)
    if found is None:
        raise RegistrationUnknown
    async with ports.work() as work:
        return await take_off(ports, work, await held(work, found.code))


async def held(work: UnitOfWork, code: str) -> Registration:
    """As it is now, and nobody else changes it before this unit of work ends.

    Held is the conversation in which it was made, from wherever it is changed.
    """
    place = await work.registrations.conversation_of(code)
    if place is not None:
        await work.conversations.hold(place)
    own = await work.registrations.by_code(code)
    if own is None:
        raise RegistrationUnknown(code)
    return own


async def retell(work: UnitOfWork, conversation: str, told: Mapping[str, object]) -> None:
    """Let a conversation that is held know of a change from outside; None forgets an item.

    That is no sign of life: how long ago it went on stays as it was.
    """
    found = await work.conversations.by_id(conversation)
    if found is not None and found.draft:  # else it was erased, and stays so
        draft = {**found.draft, **told}
        draft = {item: value for item, value in draft.items() if value is not None}
        await work.conversations.set_draft(conversation, draft, found.updated_at)


async def take_off(ports: Ports, work: UnitOfWork, own: Registration) -> Registration:
    """It stands on the list no more; commits."""
    if own.stands:
        now = ports.clock.now()
        own = replace(own, status=Status.WITHDRAWN, updated_at=now, withdrawn_at=now)
        await work.registrations.save(own)
        await work.mails.drop(own.code)  # no "u bent aangemeld" after this
        await retell(work, own.conversation, UNCONFIRMED)
        await notices.of_registration(ports, work, own)
        await work.commit()
    return own


async def list_leads(ports: Ports) -> Sequence[Registration]:
    """All registrations, oldest first."""
    async with ports.work() as work:
        return await work.registrations.all()


async def by_code(ports: Ports, code: str) -> Registration:
    """One registration; raises RegistrationUnknown."""
    async with ports.work() as work:
        return await held(work, code)


async def unreadable(ports: Ports) -> Sequence[str]:
    """The codes of the registrations that no key of ours opens."""
    async with ports.work() as work:
        return await work.registrations.unreadable()
